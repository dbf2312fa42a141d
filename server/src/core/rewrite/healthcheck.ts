import type { FileContext } from "../flow/context";
import { programPath } from "../flow/files/path-folders";
import { imageSettings } from "../model/image-config";
import { lookupAt, type Stage } from "../model/model";
import { plainWords } from "../shell/plain-words";
import type { Drop } from "./change";
import { jsonForm, keyword, type Style } from "./style";

/** The program of a stage: where that has it, and where the final image will. */
export interface Checked {
  readonly stage: Stage;
  readonly from: string;
  readonly to: string;
  readonly workdir: string;
}

/** A HEALTHCHECK as lines for the final stage, and why it is not as it was. */
export interface FinalHealthcheck {
  readonly lines: readonly string[];
  readonly drops: readonly Drop[];
}

const OTHER =
  "HEALTHCHECK runs something other than the program, which the final image has not; a check by the program itself, in exec form, can stay.";

/** The HEALTHCHECK of a stage for the final one; a sentence where it runs something that is not there. */
export function finalHealthcheck(context: FileContext, checked: Checked, style: Style): FinalHealthcheck | string {
  const { stage, from, to, workdir } = checked;
  const instruction = imageSettings(context.model, stage).get("HEALTHCHECK ")?.instruction;
  if (!instruction) return { lines: [], drops: [] };
  const line = `${keyword(style, "HEALTHCHECK")} ${instruction.line.text.slice(instruction.line.text.search(/\s/)).trim()}`;
  if (/^none$/i.test(instruction.body)) return { lines: [line], drops: [] };
  const command = instruction.body.replace(/^cmd\s+/i, "").trim();
  const exec = execWords(command);
  const read = exec ? { words: exec } : plainWords(command, lookupAt(stage, stage.instructions.length));
  if ("needs" in read)
    return `HEALTHCHECK ${read.needs}, which needs a shell, and the final image has none; a check by the program itself, in exec form, can stay.`;
  const [word = "", ...rest] = read.words;
  const place = programPath(word, workdir, from, context.searchPath(stage).folders);
  if (place === undefined) return OTHER;
  // A path that was the program's in the old stage may be another in the final one.
  const moved = word.includes("/") && place !== to;
  if (exec && !moved) return { lines: [line], drops: [] };
  const why = exec
    ? "it names the program at its new place"
    : "it is written in exec form, for the final image has no shell";
  const head = line.slice(0, line.length - command.length);
  return {
    lines: [head + jsonForm([moved ? to : word, ...rest])],
    drops: [{ key: "HEALTHCHECK", name: "", why }],
  };
}

/** The words of exec form; undefined where it is shell form. */
function execWords(command: string): readonly string[] | undefined {
  if (!command.startsWith("[")) return undefined;
  try {
    const words: unknown = JSON.parse(command);
    return Array.isArray(words) && words.every((word) => typeof word === "string") ? words : undefined;
  } catch {
    return undefined;
  }
}
