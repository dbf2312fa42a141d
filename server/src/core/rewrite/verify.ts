import { imageSettings } from "../model/image-config";
import type { Model } from "../model/model";
import { flagOf, type Syntax } from "../syntax/instruction";
import { applyEdits, type Edit, OverlappingEdits } from "../text/edit";
import type { Span } from "../text/span";
import { readsBaseVariable } from "./base-variables";
import type { Change, RewriteEdit } from "./change";
import { readsAlike } from "./second-reading";
import { styleOf } from "./style";

/** What the check looks at, before and after. */
export interface Verifiable {
  readonly text: string;
  readonly syntax: Syntax;
  readonly model: Model;
  readonly problems: readonly { readonly message: string }[];
  /** Findings at warning or above, by rule. */
  /** `elsewhere` is in the image of another target than the last stage, which no recipe rewrites. */
  readonly findings: readonly { readonly rule: string; readonly elsewhere?: boolean }[];
}

export interface Expectation {
  /** The rules whose findings the change removes. */
  readonly removes: readonly string[];
  /** Another application of the same recipe to the result: it has to have nothing to do. */
  readonly again: (text: string) => readonly Edit[];
}

/**
 * Holds a change to its contract before it leaves core: applied in memory and analysed again. The sentence says what is
 * broken; undefined where nothing is. A broken contract is a defect of the recipe, never the author's fault.
 */
export function verify(
  before: Verifiable,
  change: Change,
  expectation: Expectation,
  analyze: (text: string) => Verifiable,
): string | undefined {
  let text: string;
  try {
    text = applyEdits(before.text, change.edits);
  } catch (error) {
    if (error instanceof OverlappingEdits) return "two of its edits overlap";
    throw error;
  }
  if (text === before.text) return "it changes nothing";
  const after = analyze(text);
  return (
    editsBroken(before, change.edits) ??
    parseBroken(before, after) ??
    findingsBroken(before, after, expectation) ??
    stageLost(before, after) ??
    settingsLost(before, after, change) ??
    commentsLost(before, after) ??
    (expectation.again(text).length > 0 ? "a second application would change the file again" : undefined)
  );
}

/**
 * Holds fixes of rules, made together, to their contract: the result parses, each rule has as many findings less as it
 * has fixes among them, none of another is new, and every comment is still there.
 */
export function verifyFixes(
  before: Verifiable,
  fixes: readonly { readonly rule: string; readonly edits: readonly Edit[] }[],
  analyze: (text: string) => Verifiable,
): string | undefined {
  let text: string;
  try {
    text = applyEdits(
      before.text,
      fixes.flatMap(({ edits }) => edits),
    );
  } catch (error) {
    if (error instanceof OverlappingEdits) return "two of the fixes overlap";
    throw error;
  }
  const after = analyze(text);
  return (
    parseBroken(before, after) ??
    fixesLeft(before, after, countBy(fixes)) ??
    findingsBroken(before, after, { removes: [] }) ??
    commentsLost(before, after)
  );
}

function fixesLeft(before: Verifiable, after: Verifiable, fixes: ReadonlyMap<string, number>): string | undefined {
  const [there, left] = [countBy(before.findings), countBy(after.findings)];
  for (const [rule, made] of fixes)
    if ((left.get(rule) ?? 0) > (there.get(rule) ?? 0) - made) return `${rule} would still be there`;
  return undefined;
}

/** How many there are of each rule. */
function countBy(all: readonly { readonly rule: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of all) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

/** Only the kinds of edits that may touch the author's lines do, each in its own way. */
function editsBroken(before: Verifiable, edits: readonly RewriteEdit[]): string | undefined {
  const { eol } = styleOf(before.syntax);
  for (const edit of edits) {
    if (
      !edit.text
        .split("\n")
        .slice(0, -1)
        .every((line) => line.endsWith("\r") === (eol === "\r\n"))
    )
      return "it mixes line endings";
    const broken = editBroken(before, edit);
    if (broken) return broken;
  }
  return undefined;
}

function editBroken({ text, syntax }: Verifiable, { kind, span, text: added }: RewriteEdit): string | undefined {
  const inserts = span.start === span.end;
  const within = (keywords: readonly string[]) =>
    syntax.instructions.some(
      (instruction) => keywords.includes(instruction.keyword) && encloses(instruction.span, span),
    );
  switch (kind) {
    case "fix":
      return "a recipe makes an edit that only a fix may make";
    case "names-stage":
      return inserts && within(["FROM"]) && !added.includes("\n")
        ? undefined
        : "it changes a FROM line by more than a name";
    case "build-flags":
    case "cgo":
      return inserts && within(["RUN"]) && !added.includes("\n")
        ? undefined
        : "it changes a build command by more than flags";
    case "changes-base":
      return within(["FROM"]) && !/\s/.test(text.slice(span.start, span.end) + added)
        ? undefined
        : "it changes a FROM line by more than its image";
    case "drops-step":
      return added === "" && removesOnly(text, syntax, span, ["RUN"]) ? undefined : "it leaves out more than a RUN";
    case "moves-start":
      return removesOnly(text, syntax, span, ["CMD", "ENTRYPOINT"])
        ? undefined
        : "it touches more than CMD and ENTRYPOINT";
    case "new-lines": {
      const atLineStart =
        span.start === 0 || text[span.start - 1] === "\n" || (span.start === text.length && /^\r?\n/.test(added));
      return inserts && atLineStart && (added.endsWith("\n") || added === "")
        ? undefined
        : "new lines would cut one of the author's in two";
    }
  }
}

function encloses(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The span covers whole instructions of these kinds and white space, nothing else. */
function removesOnly(text: string, syntax: Syntax, span: Span, keywords: readonly string[]): boolean {
  let rest = text.slice(span.start, span.end);
  for (const instruction of syntax.instructions) {
    if (keywords.includes(instruction.keyword) && encloses(span, instruction.span))
      rest = rest.replace(text.slice(instruction.span.start, instruction.span.end), "");
  }
  return rest.trim() === "";
}

function parseBroken(before: Verifiable, after: Verifiable): string | undefined {
  const known = new Set(before.problems.map(({ message }) => message));
  const fresh = after.problems.find(({ message }) => !known.has(message));
  if (fresh) return `the result would not parse: ${fresh.message}`;
  const differs = readsAlike(before.syntax) === true && readsAlike(after.syntax) === false;
  return differs ? "a second parser reads the result in another way" : undefined;
}

function findingsBroken(
  before: Verifiable,
  after: Verifiable,
  { removes }: Pick<Expectation, "removes">,
): string | undefined {
  const left = after.findings.find((each) => removes.includes(each.rule) && !each.elsewhere);
  if (left) return `${left.rule} would still be there`;
  const [there, now] = [countBy(before.findings), countBy(after.findings)];
  const worse = after.findings.find(({ rule }) => (now.get(rule) ?? 0) > (there.get(rule) ?? 0));
  return worse && `${worse.rule} would be new`;
}

/** Every COPY that found a stage still does; a name that never was one is an image's. */
function stageLost(before: Verifiable, after: Verifiable): string | undefined {
  const known = new Set(imagesCopied(before.model));
  const lost = imagesCopied(after.model).find((name) => !known.has(name));
  return lost && `COPY takes from ${lost}, which is no stage of the result`;
}

function imagesCopied({ stages }: Model): readonly string[] {
  return stages.flatMap((stage) =>
    stage.instructions.flatMap((instruction) => {
      const from = instruction.keyword === "COPY" ? flagOf(instruction, "from")?.value : undefined;
      const found = stages.some(
        ({ index, name }) =>
          index < stage.index && (name?.text.toLowerCase() === from?.toLowerCase() || String(index) === from),
      );
      return from === undefined || found ? [] : [from];
    }),
  );
}

function settingsLost(before: Verifiable, after: Verifiable, change: Change): string | undefined {
  const [old, now] = [before.model.final, after.model.final];
  if (!old || !now) return "there would be no stage to ship";
  const kept = imageSettings(after.model, now);
  const lines = new Set(now.instructions.map(({ line }) => line.text));
  for (const [id, { key, name, value, instruction }] of imageSettings(before.model, old)) {
    if (change.drops.some((drop) => drop.key === key && drop.name === name)) continue;
    if (key === "WORKDIR") continue;
    if (namesUnset(`${name}${value}`) && lines.has(instruction.line.text)) continue;
    if (kept.get(id)?.value !== value) return `${[key, name].filter(Boolean).join(" ")} would be lost`;
  }
  const folder = old.scope.workdir(old.instructions.length);
  if (folder !== undefined && now.scope.workdir(now.instructions.length) !== folder) return "WORKDIR would be lost";
  return undefined;
}

/** Variables that no base sets stand for nothing before and after. */
function namesUnset(value: string): boolean {
  return value.includes("$") && !readsBaseVariable(value);
}

function commentsLost(before: Verifiable, after: Verifiable): string | undefined {
  const there = new Map<string, number>();
  for (const comment of commentTexts(after)) there.set(comment, (there.get(comment) ?? 0) + 1);
  for (const comment of commentTexts(before)) {
    const left = there.get(comment) ?? 0;
    if (left === 0) return `the comment "${comment.slice(0, 60)}" would be lost`;
    there.set(comment, left - 1);
  }
  return undefined;
}

function commentTexts({ text, syntax }: Verifiable): readonly string[] {
  return [...syntax.comments, ...syntax.directives.map(({ span }) => span)].map(({ start, end }) =>
    text.slice(start, end),
  );
}
