import { join } from "node:path";
import type { OpenReader } from "../host/project/reader";
import { EngineError } from "../ports";
import { EXIT, type ExitCode, UsageError } from "./errors";
import type { World } from "./world";

const HELP = `ballast: finds the dead weight in a Dockerfile, takes it out, and proves that the image still works

  ballast check [PATH…] [--format text|json] [--fail-on error|warning|info|never]
  ballast fix FILE [--recipe ID] [--target T] [--rule ID] [--write|--diff|--stdout]
  ballast explain RULE
  ballast size FILE|IMAGE [--image] [--format text|json]
  ballast build FILE [--stage STAGE] [--tag T] [--format text|json]
  ballast compare FILE [--before FILE|REV] [--target T] [--stdin F] [--request 'METHOD PATH'…]
    [--format text|json] [-- ARGS…]
  ballast lsp --stdio

--context (default: the file's folder) everywhere; --build-arg, --platform, --network as in docker build; --host is the
engine. "-" is standard input (--stdin-filename names it).
Exit: 0 clean or done, 1 findings, a refusal or a difference, 2 wrong use or unreadable input, 3 the engine or build failed.`;

type Command = (args: readonly string[], world: World) => Promise<ExitCode>;

/** Each command is loaded when it is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import("./commands/check")).check,
  fix: async () => (await import("./commands/fix")).fix,
  explain: async () => (await import("./commands/explain")).explain,
  size: async () => (await import("./commands/size")).size,
  build: async () => (await import("./commands/build")).build,
  compare: async () => (await import("./commands/compare")).compare,
  lsp: async () => (await import("./commands/lsp")).lsp,
};

async function main(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    process.stdout.write(`${HELP}\n`);
    return name === undefined ? EXIT.usage : EXIT.clean;
  }
  const own = rest.slice(0, rest.includes("--") ? rest.indexOf("--") : undefined);
  if (own.includes("--help") || own.includes("-h")) {
    process.stdout.write(`${HELP}\n`);
    return EXIT.clean;
  }
  const load = COMMANDS[name];
  if (!load) throw new UsageError(`unknown command ${name}; ballast help lists them`);
  return (await load())(rest, realWorld());
}

function realWorld(): World {
  const abort = new AbortController();
  let openReader: Promise<OpenReader> | undefined;
  return {
    openProject: async (context, dockerfilePath) => {
      openReader ??= import("../host/project/reader").then(({ readersOfOneRun }) => readersOfOneRun());
      return (await openReader)(context, dockerfilePath);
    },
    connectEngine: async (host) => {
      // Only with an engine is there something to clean up; without one Ctrl+C ends the process as usual.
      for (const signal of ["SIGINT", "SIGTERM"] as const)
        process.once(signal, () => abort.abort(new EngineError("cancelled")));
      const { connectEngine } = await import("../host/docker/client");
      const { cacheFolder } = await import("../host/project/cache-folder");
      return connectEngine({
        modulePath: join(__dirname, "engine.js"),
        cacheFolder: join(cacheFolder(process.env), "layers"),
        ...(host !== undefined && { host }),
      });
    },
    print: (text) => process.stdout.write(`${text}\n`),
    complain: (text) => process.stderr.write(`${text}\n`),
    signal: abort.signal,
  };
}

function failed(error: unknown): ExitCode {
  if (error instanceof UsageError || error instanceof EngineError) {
    process.stderr.write(`ballast: ${error.message}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.engine;
  }
  process.stderr.write(
    `ballast: a defect in Ballast itself: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  return EXIT.usage;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = failed(error);
  },
);
