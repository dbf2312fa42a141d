import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import type { FileContext } from "../context";
import { within } from "../files/copies";
import { startPaths } from "./programs";
import { baseEntrypoint, type Start, startsShell } from "./start";
import type { Target } from "./targets";

/** A program that an image starts and surely has not. */
export interface MissingStart {
  readonly stage: Stage;
  readonly start: Start;
  /** The path that is not there, or the name that no folder of PATH has. */
  readonly shown: string;
  /** The stage is surely built as an image. */
  readonly certain: boolean;
}

/** What a target starts and has not; undefined where it has it, or that cannot be told. */
export function missingStart(context: FileContext, { stage, certain }: Target): MissingStart | undefined {
  const start = context.start(stage);
  const word = start?.argv?.[0];
  if (!start || !word || startsShell(start)) return undefined;
  if (start.shellForm && BUILTINS.has(word)) return undefined;
  const ways = waysIn(context, stage, start);
  if (ways === undefined || (ways === "script" && word.startsWith("-"))) return undefined;
  const paths = startPaths(context, stage);
  const isName = !word.includes("/");
  if (!paths?.length || (isName && !context.searchPath(stage).complete)) return undefined;
  const [first = ""] = paths;
  const all = ways === "node" ? [...paths, ...modules(stage, word)] : paths;
  if (all.some((path) => context.presence(stage, path).kind !== "absent")) return undefined;
  if (!isName && !isFilled(stage, first)) return undefined;
  return { stage, start, shown: isName ? word : first, certain };
}

/** What a shell runs by itself. */
const BUILTINS = new Set(
  ". source : eval exec exit export cd set unset trap ulimit umask wait read echo printf test [ true false kill pwd command type".split(
    " ",
  ),
);

/** Images whose build files set no ENTRYPOINT (docker-library; dotnet/dotnet-docker, but for those without a shell). */
const BARE = new Set(
  "python ruby rust httpd gcc buildpack-deps openjdk elixir erlang perl haskell mcr.microsoft.com/dotnet/sdk mcr.microsoft.com/dotnet/aspnet mcr.microsoft.com/dotnet/runtime mcr.microsoft.com/dotnet/runtime-deps".split(
    " ",
  ),
);
/** Entrypoints of official images that end in `exec "$@"`. */
const PASSES = /(?:^|\/)(?:docker-entrypoint\.sh|docker-php-entrypoint|__cacert_entrypoint\.sh|mvn-entrypoint\.sh)$/;

/** How the first word comes to run: as it is, by a script that runs it, or by node's, which takes another word for a module. */
function waysIn(context: FileContext, stage: Stage, start: Start): "exec" | "script" | "node" | undefined {
  if (start.entrypoint) return "exec";
  const image = context.image(stage);
  const inherited = baseEntrypoint(stage, image);
  if (inherited === undefined) return image && BARE.has(image.name) && image.role !== "distroless" ? "exec" : undefined;
  if (inherited.length === 0) return "exec";
  if (inherited.length > 1 || !PASSES.test(inherited[0] ?? "")) return undefined;
  return image?.name === "node" ? "node" : "script";
}

/** Where Node.js looks for a module that is named on its command line. */
function modules(stage: Stage, word: string): readonly string[] {
  const path = posix.join(stage.scope.workdir(stage.instructions.length) ?? "/", word);
  return [path, `${path}.js`, `${path}.json`, `${path}.node`, `${path}/index.js`, `${path}/package.json`];
}

/** The image brings files of its own, and none of its volumes covers the path: an empty one waits for a mount. */
function isFilled(stage: Stage, path: string): boolean {
  const all = lineage(stage).flatMap(({ instructions }) => instructions);
  const volumes = all.filter(({ keyword }) => keyword === "VOLUME").flatMap(({ body }) => body.split(/[\s"',[\]]+/));
  return (
    all.some(({ keyword }) => keyword === "COPY" || keyword === "ADD") &&
    !volumes.some((volume) => volume.startsWith("/") && within(posix.normalize(volume), path) !== undefined)
  );
}
