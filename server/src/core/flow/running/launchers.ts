import { lookupAt, type Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { wordValue } from "../../shell/expand";
import { scriptOf } from "../../shell/instruction-script";
import { shellMode } from "../../shell/shell-words";
import type { Instruction } from "../../syntax/instruction";
import type { Span } from "../../text/span";
import { PYTHON_SCRIPTS } from "../../toolchains/python/start";
import type { FileContext } from "../context";
import type { Presence } from "../files/presence";
import { interpreterName, interpreterOf } from "./interpreters";
import { lacksProgram, programsOf } from "./programs";
import type { Start } from "./start";

/** Tools that start a program and are installed with a language or by themselves, by what they are to it. */
const KINDS = {
  scripts:
    "npm npx yarn yarnpkg pnpm pnpx corepack bunx pm2 pm2-runtime nodemon ts-node tsx next nest nuxt serve forever",
  module: `${[...PYTHON_SCRIPTS].join(" ")} poetry pipenv pdm`,
  init: "tini dumb-init catatonit gosu su-exec s6-svscan supervisord",
  language: "node nodejs java python python3 dotnet ruby php perl deno bun",
  other: "uv uvx uwsgi mvn gradle sbt make go cargo bundle rails rake puma rackup composer php-fpm env sudo xvfb-run",
} as const;
export type LauncherKind = keyof typeof KINDS;

const LAUNCHERS = new Map(
  (Object.keys(KINDS) as LauncherKind[]).flatMap((kind) => KINDS[kind].split(" ").map((name) => [name, kind] as const)),
);

/** What a tool is by its bare name; undefined for other names, and for those of programs that a build of the file makes. */
export function launcherKind(context: FileContext, word: string): LauncherKind | undefined {
  const kind = LAUNCHERS.get(word);
  const isOwn = () =>
    context.model.stages.some((stage) => programsOf(context, stage).some((path) => posix.basename(path) === word));
  return kind && !isOwn() ? kind : undefined;
}

/** A known tool that the start of a stage needs, and that the stage surely lacks. */
export interface MissingLauncher {
  readonly tool: string;
  readonly kind: LauncherKind;
  /** Where it is named, and by which instruction. */
  readonly span: Span;
  readonly instruction: Instruction;
  /** The base's entrypoint, an interpreter that takes the name for a file of its own. */
  readonly behind: readonly string[] | undefined;
  /** False where the package may stand in the folder itself: Python runs a folder that has a __main__.py. */
  readonly certain: boolean;
}

export function missingLauncher(context: FileContext, stage: Stage): MissingLauncher | undefined {
  const start = context.start(stage);
  if (!start || start.inherited === undefined) return undefined;
  const behind = start.inherited.length > 0 ? start.inherited : undefined;
  for (const { word, span, instruction } of namesOf(context, stage, start)) {
    const kind = launcherKind(context, word);
    if (!kind || isRepeated(behind, word)) continue;
    const common = { tool: word, kind, span, instruction, behind };
    if (!behind && lacksProgram(context, stage, word)) return { ...common, certain: true };
    const beside = behind && fileBeside(context, stage, word);
    if (beside === "absent" || beside === "unknown")
      return { ...common, certain: beside === "absent" || kind !== "module" };
  }
  return undefined;
}

interface Name {
  readonly word: string;
  readonly span: Span;
  readonly instruction: Instruction;
}

/** The bare names of programs that a start cannot do without. */
function namesOf(context: FileContext, stage: Stage, start: Start): readonly Name[] {
  const { inherited = [], entrypoint, command } = start;
  if (inherited.length > 0 && interpreterOf(inherited) === undefined) return [];
  const main = entrypoint?.json?.length === 0 || !entrypoint ? command : entrypoint;
  if (!main) return [];
  if (!main.json) return inherited.length > 0 ? [] : namesInScript(context, stage, start, main);
  const instructions = main === entrypoint && command?.json ? [main, command] : [main];
  const words = instructions.flatMap((instruction) =>
    (instruction.json ?? []).map(({ text, span }) => ({ word: text, span, instruction })),
  );
  return inherited.length > 0 ? words.slice(0, 1) : throughInits(words);
}

/** The first word, and where it is an init, the one that the init runs. */
function throughInits(words: readonly Name[]): readonly Name[] {
  const [first, ...rest] = words;
  if (!first) return [];
  const name = posix.basename(first.word);
  if (name === "gosu" || name === "su-exec") return [first, ...throughInits(rest.slice(1))];
  if (name !== "tini" && name !== "dumb-init" && name !== "catatonit") return [first];
  const end = rest.findIndex(({ word }) => word === "--");
  if (end >= 0) return [first, ...throughInits(rest.slice(end + 1))];
  return rest[0]?.word.startsWith("-") ? [first] : [first, ...throughInits(rest)];
}

/** Commands of a script that has a shell, and that ends with an error where one of them is not there. */
function namesInScript(context: FileContext, stage: Stage, start: Start, main: Instruction): readonly Name[] {
  const [shell = ""] = start.shell ?? [];
  const mode = start.shell && shellMode(start.shell);
  if (!mode || mode.login || main.body.includes("PATH=") || lacksProgram(context, stage, shell)) return [];
  const lookup = lookupAt(stage, stage.instructions.length);
  const { commands } = scriptOf(context.syntax, main, mode);
  // Behind these a name may mean something else.
  const end = commands.findIndex(({ name }) => /^(?:\.|source|eval|alias)$/.test(name.text));
  return commands.slice(0, end < 0 ? undefined : end).flatMap(({ succeeded, name, args }) => {
    const program = name.text === "exec" ? args[0] : name;
    const word = succeeded && program ? wordValue(program, lookup) : undefined;
    return word && program ? [{ word, span: program.span, instruction: main }] : [];
  });
}

/** That is for entrypoint-repeated to say. */
function isRepeated(entrypoint: readonly string[] | undefined, word: string): boolean {
  return entrypoint !== undefined && interpreterName(word) === interpreterOf(entrypoint);
}

/** An interpreter runs a file or a folder of that name, where there is one. */
function fileBeside(context: FileContext, stage: Stage, word: string): Presence["kind"] {
  const workdir = stage.scope.workdir(stage.instructions.length);
  return context.presence(stage, posix.join(workdir ?? "/", word)).kind;
}
