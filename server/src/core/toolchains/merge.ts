import type { BuildPlan, Library } from "./toolchain";

/** One plan for the programs of several builds: what each of them wants is there, and the largest rung. */
export function mergePlans(plans: readonly BuildPlan[]): BuildPlan {
  const libraries = plans.flatMap(({ library }) => library ?? []);
  const library: Library | undefined = libraries.find(({ rung }) => rung === "cc") ?? libraries[0];
  const imports = plans.map((plan) => plan.imports);
  return {
    edits: plans.flatMap(({ edits }) => edits),
    needs: plans.flatMap(({ needs }) => needs),
    library,
    reads: plans.flatMap(({ reads }) => reads),
    writes: plans.flatMap(({ writes }) => writes),
    home: plans.find(({ home }) => home)?.home,
    root: plans.find(({ root }) => root)?.root,
    assumes: [...new Set(plans.flatMap(({ assumes }) => assumes))],
    notOnScratch: plans.find(({ notOnScratch }) => notOnScratch)?.notOnScratch,
    seen: plans.every(({ seen }) => seen),
    closed: plans.every(({ closed }) => closed),
    imports: imports.every((each) => each !== undefined)
      ? [...new Set(imports.flatMap((each) => each ?? []))]
      : undefined,
  };
}
