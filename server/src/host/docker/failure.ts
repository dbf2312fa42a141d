import type { BuildFailure, BuildStep } from "../../ports";
import { archivedDockerfile } from "./archive";
import { diskFull } from "./errors";
import { sentence } from "./text";

/** How many of its last lines a failed step keeps. */
export const keptLines = 50;

/** What BuildKit and the API put before the cause, one inside the other. */
const wrapping = new RegExp(
  [
    /failed to solve(?: with frontend [\w.]+)?/,
    /failed to create LLB definition/,
    /failed to (?:compute cache key|calculate checksum of ref \S+|load cache key|prepare \S+ as \S+)/,
    /rpc error: code = \w+ desc =/,
    /failed to (?:walk|resolve source metadata for) \S+/,
    /executor failed running \[.*?\]/,
    /process ".*?" did not complete successfully/,
    /error from (?:sender|receiver)/,
    /failed to register layer/,
    /Error processing tar file\(exit status \d+\)/,
    /OCI runtime create failed/,
    /failed to create (?:shim )?task(?: for container)?/,
    /runc create failed|crun/,
    /building at STEP ".*?"/,
    /Build error/,
  ]
    .map((pattern) => `(?:${pattern.source}:? ?)`)
    .join("|")
    .replace(/^/, "^(?:")
    .replace(/$/, ")"),
);

/** The failure of a build as its builder words it, in one sentence; `log` is what the failing step printed last. */
export function describeFailure(words: string, step: BuildStep | undefined, log: string): BuildFailure {
  const where = step === undefined ? {} : { step };
  const parse = /dockerfile parse error (?:on )?line (\d+): ([^\n]*)/i.exec(words);
  if (parse) return { ...where, line: Number(parse[1]), message: sentence(parse[2] ?? ""), log };
  if (words.includes("no space left on device")) {
    return { ...where, message: diskFull, log };
  }
  const exit = /(?:exit code: |non-zero code: |exit status )(\d+)\s*$/.exec(words);
  if (exit && step) {
    const text = step.text.replace(/\s+/g, " ");
    const command = text.length > 80 ? `${text.slice(0, 79)}…` : text;
    return { ...where, message: `${command} ended with exit code ${exit[1]}.`, log };
  }
  return { ...where, message: sentence(missing(words, step) ?? causeOf(words)), log };
}

/** The cause, without the layers of the builder and of the runtime through which it came. */
export function causeOf(words: string): string {
  const exec = /exec: ("[^"]*"): (?:stat [^:]*: )?([^:\n]*)/.exec(words);
  if (exec) return `exec: ${exec[1]}: ${exec[2]}`;
  // BuildKit names its own mounts, which exist no longer and tell nobody anything.
  let rest = words.trim().replace(/(?<!\/[^\s:/]*)\/[^\s:]*\/buildkit-mount\d+\//g, "");
  for (let inner = rest.replace(wrapping, ""); inner !== rest && inner !== ""; inner = rest.replace(wrapping, "")) {
    rest = inner;
  }
  return rest.replaceAll(archivedDockerfile, "Dockerfile").replace(/: unknown$| &imagebuilder\.Step\{.*$/, "");
}

/** Each builder, and each version of it, has its own words for a file that a COPY does not find. */
const missingFile = [
  /"\/?([^"]+)"(?: not found)?: not found\s*$/,
  /lstat \S*\/(?:merged|buildkit-mount\d+)\/(\S+): no such file/,
  /stat ([^\s:]+): file does not exist/,
  /forbidden path outside the build context: (\S+)/,
  /copier: stat: "\/?([^"]+)": no such file/,
];

function missing(words: string, step: BuildStep | undefined): string | undefined {
  if (!step || !/^(?:copy|add)\b/i.test(step.text)) return undefined;
  const file = missingFile.map((pattern) => pattern.exec(words)?.[1]).find((found) => found !== undefined);
  const [, from] = /--from=(\S+)/.exec(step.text) ?? [];
  return file && `${file} is not in ${from ?? "the build context, or is ignored there"}`;
}
