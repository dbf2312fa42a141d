import { remembered, rememberedBeside } from "../text/remembered";
import type { Span } from "../text/span";
import { pairsOf, properties, words } from "./ast";
import { type FlagProblem, flagProblem, runFlagProblem } from "./grammar-flags";
import { healthcheckProblem } from "./grammar-health";
import { heredocHead } from "./heredoc";
import type { Instruction, Problem, Reading, Syntax } from "./instruction";
import { quoted } from "./quote";
import { SHAPES, type Shape, shapeOf } from "./shapes";
import { didYouMean } from "./suggest";

const STAGE_NAME = /^[a-z][a-z0-9_.-]*$/;

/** What BuildKit would reject in the instructions that the scanner found, in document order. */
export const grammarProblems: (syntax: Syntax) => readonly Problem[] = rememberedBeside(readProblems);

function readProblems(syntax: Syntax): readonly Problem[] {
  const problems: Problem[] = [];
  let stages = 0;
  for (const instruction of syntax.instructions) {
    if (instruction.oversized) continue;
    if (instruction.keyword === "FROM") stages++;
    const found = instructionProblem(instruction) ?? strayProblem(instruction, stages);
    if (found) problems.push(found);
  }
  const last = syntax.instructions.at(-1);
  if (stages === 0 && last && problems.length === 0)
    problems.push({ span: last.span, message: "dockerfile contains no stages to build" });
  return problems;
}

function strayProblem(instruction: Instruction, stages: number): Problem | undefined {
  if (stages > 0 || instruction.keyword === "ARG") return undefined;
  return { span: lineSpan(instruction), message: "no build stage in current context" };
}

function lineSpan({ line }: Reading): Span {
  return line.sourceSpan(0, line.text.trimEnd().length);
}

/** What BuildKit's parser would reject in one instruction, its first reason alone. */
export function instructionProblem(instruction: Instruction): Problem | undefined {
  return isRejected(instruction.reading) ? readProblem(instruction) : undefined;
}

/** Few are, and of those alone the place is asked. */
const isRejected = remembered((reading: Reading) => readProblem(reading) !== undefined);

function readProblem(instruction: Reading): Problem | undefined {
  const { keyword, keywordSpan, nested } = instruction;
  const shape = shapeOf(keyword);
  if (!shape) {
    const message = `unknown instruction: ${instruction.written}${didYouMean(keyword, Object.keys(SHAPES))}`;
    return { span: keywordSpan, message };
  }
  // What an ONBUILD triggers is read when it fires; its names and values are split at once.
  const found =
    pairProblem(instruction) ??
    (nested && pairProblem(nested)) ??
    argumentProblem(instruction) ??
    (keyword === "HEALTHCHECK" ? undefined : flagProblem(instruction, shape)) ??
    ownProblem(instruction, shape);
  if (found === undefined) return undefined;
  return typeof found === "string"
    ? { span: lineSpan(instruction), message: found }
    : { span: "flag" in found ? found.flag.span : found.span, message: found.message };
}

/** ENV and LABEL are split into names and values before anything else. */
function pairProblem(instruction: Reading): string | undefined {
  const { keyword, body, escape } = instruction;
  if (keyword !== "ENV" && keyword !== "LABEL") return undefined;
  const { properties: set, bare } = pairsOf(instruction);
  if (set.length === 0 && body !== "" && body !== escape) return `${keyword} must have two arguments`;
  return bare && `Syntax error - can't find = in ${quoted(bare)}. Must be of the form: name=value`;
}

/** Of these, BuildKit counts the arguments before it looks at the flags. */
function argumentProblem(instruction: Reading): string | undefined {
  const { keyword, body, json } = instruction;
  switch (keyword) {
    case "COPY":
    case "ADD":
      return (json?.length ?? countWords(body)) < 2
        ? `${keyword} requires at least two arguments, but only one was provided. Destination could not be determined`
        : undefined;
    case "MAINTAINER":
    case "STOPSIGNAL":
    case "USER":
    case "WORKDIR":
      return body === "" ? `${keyword} requires exactly one argument` : undefined;
    case "EXPOSE":
    case "ONBUILD":
    case "VOLUME":
      return body === "" || json?.length === 0 ? `${keyword} requires at least one argument` : undefined;
    case "ARG":
      return argProblem(instruction);
    case "FROM":
      return fromProblem(instruction);
    default:
      return undefined;
  }
}

function argProblem(instruction: Reading): string | undefined {
  const declared = properties(instruction);
  if (declared.length === 0) return "ARG requires at least one argument";
  return declared.some(({ name }) => name.text === "") ? "ARG names can not be blank" : undefined;
}

function fromProblem(instruction: Reading): string | undefined {
  const [base, as, name, ...more] = words(instruction).map((word) => word.text);
  const well = as === undefined || (name !== undefined && more.length === 0 && as.toLowerCase() === "as");
  if (!well || base === undefined) return "FROM requires either one or three arguments";
  if (name !== undefined && !STAGE_NAME.test(name.toLowerCase())) {
    return `invalid name for build stage: ${quoted(name)}, name can't start with a number or contain symbols`;
  }
  return undefined;
}

/** As many as `words` would give, without making them: this is asked of every COPY. */
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

function ownProblem(instruction: Reading, shape: Shape): FlagProblem | Problem | string | undefined {
  const { keyword, json } = instruction;
  switch (keyword) {
    case "ENV":
    case "LABEL":
      return nameProblem(instruction);
    case "RUN":
      return runFlagProblem(instruction);
    case "COPY":
    case "ADD":
      return destinationProblem(instruction);
    case "VOLUME":
      return json?.some(({ text }) => text.trim() === "") ? "VOLUME specified can not be an empty string" : undefined;
    case "SHELL":
      if (instruction.body === "" || json?.length === 0) return "SHELL requires at least one argument";
      return json ? undefined : "SHELL requires the arguments to be in JSON form";
    case "ONBUILD":
      return onbuildProblem(instruction);
    case "HEALTHCHECK":
      return healthcheckProblem(instruction, shape);
    default:
      return undefined;
  }
}

function nameProblem(instruction: Reading): string | undefined {
  const set = properties(instruction);
  if (set.length === 0) return `${instruction.keyword} requires at least one argument`;
  return set.some(({ name }) => name.text === "") ? `${instruction.keyword} names can not be blank` : undefined;
}

function destinationProblem(instruction: Reading): Problem | undefined {
  const destination = (instruction.json ?? words(instruction)).at(-1);
  if (!destination?.text.includes("<<") || !heredocHead(destination.text)) return undefined;
  return { span: destination.span, message: `${instruction.keyword} cannot accept a heredoc as a destination` };
}

function onbuildProblem({ nested }: Reading): string | undefined {
  const trigger = nested?.keyword;
  if (trigger === "ONBUILD") return "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed";
  if (trigger === "FROM" || trigger === "MAINTAINER") return `${trigger} isn't allowed as an ONBUILD trigger`;
  return undefined;
}
