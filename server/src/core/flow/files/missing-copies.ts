import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { neededStages, stageNamed } from "../../model/reach";
import type { Token } from "../../syntax/instruction";
import type { FileContext } from "../context";
import { programsOf } from "../running/programs";
import { imageFiles } from "./base-files";
import { type Copy, copiesOf } from "./copies";

/** A path that a COPY takes from a stage or an image which surely never has it. */
export interface MissingCopy {
  readonly copy: Copy;
  readonly word: Token;
  /** The stage; undefined where it is an image. */
  readonly source: Stage | undefined;
  /** The programs that the stage does make. */
  readonly made: readonly string[];
  /** A sentence. */
  readonly message: string;
  /** The path that was meant: the program of that name. */
  readonly right: string | undefined;
}

/** All of them in the stages that a build runs. */
export function missingCopies(context: FileContext): readonly MissingCopy[] {
  return [...neededStages(context.model)].flatMap((stage) =>
    copiesOf(stage, context.syntax.escape).flatMap((copy) => missingOf(context, stage, copy)),
  );
}

function missingOf(context: FileContext, stage: Stage, copy: Copy): readonly MissingCopy[] {
  const { from, sources } = copy;
  if (from === undefined || !sources || from.includes("$")) return [];
  const { words } = copy;
  const source = stageNamed(context.model, stage, from);
  return sources.flatMap((path, index) => {
    const place = posix.join("/", path);
    const word = words[index];
    // A pattern that matches nothing copies nothing, and the build goes on.
    if (!word || /[*?[]/.test(path)) return [];
    if (!source) return missingInImage(copy, word, from, place);
    if (!context.isAbsent(source, place)) return [];
    const made = programsOf(context, source);
    const message = `${absentIn(source, place)}${made.length > 0 ? `; its build makes ${made.join(", ")}` : ""}.`;
    const right = made.find((program) => posix.basename(program) === posix.basename(place));
    return [{ copy, word, source, made, message, right }];
  });
}

/** For a sentence: "No step of stage build makes /out/app". */
export function absentIn(stage: Stage, path: string): string {
  return `No step of stage ${stage.name?.text ?? stage.index} makes ${path}`;
}

function missingInImage(copy: Copy, word: Token, from: string, place: string): readonly MissingCopy[] {
  // A bare name may be a context that the build is given: docker build --build-context nginx=….
  if (!/[:@/]/.test(from) || imageFiles(from).path(place) !== "absent") return [];
  return [{ copy, word, source: undefined, made: [], message: `The image ${from} has no ${place}.`, right: undefined }];
}
