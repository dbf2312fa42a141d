import {
  type Analysis,
  applyEdits,
  type Edit,
  type Instruction,
  type Project,
  type Stage,
} from "../../../server/src/core";

/** A file with one error put into it. */
export interface Plant {
  readonly text: string;
  /** The folder with the error in it, where that is where it stands. */
  readonly project?: Project;
  /** What was done, for a list. */
  readonly done: string;
  /** Why neither the file nor its folder says that this is an error, however they are read: what may make it is elsewhere. */
  readonly untold?: string;
}

/** Puts the error of one rule into a file, at each place where it then surely is one. */
export interface Planter {
  readonly rule: string;
  /** Nothing of what the rules know is asked: only what is written in the file, and in `sources`, those of its program. */
  plant(analysis: Analysis, sources: string, folder: Folder | undefined): readonly Plant[];
}

/** The files of a context whose texts were read. */
export interface Folder {
  readonly texts: ReadonlyMap<string, string>;
  /** What is known of it when one of them has another text. */
  with(path: string, text: string): Project;
}

/** The analysed text with edits made. */
export function edited(analysis: Analysis, done: string, ...edits: readonly Edit[]): Plant {
  return { text: applyEdits(analysis.text, edits), done };
}

/** The image that a stage stands on, through the stages between. */
export function bottomOf(stage: Stage): string {
  let { base } = stage;
  while (base.kind === "stage") base = base.stage.base;
  return base.kind === "image" ? base.reference : base.kind === "scratch" ? "scratch" : "";
}

/** All instructions that a stage's layers come from, those of the stages below it first. */
export function instructionsOf(stage: Stage): readonly Instruction[] {
  return [...(stage.base.kind === "stage" ? instructionsOf(stage.base.stage) : []), ...stage.instructions];
}

/** The written text of a stage and those below it. */
export function textOf({ text }: Analysis, stage: Stage): string {
  return instructionsOf(stage)
    .map(({ span }) => text.slice(span.start, span.end))
    .join("\n");
}

/** The last ENTRYPOINT and CMD that a stage itself writes. */
export function startOf(stage: Stage): {
  readonly entrypoint: Instruction | undefined;
  readonly command: Instruction | undefined;
} {
  const last = (keyword: string) => stage.instructions.findLast((each) => each.keyword === keyword);
  return { entrypoint: last("ENTRYPOINT"), command: last("CMD") };
}

/** A line behind the last line of a stage that is not its start. */
export function lineAtEnd({ text }: Analysis, stage: Stage, line: string): Edit {
  const last =
    stage.instructions.findLast(({ keyword }) => keyword !== "CMD" && keyword !== "ENTRYPOINT") ?? stage.from;
  const end = text.indexOf("\n", last.span.end);
  return end < 0
    ? { span: { start: text.length, end: text.length }, text: `\n${line}` }
    : { span: { start: end + 1, end: end + 1 }, text: `${line}\n` };
}

/** An edit that writes another image into the FROM of a stage; none where a variable or a stage stands there. */
export function otherBase(stage: Stage, reference: string): Edit | undefined {
  const { base } = stage;
  return base.kind === "image" || base.kind === "scratch" ? { span: base.token.span, text: reference } : undefined;
}

/** A name that no step makes. */
export const GONE = "not-made";

/** Images without a shell and without anything but what they are for; debug tags have a busybox. */
export function isShellless(reference: string): boolean {
  return reference === "scratch" || (/^gcr\.io\/distroless\//.test(reference) && !/debug/.test(reference));
}
