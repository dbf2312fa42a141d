import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { stageNamed } from "../../model/reach";
import type { Span } from "../../text/span";
import { LINKED } from "../../toolchains/python/needs";
import type { RunCommand } from "../../toolchains/toolchain";
import type { FileContext } from "../context";
import { copiesOf, within } from "../files/copies";
import { DEFAULT_PATH } from "../files/path-folders";
import { pipInstall, pythonOf } from "./python";

/** A package of Python that is linked with a library of the system, and is copied without it. */
export interface LinkedPackage {
  readonly name: string;
  /** As linkers know it: pq. */
  readonly library: string;
  /** The command that installs it. */
  readonly span: Span;
}

/** The first such package that a stage has from another one. */
export function linkedPackage(context: FileContext, stage: Stage): LinkedPackage | undefined {
  for (const each of lineage(stage)) {
    for (const { from, sources = [] } of copiesOf(each, context.syntax.escape)) {
      const builder = from === undefined ? undefined : stageNamed(context.model, each, from);
      const found = builder && installedIn(context, builder, sources);
      if (found) return found;
    }
  }
  return undefined;
}

function installedIn(context: FileContext, builder: Stage, sources: readonly string[]): LinkedPackage | undefined {
  for (const run of context.view(builder).commands) {
    const words = pipInstall(run);
    const folder = words && placeOf(context, builder, run, words);
    // Another index, or a folder of wheels, may have one that brings the library.
    const elsewhere = words?.some((word) => /^(?:-i|-f|--index-url|--extra-index-url|--find-links)(?:=|$)/.test(word));
    if (!folder || elsewhere || !run.command.always || run.lookup("PIP_INDEX_URL")) continue;
    if (!sources.some((source) => within(posix.join("/", source), folder) !== undefined)) continue;
    const name = [...LINKED.keys()].find((each) => namesIt(context, run, words, each));
    const span = { start: run.programWord.span.start, end: run.args.at(-1)?.word.span.end ?? 0 };
    if (name !== undefined) return { name, library: LINKED.get(name) ?? "", span };
  }
  return undefined;
}

/** The folder that pip installs to, or one below which it does. */
function placeOf(context: FileContext, stage: Stage, run: RunCommand, words: readonly string[]): string | undefined {
  for (const [at, word] of words.entries()) {
    const [, name, given] = /^(-t|--target|--prefix|--root|--user)(?:=(.*))?$/.exec(word) ?? [];
    if (name === "--root") return undefined;
    if (name === "--user") return "/root/.local";
    const path = given ?? words[at + 1];
    if (name) return path === undefined || run.folder === undefined ? undefined : posix.join(run.folder, path);
  }
  const [, environment] = /^(\/.*)\/bin\/(?:pip|python)[\d.]*$/.exec(run.programWord.text) ?? [];
  if (environment !== undefined && !environment.startsWith("/usr")) return environment;
  // A virtual environment that stands first on PATH is where pip is.
  const [first = ""] = context.searchPath(stage).folders;
  return DEFAULT_PATH.includes(first) ? pythonOf(context, stage)?.packages[0] : posix.dirname(first);
}

/** By its name, or by that of a requirements file that names it. */
function namesIt(context: FileContext, run: RunCommand, words: readonly string[], name: string): boolean {
  return words.some((word, at) => {
    if (word.toLowerCase().split(/[=<>~!;[]/, 1)[0] === name)
      return !["-r", "--requirement"].includes(words[at - 1] ?? "");
    const file = word === "-r" || word === "--requirement" ? words[at + 1] : undefined;
    if (file === undefined || run.folder === undefined) return false;
    const origin = context.view(run.stage).origin(posix.join(run.folder, file), run);
    return origin.kind === "context" && context.project.packages?.get(origin.path)?.has(name) === true;
  });
}
