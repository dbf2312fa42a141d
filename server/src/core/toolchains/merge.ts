import type { BuildPlan, Library } from "./toolchain";

/** One plan for the programs of several builds: what each of them wants is there, and the largest rung. */
export function mergePlans(plans: readonly BuildPlan[]): BuildPlan {
  const libraries = plans.flatMap(({ library }) => library ?? []);
  const largest = libraries.find(({ rung }) => rung === "cc") ?? libraries[0];
  const library: Library | undefined = largest && {
    ...largest,
    misfit: libraries.find(({ misfit }) => misfit)?.misfit,
    shared: [
      ...new Map(libraries.flatMap(({ shared = [] }) => shared.map((each) => [each.name, each] as const))).values(),
    ],
  };
  const imports = plans.map((plan) => plan.imports);
  const bytes = plans.flatMap((plan) => plan.bytes ?? []);
  return {
    edits: plans.flatMap(({ edits }) => edits),
    needs: plans.flatMap(({ needs }) => needs),
    library,
    reads: plans.flatMap(({ reads }) => reads),
    writes: plans.flatMap(({ writes }) => writes),
    home: plans.find(({ home }) => home)?.home,
    root: plans.find(({ root }) => root)?.root,
    starts: plans.flatMap(({ starts = [] }) => starts),
    assumes: [...new Set(plans.flatMap(({ assumes }) => assumes))],
    notOnScratch: plans.find(({ notOnScratch }) => notOnScratch)?.notOnScratch,
    seen: plans.every(({ seen }) => seen),
    closed: plans.every(({ closed }) => closed),
    imports: imports.every((each) => each !== undefined)
      ? [...new Set(imports.flatMap((each) => each ?? []))]
      : undefined,
    ...(bytes.length > 0 && {
      bytes: {
        bytes: Math.max(...bytes.map((each) => each.bytes)),
        low: Math.min(...bytes.map(({ low }) => low)),
        high: Math.max(...bytes.map(({ high }) => high)),
      },
    }),
  };
}
