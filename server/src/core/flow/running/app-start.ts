import { imageSettings } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { isShell } from "../../shell/shell-words";
import type { AppStart } from "../../toolchains/app";
import type { FileContext } from "../context";
import { OF_COMPILERS, type Start } from "./start";

/** How a stage starts its program; undefined where the file does not say so itself. */
export function appStart(context: FileContext, stage: Stage): AppStart | undefined {
  const start = context.start(stage);
  if (!start) return undefined;
  const shell = start.shellForm !== undefined;
  const before = start.entrypoint ? [] : (start.inherited ?? entrypointOfFamily(context, stage));
  const script = scriptOf(start);
  const untold = (why: string): AppStart => ({ argv: undefined, env: [], fixed: 0, why, shell, script });
  if (!before) return untold(INHERITED);
  // `CMD` alone starts nothing.
  if (start.argv && !start.argv[0]) return undefined;
  const { words, env } = start.assigned ?? { words: start.why ? undefined : start.argv, env: [] };
  if (!words) return untold(start.why ?? "The image starts nothing.");
  const argv = throughShim(context, stage, [...before, ...words]);
  return argv
    ? { argv, env, fixed: argv.length - commandWords(start, words), why: undefined, shell, script }
    : untold(CERTIFICATES);
}

/** The script of the shell form, or of `["sh", "-c", "…"]`. */
function scriptOf({ shellForm, argv = [] }: Start): string | undefined {
  if (shellForm) return shellForm.json ? shellForm.json[2]?.text : shellForm.body.trim();
  return isShell(argv[0] ?? "") && argv[1] === "-c" ? argv[2] : undefined;
}

/** The words that CMD adds: all of them without an ENTRYPOINT, none beside one in shell form. */
function commandWords({ entrypoint, command, shellForm }: Start, words: readonly string[]): number {
  if (!entrypoint || entrypoint.json?.length === 0) return words.length;
  return shellForm ? 0 : (command?.json?.length ?? 0);
}

const INHERITED =
  "The base image may have an entrypoint that starts the program: it is not known from the catalog. An ENTRYPOINT in this file would say what is started.";
const CERTIFICATES =
  "The entrypoint of the base adds certificates at each start (USE_SYSTEM_CA_CERTS), which no other image does.";

/** Families whose Dockerfiles set no ENTRYPOINT, whatever the tag (docker-library: python, openjdk; keeganwitt/docker-gradle; corretto). */
const WITHOUT_ENTRYPOINT = new Set([
  ...OF_COMPILERS,
  "python",
  "openjdk",
  "gradle",
  "debian",
  "ubuntu",
  "amazoncorretto",
]);

function entrypointOfFamily(context: FileContext, stage: Stage): readonly string[] | undefined {
  return WITHOUT_ENTRYPOINT.has(context.reference(stage)?.familiar ?? "") ? [] : undefined;
}

/** Where they stand, by the words that start them. */
const SHIMS: ReadonlyMap<string, string> = new Map(
  ["/usr/local/bin/docker-entrypoint.sh", "/usr/local/bin/mvn-entrypoint.sh", "/__cacert_entrypoint.sh"].flatMap(
    (path) => [
      [path, path],
      [posix.basename(path), path],
    ],
  ),
);

/** Scripts that a base puts before every command, and that go on with it; undefined where one does more. */
function throughShim(context: FileContext, stage: Stage, argv: readonly string[]): readonly string[] | undefined {
  const [first = "", ...rest] = argv;
  const { name } = context.image(stage) ?? {};
  // A script of the project may have the same name.
  if (!SHIMS.has(first) || context.madeBySteps(stage, SHIMS.get(first) ?? first).kind === "there") return argv;
  switch (posix.basename(first)) {
    case "docker-entrypoint.sh":
      // It runs node where its first word is an option or no program (nodejs/docker-node, docker-entrypoint.sh).
      if (name !== "node") return argv;
      return /^-|\.[cm]?js$/.test(rest[0] ?? "") ? ["node", ...rest] : rest;
    // It copies settings of Maven into the user's folder (carlossg/docker-maven).
    case "mvn-entrypoint.sh":
      return rest;
    // It does something where this variable is set (adoptium/containers).
    case "__cacert_entrypoint.sh":
      return imageSettings(context.model, stage).has("ENV USE_SYSTEM_CA_CERTS") ? undefined : rest;
    default:
      return argv;
  }
}
