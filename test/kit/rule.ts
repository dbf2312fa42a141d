import { expect, test } from "vitest";
import { Analysis, applyEdits, type Offer, type Rule, recipes, rules } from "../../server/src/core";
import { type Fixture, fixture } from "./fixture";

/** Helpers that test one rule by its id. */
export function testRule(id: string) {
  const rule = rules.find((each) => each.id === id) as Rule;
  return {
    /** The rule finds what is marked, and nothing else; with CRLF and a BOM too. */
    finds(name: string, source: string): void {
      test(`${id} finds: ${name}`, () => {
        const parsed = fixture(source);
        expect(parsed.marks.length).toBeGreaterThan(0);
        expect(findingsOf(rule, parsed.text, parsed)).toEqual(
          parsed.marks.map((mark) => `${JSON.stringify(parsed.text.slice(mark.start, mark.end))} ${mark.message}`),
        );
        expectSameInOtherDress(rule, parsed);
      });
    },
    /** The first fix of the rule's first finding has this title and makes `after`; then the rule is silent about it. */
    fixes(name: string, title: string, before: string, after: string): void {
      test(`${id} fixes: ${name}`, () => {
        const parsed = fixture(before);
        const wanted = fixture(after).text;
        for (const eol of ["\n", "\r\n"]) {
          const dress = (text: string) => text.replaceAll("\n", eol);
          const analysis = new Analysis(dress(parsed.text), parsed.project);
          const finding = analysis.findings.find((each) => each.rule === rule);
          if (!finding) throw new Error("it finds nothing");
          const fix = analysis.answers(finding).find((answer) => answer.kind === "offer" && !answer.recipe) as
            | Offer
            | undefined;
          expect(fix?.title).toBe(title);
          expect(applyEdits(dress(parsed.text), fix?.change().edits ?? [])).toBe(dress(wanted));
        }
        expect(findingsOf(rule, wanted, parsed).length).toBeLessThan(findingsOf(rule, parsed.text, parsed).length);
      });
    },
    /** The rule is silent. */
    ignores(name: string, source: string): void {
      test(`${id} ignores: ${name}`, () => {
        const parsed = fixture(source);
        expect(findingsOf(rule, parsed.text, parsed)).toEqual([]);
        expectSameInOtherDress(rule, parsed);
      });
    },
  };
}

function findingsOf(rule: Rule, text: string, { project }: Fixture): readonly string[] {
  return new Analysis(text, project).findings
    .filter((finding) => finding.rule === rule)
    .map(
      ({ span, message }) => `${JSON.stringify(text.slice(span.start, span.end).replaceAll("\r\n", "\n"))} ${message}`,
    );
}

/** CRLF and a byte order mark change nothing. */
function expectSameInOtherDress(rule: Rule, parsed: Fixture): void {
  const plain = findingsOf(rule, parsed.text, parsed);
  expect(findingsOf(rule, parsed.text.replaceAll("\n", "\r\n"), parsed), "with CRLF").toEqual(plain);
  expect(findingsOf(rule, `\uFEFF${parsed.text}`, parsed), "with a BOM").toEqual(plain);
}

/** Helpers that test one recipe by its id. */
export function testRecipe(id: string) {
  const recipe = recipes.find((each) => each.id === id);
  if (!recipe) throw new Error(`no recipe ${id}`);
  const answer = (text: string, { project }: Fixture, target: string) =>
    new Analysis(text, project).answer(recipe, target);
  return {
    /** The recipe makes `after` of `before`; with CRLF and a BOM too, and a second application has nothing to do. */
    rewrites(name: string, target: string, before: string, after: string): void {
      test(`${id} to ${target}: ${name}`, () => {
        const parsed = fixture(before);
        const wanted = fixture(after).text;
        expect(rewritten(answer(parsed.text, parsed, target), parsed.text)).toBe(wanted);
        const crlf = parsed.text.replaceAll("\n", "\r\n");
        expect(rewritten(answer(crlf, parsed, target), crlf), "with CRLF").toBe(wanted.replaceAll("\n", "\r\n"));
        expect(rewritten(answer(`\uFEFF${parsed.text}`, parsed, target), `\uFEFF${parsed.text}`), "with a BOM").toBe(
          `\uFEFF${wanted}`,
        );
        expect(answer(wanted, parsed, target).kind, "a second application").toBe("refusal");
      });
    },
    /** The recipe refuses, with this sentence. */
    refuses(name: string, target: string, source: string, reason: string | RegExp): void {
      test(`${id} to ${target} refuses: ${name}`, () => {
        const parsed = fixture(source);
        const result = answer(parsed.text, parsed, target);
        if (result.kind !== "refusal") throw new Error(`it was offered: ${result.title}`);
        if (typeof reason === "string") expect(result.reason).toBe(reason);
        else expect(result.reason).toMatch(reason);
      });
    },
    /** The offer itself, for what it assumes. */
    offer(source: string, target: string): Offer {
      const parsed = fixture(source);
      const result = answer(parsed.text, parsed, target);
      if (result.kind === "refusal") throw new Error(`it was refused: ${result.reason}`);
      return result;
    },
  };
}

function rewritten(result: ReturnType<Analysis["answer"]>, text: string): string {
  return result.kind === "offer" ? applyEdits(text, result.change().edits) : `refused: ${result.reason}`;
}
