import { SEVERITIES } from "../../core";
import { oneOf, readArguments } from "../arguments";
import { EXIT, type ExitCode, UsageError } from "../errors";
import { analyze, expandPaths, readInput } from "../input";
import { type FileReport, type Report, reportError, reportFile } from "../reporters/report";
import { paintFor, textReport } from "../reporters/text";
import type { World } from "../world";

/** `check [PATH…]`: findings, with the fixes that are offered. A file that cannot be read does not hide the others. */
export async function check(args: readonly string[], world: World): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    format: { type: "string", default: "text" },
    "fail-on": { type: "string", default: "warning" },
    context: { type: "string" },
    "stdin-filename": { type: "string" },
  });
  const format = oneOf("--format", values.format, ["text", "json"]);
  const failOn = oneOf("--fail-on", values["fail-on"], ["error", "warning", "info", "never"]);
  const files = await someAtOnce(expandPaths(positionals), (path) =>
    checkFile(path, values["stdin-filename"], values.context, world),
  );
  const report: Report = { version: 1, files };
  for (const { error } of files) if (error !== undefined) world.complain(error);
  world.print(format === "json" ? JSON.stringify(report, undefined, 2) : textReport(report, paintFor(process.stdout)));
  return exitCode(report, failOn);
}

/** So many files are under way at once: while one waits for its folder, another is analysed. */
const AT_ONCE = 8;

async function someAtOnce<T>(paths: readonly string[], make: (path: string) => Promise<T>): Promise<readonly T[]> {
  const made: T[] = [];
  const waiting = paths.entries();
  const work = async () => {
    for (const [at, path] of waiting) made[at] = await make(path);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}

async function checkFile(
  path: string,
  stdinFilename: string | undefined,
  context: string | undefined,
  world: World,
): Promise<FileReport> {
  try {
    const input = readInput(path, stdinFilename);
    return reportFile(input.path, await analyze(input, context, world.openProject));
  } catch (error) {
    if (error instanceof UsageError) return reportError(path, error.message);
    throw error;
  }
}

function exitCode(report: Report, failOn: "error" | "warning" | "info" | "never"): ExitCode {
  if (report.files.some(({ error }) => error !== undefined)) return EXIT.usage;
  if (failOn === "never") return EXIT.clean;
  const loud = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  return report.files.some(({ findings }) => findings.some(({ severity }) => loud.includes(severity)))
    ? EXIT.findings
    : EXIT.clean;
}
