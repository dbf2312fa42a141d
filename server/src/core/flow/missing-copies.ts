import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { neededStages, stageNamed } from "../model/reach";
import type { Token } from "../syntax/instruction";
import type { FileContext } from "./context";
import { type Copy, copiesOf } from "./copies";
import { programsOf } from "./programs";

/** A path that a COPY takes from a stage which surely never has it. */
export interface MissingCopy {
  readonly copy: Copy;
  readonly word: Token;
  readonly source: Stage;
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
  const source = copy.from === undefined ? undefined : stageNamed(context.model, stage, copy.from);
  if (!source || !copy.sources) return [];
  return copy.sources.flatMap((path, index) => {
    const place = posix.join("/", path);
    const word = copy.words[index];
    if (!word || /[*?[]/.test(path) || !context.isAbsent(source, place)) return [];
    const made = programsOf(context, source);
    const name = source.name?.text ?? String(source.index);
    const message = `No step of stage ${name} makes ${place}${made.length > 0 ? `; its build makes ${made.join(", ")}` : ""}.`;
    const right = made.find((program) => posix.basename(program) === posix.basename(place));
    return [{ copy, word, source, made, message, right }];
  });
}
