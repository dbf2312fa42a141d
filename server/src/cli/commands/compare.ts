import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { compareVersions, VersionFailed } from "../../app/compare";
import { type NamedRequest, readRequest } from "../../app/requests";
import { applyEdits, recipes } from "../../core";
import { oneOf, readArguments, single } from "../arguments";
import { EXIT, type ExitCode, UsageError } from "../errors";
import { analyze, type Input, readInput, reasonOf } from "../input";
import { comparisonLines } from "../reporters/comparison";
import type { World } from "../world";
import { BUILD_OPTIONS, buildRequest } from "./engine-options";

const USAGE = "compare FILE [--before FILE|REV] [--target T] [--stdin F] [--request 'METHOD PATH'…] [-- ARGS…]";

/** `compare FILE`: builds and runs two versions with the same input, and says whether they did the same. */
export async function compare(args: readonly string[], world: World): Promise<ExitCode> {
  const split = args.indexOf("--");
  const own = split < 0 ? args : args.slice(0, split);
  const { values, positionals } = readArguments(own, {
    ...BUILD_OPTIONS,
    before: { type: "string" },
    target: { type: "string" },
    stdin: { type: "string" },
    request: { type: "string", multiple: true },
  });
  const format = oneOf("--format", values.format, ["text", "json"]);
  const requests = (values.request ?? []).map(namedRequest);
  const input = readInput(single(positionals, USAGE), values["stdin-filename"]);
  const versions =
    values.before === undefined
      ? await rewritten(input, values.target, values.context, world)
      : { before: earlier(input, values.before), after: input };
  if (typeof versions === "string") {
    world.complain(versions);
    return EXIT.findings;
  }
  const request = {
    before: buildRequest(versions.before, {
      ...values,
      context: values.context ?? (input.file && dirname(input.file)),
    }),
    after: buildRequest(versions.after, values),
    args: split < 0 ? [] : args.slice(split + 1),
    requests,
    ...(values.stdin !== undefined && { stdin: readStdin(values.stdin) }),
    ...(values.network !== undefined && { network: values.network }),
  };
  const engine = await world.connectEngine(values.host);
  try {
    const report = await compareVersions(
      engine,
      request,
      `${process.pid}-${Date.now()}`,
      { log: world.complain },
      Date.now,
      world.signal,
    );
    world.print(format === "json" ? JSON.stringify(report, undefined, 2) : comparisonLines(report).join("\n"));
    return report.behaviour.same === true ? EXIT.clean : EXIT.findings;
  } catch (error) {
    if (!(error instanceof VersionFailed)) throw error;
    world.complain(`ballast: ${error.message}`);
    return EXIT.engine;
  } finally {
    await engine.close();
  }
}

/** The file as it stands and with its best rewrite, or the sentence that refuses one. */
async function rewritten(
  input: Input,
  target: string | undefined,
  context: string | undefined,
  world: World,
): Promise<{ before: Input; after: Input } | string> {
  const analysis = await analyze(input, context, world.openProject, "sizes");
  if (target !== undefined) oneOf("--target", target, [...new Set(recipes.flatMap(({ targets }) => targets))]);
  const reasons: string[] = [];
  for (const recipe of recipes) {
    const answer = analysis.answer(recipe, target ?? recipe.targets[0] ?? "");
    if (answer.kind === "offer")
      return { before: input, after: { ...input, text: applyEdits(input.text, answer.change().edits) } };
    reasons.push(answer.reason);
  }
  return reasons.join("\n");
}

/** A file, or the same file at a revision of git. */
function earlier(input: Input, before: string): Input {
  if (existsSync(before)) return { ...readInput(before), file: input.file };
  if (input.file === undefined) throw new UsageError(`--before ${before}: no such file`);
  try {
    const text = execFileSync("git", ["show", `${before}:./${basename(input.file)}`], {
      cwd: dirname(input.file),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return { path: `${before}:${input.path}`, text, file: input.file };
  } catch {
    throw new UsageError(`--before ${before}: neither a file nor a revision of git that has ${basename(input.file)}`);
  }
}

function readStdin(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    throw new UsageError(`--stdin ${path}: ${reasonOf(error)}`);
  }
}

function namedRequest(text: string): NamedRequest {
  const request = readRequest(text);
  if (!request) throw new UsageError(`--request ${text}: it is 'METHOD /path', or 'METHOD :PORT/path'`);
  return request;
}
