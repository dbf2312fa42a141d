/** A path that is not there: renamed where it is copied from, and where it is started. */
import { posix } from "node:path";
import type { Analysis, Instruction, Stage } from "../../../server/src/core";
import { bottomOf, edited, GONE, instructionsOf, isShellless, type Plant, type Planter, startOf } from "./planter";
import { isPublished, untoldAt, untoldIn } from "./untold";

/** Each source of each COPY --from an earlier stage that is a plain path: no pattern, no variable, not the root. */
export const copiedPathMissing: Planter = {
  rule: "copied-path-missing",
  plant: (analysis) => {
    const { stages } = analysis.context.model;
    const earlier = (stage: Stage, from: string) =>
      stages
        .slice(0, stage.index)
        .findLast(({ index, name }) => String(index) === from || name?.text.toLowerCase() === from.toLowerCase());
    return neededBy(analysis).flatMap((stage) =>
      stage.instructions.flatMap((instruction) => {
        const from = instruction.flags.find(({ name }) => name === "from")?.value;
        const source = instruction.keyword === "COPY" && from ? earlier(stage, from) : undefined;
        if (!source) return [];
        return sourcesOf(analysis, instruction).map(({ start, end, text }) => ({
          ...renamed(analysis, start, end),
          ...untold(analysis, source, text),
        }));
      }),
    );
  },
};

/** The stages that a plain build runs: an error in another one stops nothing. */
function neededBy({ context: { model } }: Analysis): readonly Stage[] {
  const needed = new Set<Stage>();
  const visit = (stage: Stage | undefined): void => {
    if (!stage || needed.has(stage)) return;
    needed.add(stage);
    if (stage.base.kind === "stage") visit(stage.base.stage);
    for (const { flags } of stage.instructions)
      for (const { name, value } of flags) {
        const from =
          name === "from" ? value : name === "mount" ? /(?:^|,)from=([^,]+)/.exec(value ?? "")?.[1] : undefined;
        if (from)
          visit(
            model.stages.find(
              ({ name, index }) => name?.text.toLowerCase() === from.toLowerCase() || String(index) === from,
            ),
          );
      }
  };
  visit(model.final);
  return [...needed];
}

/** Where the sources of a COPY stand: plain paths with a last component that can be renamed. */
function sourcesOf({ text }: Analysis, { json, line, body, bodyAt }: Instruction) {
  const words = json
    ? json.map(({ text, span }) => ({ text, start: span.start + 1, end: span.end - 1 }))
    : [...body.matchAll(/\S+/g)].map(({ 0: word, index }) => {
        const { start, end } = line.sourceSpan(bodyAt + index, bodyAt + index + word.length);
        return { text: word, start, end };
      });
  return words
    .slice(0, -1)
    .filter((word) => /^[\w./@+-]*[\w@+-]\/?$/.test(word.text) && text.slice(word.start, word.end) === word.text);
}

function renamed(analysis: Analysis, start: number, end: number): Plant {
  const path = analysis.text.slice(start, end).replace(/\/$/, "");
  return edited(analysis, `COPY of ${path}-${GONE}`, { span: { start, end }, text: `${path}-${GONE}` });
}

/** The program of a start in exec form that is a path. A CMD beside an ENTRYPOINT, or on a base that may have one, is no program. */
export const commandPathMissing: Planter = {
  rule: "command-path-missing",
  plant: (analysis) => {
    const { final } = analysis.context.model;
    if (!final) return [];
    const { entrypoint, command } = startOf(final);
    const alone =
      command &&
      !instructionsOf(final).some(({ keyword }) => keyword === "ENTRYPOINT") &&
      hasNoEntrypoint(bottomOf(final));
    const main = entrypoint ?? (alone ? command : undefined);
    const word = main?.json?.[0];
    if (!word || !/^[\w./-]*\/[\w.-]+$/.test(word.text)) return [];
    const text = JSON.stringify(`${word.text}-${GONE}`);
    const plant = edited(analysis, `start of ${word.text}-${GONE}`, { span: word.span, text });
    const folder = final.scope.workdir(final.instructions.length) ?? "/";
    const path = posix.join(folder, word.text);
    const why = untold(analysis, final, path);
    return [{ ...plant, ...(why.untold === undefined ? untoldCopied(analysis, final, path) : why) }];
  },
};

/** The path lies in a folder that is copied from an image that nobody publishes, or from a stage of which nobody can tell. */
function untoldCopied(analysis: Analysis, stage: Stage, path: string): Pick<Plant, "untold"> {
  const { stages } = analysis.context.model;
  for (const instruction of instructionsOf(stage)) {
    const from = instruction.flags.find(({ name }) => name === "from")?.value?.toLowerCase();
    const target = instruction.body.trim().split(/\s+/).at(-1) ?? "/";
    const at = stage.instructions.indexOf(instruction);
    const into = posix.join(stage.scope.workdir(Math.max(at, 0)) ?? "/", target);
    if (instruction.keyword !== "COPY" || from === undefined || !`${path}/`.startsWith(into.replace(/\/*$/, "/")))
      continue;
    const source = stages.find(({ index, name }) => String(index) === from || name?.text.toLowerCase() === from);
    const why = source ? (source.index < stage.index ? untold(analysis, source, path) : {}) : untoldImage(from);
    if (why.untold !== undefined) return { untold: `${why.untold}, and it is copied from there` };
  }
  return {};
}

function untoldImage(reference: string): Pick<Plant, "untold"> {
  return isPublished(reference) ? {} : { untold: `${reference} is nobody's published image` };
}

function untold(analysis: Analysis, stage: Stage, path = ""): Pick<Plant, "untold"> {
  const why = untoldIn(analysis, stage) ?? untoldAt(analysis, stage, path);
  return why === undefined ? {} : { untold: why };
}

/** Bases that are known to start nothing, or a shell by CMD alone. */
function hasNoEntrypoint(reference: string): boolean {
  if (isShellless(reference)) return /^scratch$|\/(?:static|base|base-nossl|cc)(?:-debian\d+)?(?::|$)/.test(reference);
  return /^(?:ubuntu|debian|alpine|golang|rust|python|busybox|fedora|centos|gcc|perl)(?::|$)/.test(reference);
}
