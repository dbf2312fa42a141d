/** Errors of what is in the folder: they can stand only in our own apps, whose sources are there. */
import { type Analysis, applyEdits, recipes } from "../../../server/src/core";
import { bottomOf, edited, otherBase, type Planter } from "./planter";

/** go.mod is gone: with modules on, a build of packages fails. Where the folder has others (a workspace, a vendor), it may not. */
export const missingGoModule: Planter = {
  rule: "missing-go-module",
  plant: ({ text, context: { project } }) => {
    const builds = /\bgo build\b(?!.*\.go\b)/.test(text) && !/GO111MODULE|go mod init/.test(text);
    if (!builds || !project.files?.has("go.mod") || project.goModules.size !== 1 || /COPY .*go\.mod/.test(text))
      return [];
    const files = new Map([...project.files].filter(([path]) => path !== "go.mod" && path !== "go.sum"));
    return [{ text, project: { ...project, files, goModules: new Map() }, done: "go.mod is gone" }];
  },
};

/** What only a program does that wants certificates, zones, users or /tmp. */
const WANTS_DATA = /"https:\/\/|time\.LoadLocation\(|user\.(?:Current|Lookup)\(|os\.(?:TempDir|CreateTemp|MkdirTemp)\(/;

/** A program on distroless static, which has such data, moves to scratch, which has none. */
export const missingRuntimeData: Planter = {
  rule: "missing-runtime-data",
  plant: (analysis, sources) => {
    const { final } = analysis.context.model;
    if (!final || !/^gcr\.io\/distroless\/static/.test(bottomOf(final)) || !WANTS_DATA.test(sources)) return [];
    const edit = /ca-certificates|zoneinfo|passwd/.test(analysis.text) ? undefined : otherBase(final, "scratch");
    return edit ? [edited(analysis, "FROM scratch", edit)] : [];
  },
};

/** Our own rewrites give the folders that a program writes to its user. */
export const unwritablePath: Planter = {
  rule: "unwritable-path",
  plant: (analysis, sources) => {
    if (sources === "") return [];
    return [...analysis.text.matchAll(/^COPY --from=\S+ (--chown=\S+ )/gm)].map(
      ({ 0: written, 1: chown = "", index }) => {
        const start = index + written.length - chown.length;
        return edited(analysis, `without ${chown.trim()}`, { span: { start, end: start + chown.length }, text: "" });
      },
    );
  },
};

/** A file as our recipes rewrite it, for each of their targets. */
export function rewritesOf(analysis: Analysis): readonly (readonly [target: string, text: string])[] {
  return recipes.flatMap((recipe) =>
    recipe.targets.flatMap((target) => {
      const answer = analysis.answer(recipe, target);
      return answer.kind === "offer" ? [[target, applyEdits(analysis.text, answer.change().edits)] as const] : [];
    }),
  );
}
