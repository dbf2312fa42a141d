/** What has to hold of every input, whatever it is. */
import { Analysis, applyEdits, estimateImage, estimateLayers, fixAll, recipes, type Span } from "../../server/src/core";
import { type Asked, folderOf } from "./ask";
import { namesHold } from "./names";

/** A property that an input breaks; the message is the same for the same defect, more or less. */
class Broken extends Error {
  override readonly name = "Broken";
}

/** Asks all that is ever asked of a file. Throws where a property does not hold. */
export function check(input: Asked): void {
  const analysis = new Analysis(input.text, folderOf(input));
  spansHold(analysis);
  findingsHold(analysis);
  sameInOtherDress(analysis);
  answersHold(analysis);
  fixingEnds(analysis);
  namesHold(analysis, holds);
  for (const stage of analysis.context.model.stages) {
    estimateImage(analysis.context, stage);
    estimateLayers(analysis.context, stage);
    analysis.context.program(stage, "sh");
  }
}

function holds(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Broken(what);
}

/** Instructions lie in the text one behind the other, and their parts inside the file. */
function spansHold({ text, context: { syntax } }: Analysis): void {
  const inside = ({ start, end }: Span) =>
    Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= text.length;
  let at = 0;
  for (const { keyword, span, keywordSpan, flags, json, heredocs } of syntax.instructions) {
    holds(inside(span) && span.start >= at, `the ${keyword} lies outside the text, or over the one before it`);
    at = span.end;
    for (const part of [keywordSpan, ...flags.map((flag) => flag.span), ...(json ?? []).map((word) => word.span)])
      holds(inside(part) && part.start >= span.start && part.end <= span.end, `a part of ${keyword} lies outside it`);
    for (const { body } of heredocs)
      holds(inside(body) && body.end <= span.end, "a heredoc lies outside its instruction");
  }
  for (const each of [...syntax.comments, ...syntax.directives.map(({ span }) => span)])
    holds(inside(each), "a comment lies outside the text");
  for (const { span, message } of syntax.problems)
    holds(inside(span) && message !== "", "a problem lies outside the text");
}

/** Characters of a message; what it quotes of the file is cut. */
const LONGEST = 1_000;

function findingsHold({ text, findings }: Analysis): void {
  for (const { rule, span, message, related = [], fixes = [] } of findings) {
    for (const place of [{ span, message }, ...related]) {
      const { start, end } = place.span;
      holds(0 <= start && start <= end && end <= text.length, `${rule.id} points outside the text`);
      holds(/\S/.test(place.message), `${rule.id} says nothing`);
      holds(place.message.length <= LONGEST, `${rule.id} says more than anybody reads`);
    }
    for (const { title } of fixes) holds(title !== "", `a fix of ${rule.id} has no title`);
  }
}

/** CRLF and a byte order mark change nothing but the line endings that a message quotes, by themselves or as `\\r\\n`. */
function sameInOtherDress({ text, findings, context: { project } }: Analysis): void {
  const said = (analysis: Pick<Analysis, "text" | "findings">) =>
    analysis.findings.map(({ rule, span, message, confidence }) =>
      [rule.id, confidence, plainly(analysis.text.slice(span.start, span.end)), whole(plainly(message))].join(" "),
    );
  const plainly = (text: string) => text.replaceAll("\\r\\n", "\\n").replace(/[\r\n]+/g, "\n");
  // A message that is cut is cut elsewhere, and with CRLF sooner.
  const whole = (message: string) => (message.replace(/\\n|\n/g, "\\r\\n").length > 250 ? "" : message);
  const plain = said({ text, findings });
  const dressed = (how: string, dress: string) => {
    const there = said(new Analysis(dress, project));
    const other = there.find((line, at) => line !== plain[at]) ?? plain[there.length];
    holds(other === undefined, `${how} changes what ${other?.split(" ", 1)[0]} says`);
  };
  if (!text.includes("\r") && longestLine(text) < 20_000) dressed("CRLF", text.replaceAll("\n", "\r\n"));
  if (!text.startsWith("\uFEFF")) dressed("a byte order mark", `\uFEFF${text}`);
}

function longestLine(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length));
}

/** A recipe refuses, or its change holds its contract: one that broke it was stopped, and should not have been made. */
function answersHold(analysis: Analysis): void {
  const answers = [
    ...analysis.findings.flatMap((finding) => analysis.answers(finding)),
    ...recipes.flatMap((recipe) => recipe.targets.map((target) => analysis.answer(recipe, target))),
  ];
  for (const answer of answers) {
    if (answer.kind === "offer") applyEdits(analysis.text, answer.change().edits);
    else {
      holds(/\S/.test(answer.reason), `${answer.recipe} refuses without a reason`);
      holds(!answer.reason.startsWith("Ballast stopped"), `${answer.recipe} breaks its contract: ${answer.reason}`);
    }
  }
}

/** What the safe fixes leave has no safe fix, and nothing new that BuildKit would reject. */
function fixingEnds(analysis: Analysis): void {
  const fixed = fixAll(analysis);
  if (fixed.changes.length === 0)
    return holds(fixed.text === analysis.text, "fix-all without a change changes the text");
  const after = new Analysis(fixed.text, analysis.context.project);
  const again = fixAll(after).changes[0];
  holds(again === undefined, `a second fix-all finds ${again?.rule} to fix`);
  const rejected = (each: Analysis) => each.findings.filter(({ rule }) => rule.id === "invalid-syntax").length;
  holds(rejected(after) <= rejected(analysis), "a safe fix makes a file that BuildKit rejects");
}
