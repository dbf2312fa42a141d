import type { FileContext } from "../../flow/context";
import { type HealthCheck, healthCheckOf } from "../../flow/running/health-check";
import type { ShippedApp } from "../../flow/running/shipped-app";
import { imageSettings } from "../../model/image-config";
import { lookupAt, type Stage } from "../../model/model";
import { plainWords } from "../../shell/plain-words";
import type { Way } from "../../toolchains/app";
import type { FinalHealthcheck } from "../healthcheck";
import { jsonForm, keyword, type Style } from "../style";

/** A HEALTHCHECK for the final stage, with the packages that bring what it runs. */
export interface AppHealthcheck extends FinalHealthcheck {
  readonly packages: readonly string[];
}

const NONE: AppHealthcheck = { lines: [], drops: [], packages: [] };

/** The HEALTHCHECK of the stage for the final one; a sentence where that could not run it. */
export function appHealthcheck(
  context: FileContext,
  { stage, toolchain }: ShippedApp,
  way: Way,
  style: Style,
): AppHealthcheck | string {
  const instruction = imageSettings(context.model, stage).get("HEALTHCHECK ")?.instruction;
  if (!instruction) return NONE;
  const line = `${keyword(style, "HEALTHCHECK")} ${instruction.line.text.slice(instruction.line.text.search(/\s/)).trim()}`;
  const check = healthCheckOf(stage);
  if (!check) return { ...NONE, lines: [line] };
  if (way.shell) {
    const names = programsOf(check);
    const strange = names.find(
      (name) => !(TOOLS.has(name) || EVERYWHERE.has(name) || RUNTIMES[toolchain.id]?.has(name)),
    );
    if (strange !== undefined)
      return `HEALTHCHECK runs ${strange || "a program whose name is not written out"}, which ${way.name} may not have.`;
    return { ...NONE, lines: [line], packages: [...new Set(names.filter((name) => TOOLS.has(name)))] };
  }
  const words = wordsOf(check, stage);
  if (!words || !way.runtime?.names.includes(words[0] ?? ""))
    return `HEALTHCHECK runs a command that ${way.name} has not: it has no shell and no tools; a slim image can have them, or the program's own runtime can ask.`;
  const head = line.slice(0, line.length - check.source.length);
  const why = `it names the runtime where ${way.name} has it`;
  return {
    lines: [head + jsonForm([way.runtime.path, ...words.slice(1)])],
    drops: [{ key: "HEALTHCHECK", name: "", why }],
    packages: [],
  };
}

/** The words of a check that needs no shell; that any failure is exit code 1 makes no difference to the engine. */
function wordsOf({ words, source }: HealthCheck, stage: Stage): readonly string[] | undefined {
  if (words) return words.map(({ text }) => text);
  const read = plainWords(
    source.replace(/\|\|[ \t]*exit[ \t]+1$/, "").trimEnd(),
    lookupAt(stage, stage.instructions.length),
  );
  return "words" in read ? read.words : undefined;
}

/** Tools that packages of their own names bring, and that slim images lack. */
const TOOLS = new Set(["curl", "wget"]);
/** What every image of Debian or Ubuntu has: its shells and what is essential there. */
const EVERYWHERE = new Set("sh bash test [ exit true false echo cat grep sed ls kill sleep cd set : export".split(" "));
/** What every image of a language has. */
const RUNTIMES: Readonly<Record<string, ReadonlySet<string>>> = {
  node: new Set(["node", "npm", "npx"]),
  python: new Set(["python", "python3"]),
  java: new Set(["java"]),
};

function programsOf({ words, script }: HealthCheck): readonly string[] {
  return words ? [words[0]?.text ?? ""] : (script?.commands ?? []).map(({ name }) => name.text);
}
