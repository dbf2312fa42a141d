/** Errors of what is in the folder: they can stand only in our own apps, whose sources are there. */
import { type Analysis, applyEdits, recipes } from "../../../server/src/core";
import { edited, type Plant, type Planter } from "./planter";

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

/** Our own rewrites bring what the program needs; each of these lines alone is dropped. */
function withoutLine(analysis: Analysis, line: RegExp): readonly Plant[] {
  return [...analysis.text.matchAll(/^.*\n/gm)].flatMap(({ 0: written, index }) =>
    line.test(written)
      ? [
          edited(analysis, `without ${written.trim()}`, {
            span: { start: index, end: index + written.length },
            text: "",
          }),
        ]
      : [],
  );
}

export const missingRuntimeData: Planter = {
  rule: "missing-runtime-data",
  plant: (analysis) => withoutLine(analysis, /^COPY --from=\S+ \S*(?:ca-certificates\.crt|zoneinfo\S*|\/etc\/passwd) /),
};

/** Ours give the folders that a program writes to its user. */
export const unwritablePath: Planter = {
  rule: "unwritable-path",
  plant: (analysis) =>
    [...analysis.text.matchAll(/^COPY --from=\S+ (--chown=\S+ )/gm)].map(({ 0: written, 1: chown = "", index }) => {
      const start = index + written.length - chown.length;
      return edited(analysis, `without ${chown.trim()}`, { span: { start, end: start + chown.length }, text: "" });
    }),
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
