import { properties, words } from "./ast";
import type { Instruction, Problem, Syntax } from "./instruction";

/** What BuildKit's frontend takes: flags, and how many words (frontend/dockerfile/instructions/parse.go). */
interface Shape {
  readonly flags?: readonly string[];
  readonly least?: number;
  readonly most?: number;
}

const SHAPES: Readonly<Record<string, Shape>> = {
  ADD: { flags: ["chown", "chmod", "link", "keep-git-dir", "checksum", "unpack", "exclude"], least: 2 },
  ARG: { least: 1 },
  CMD: {},
  COPY: { flags: ["chown", "chmod", "link", "from", "parents", "exclude"], least: 2 },
  ENTRYPOINT: {},
  ENV: { least: 1 },
  EXPOSE: { least: 1 },
  FROM: { flags: ["platform"] },
  HEALTHCHECK: { flags: ["interval", "timeout", "start-period", "start-interval", "retries"], least: 1 },
  LABEL: { least: 1 },
  MAINTAINER: { least: 1 },
  ONBUILD: { least: 1 },
  RUN: { flags: ["mount", "network", "security", "device"] },
  SHELL: {},
  STOPSIGNAL: { least: 1, most: 1 },
  USER: { least: 1 },
  VOLUME: { least: 1 },
  WORKDIR: { least: 1 },
};

/** These flags may be given more than once. */
const REPEATABLE = new Set(["mount", "exclude", "device"]);
const STAGE_NAME = /^[a-z][a-z0-9_.-]*$/;

/** What BuildKit would reject in the instructions that the scanner found, in document order. */
export function grammarProblems(syntax: Syntax): readonly Problem[] {
  const problems: Problem[] = [];
  let stages = 0;
  for (const instruction of syntax.instructions) {
    if (instruction.oversized) continue;
    if (instruction.keyword === "FROM") stages++;
    const message =
      problemOf(instruction) ??
      (stages === 0 && !["FROM", "ARG"].includes(instruction.keyword)
        ? "no build stage in current context"
        : undefined);
    if (message)
      problems.push({ span: instruction.line.sourceSpan(0, instruction.line.text.trimEnd().length), message });
  }
  const last = syntax.instructions.at(-1);
  if (stages === 0 && last && problems.length === 0)
    problems.push({ span: last.span, message: "dockerfile contains no stages to build" });
  return problems;
}

function problemOf(instruction: Instruction): string | undefined {
  const { keyword } = instruction;
  const shape = SHAPES[keyword];
  if (!shape) return `unknown instruction: ${instruction.line.text.slice(0, keyword.length)}${suggestion(keyword)}`;
  return flagProblem(instruction, shape) ?? countProblem(instruction, shape) ?? ownProblem(instruction);
}

function flagProblem(instruction: Instruction, shape: Shape): string | undefined {
  const seen = new Set<string>();
  for (const { name, value } of instruction.flags) {
    if (!shape.flags?.includes(name)) return `unknown flag: --${name}`;
    if (seen.has(name) && !REPEATABLE.has(name)) return `duplicate flag specified: --${name}`;
    if (value === undefined && !["link", "parents", "keep-git-dir", "unpack"].includes(name))
      return `missing a value on flag: --${name}`;
    seen.add(name);
  }
  return undefined;
}

function countProblem(instruction: Instruction, shape: Shape): string | undefined {
  const { keyword, body, json } = instruction;
  const count = json ? json.length : countWords(body);
  if ((keyword === "COPY" || keyword === "ADD") && count < 2) {
    return `${keyword} requires at least two arguments, but only ${count === 1 ? "one was" : "none were"} provided. Destination could not be determined`;
  }
  if (count < (shape.least ?? 0))
    return `${keyword} requires ${shape.most === 1 ? "exactly" : "at least"} one argument`;
  if (count > (shape.most ?? Number.POSITIVE_INFINITY)) return `${keyword} requires exactly one argument`;
  return undefined;
}

/** As many as `words` would give, without making them: this is asked of every instruction. */
function countWords(body: string): number {
  let count = 0;
  for (let at = 0, inWord = false; at < body.length; at++) {
    const code = body.charCodeAt(at);
    const space = code === 32 || (code >= 9 && code <= 13);
    if (!space && !inWord) count++;
    inWord = !space;
  }
  return count;
}

function ownProblem(instruction: Instruction): string | undefined {
  switch (instruction.keyword) {
    case "FROM":
      return fromProblem(instruction);
    case "ENV":
    case "LABEL":
      return pairProblem(instruction);
    case "SHELL":
      return instruction.json ? undefined : "SHELL requires the arguments to be in JSON form";
    case "ONBUILD":
      return onbuildProblem(instruction);
    case "HEALTHCHECK":
      return healthcheckProblem(instruction);
    default:
      return undefined;
  }
}

function fromProblem(instruction: Instruction): string | undefined {
  const [, as, name, ...more] = words(instruction).map((word) => word.text);
  const well = as === undefined || (name !== undefined && more.length === 0 && as.toLowerCase() === "as");
  if (!well || instruction.body === "") return "FROM requires either one or three arguments";
  if (name !== undefined && !STAGE_NAME.test(name.toLowerCase())) {
    return `invalid name for build stage: "${name}", name can't start with a number or contain symbols`;
  }
  return undefined;
}

function pairProblem(instruction: Instruction): string | undefined {
  const first = /^\S*/.exec(instruction.body)?.[0] ?? "";
  if (!first.includes("="))
    return countWords(instruction.body) < 2 ? `${instruction.keyword} must have two arguments` : undefined;
  if (first.startsWith("=")) return `${instruction.keyword} names can not be blank`;
  const bare = properties(instruction).find(
    ({ value, name, end }) => value === undefined && !/['"]/.test(name.text) && instruction.line.text[end] !== "=",
  );
  return bare && `Syntax error - can't find = in ${JSON.stringify(bare.name.text)}. Must be of the form: name=value`;
}

function onbuildProblem(instruction: Instruction): string | undefined {
  const trigger = (words(instruction)[0]?.text ?? "").toUpperCase();
  if (trigger === "ONBUILD") return "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed";
  if (trigger === "FROM" || trigger === "MAINTAINER") return `${trigger} isn't allowed as an ONBUILD trigger`;
  return undefined;
}

function healthcheckProblem(instruction: Instruction): string | undefined {
  const [type, ...rest] = instruction.body.split(/\s+/, 2);
  const upper = type?.toUpperCase();
  if (upper === "NONE") return rest.length > 0 ? "HEALTHCHECK NONE takes no arguments" : undefined;
  if (upper !== "CMD") return `Unknown type "${upper}" in HEALTHCHECK (try CMD)`;
  return rest.length === 0 ? "Missing command after HEALTHCHECK CMD" : undefined;
}

function suggestion(keyword: string): string {
  const near = keyword.length > 12 ? undefined : Object.keys(SHAPES).find((known) => distance(keyword, known) <= 1);
  return near ? ` (did you mean ${near}?)` : "";
}

/** Levenshtein distance of two short words, where 2 stands for anything above 1. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 1) return 2;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  if (at === a.length && at === b.length) return 0;
  const rests = [
    [1, 1],
    [1, 0],
    [0, 1],
  ] as const;
  return rests.some(([skipA, skipB]) => a.slice(at + skipA) === b.slice(at + skipB)) ? 1 : 2;
}
