import { expect, test } from "vitest";
import { Analysis, namesOf } from "../../server/src/core";
import { fixture, type Mark } from "./fixture";

/** A file with its marks as it would be with other line endings or a byte order mark. */
function dresses(text: string, marks: readonly Mark[]) {
  const crlf = (at: number) => at + (text.slice(0, at).split("\n").length - 1);
  const moved = (move: (at: number) => number) =>
    marks.map((mark) => ({ ...mark, start: move(mark.start), end: move(mark.end) }));
  return [
    { text, marks },
    { text: text.replaceAll("\n", "\r\n"), marks: moved(crlf) },
    { text: `\uFEFF${text}`, marks: moved((at) => at + 1) },
  ];
}

/**
 * One name of a file: each of its places is marked with `declaration`, `read`, `number` or `unsure`, one of them also with
 * `definition`. From each of them the same places are found, and from those that read the definition.
 */
export function testNames(name: string, source: string): void {
  test(`names: ${name}`, () => {
    const parsed = fixture(source);
    for (const { text, marks } of dresses(parsed.text, parsed.marks)) {
      const names = namesOf(new Analysis(text).context.model);
      const all = marks.map(({ start, end, message }) => `${start}-${end} ${message.replace("definition ", "")}`);
      const definition = marks.find(({ message }) => message.startsWith("definition"));
      for (const offset of marks.flatMap(({ start, end }) => [start, end])) {
        const found = names.at(offset);
        if (!found) throw new Error(`nothing is found at ${JSON.stringify(text.slice(offset - 20, offset + 20))}`);
        const places = names
          .occurrences(found.subject)
          .map(({ span, role, how }) => `${span.start}-${span.end} ${how === "name" ? role : how}`);
        expect(places).toEqual(all);
        if (found.role === "read" && definition)
          expect(names.definition(found)).toEqual({ start: definition.start, end: definition.end });
      }
    }
  });
}

/** At no place of a file that is marked there is a name. */
export function testNoNames(name: string, source: string): void {
  test(`no names: ${name}`, () => {
    const { text, marks } = fixture(source);
    const names = namesOf(new Analysis(text).context.model);
    expect(marks.length).toBeGreaterThan(0);
    expect(marks.filter(({ start }) => names.at(start)).map(({ start, end }) => text.slice(start, end))).toEqual([]);
  });
}
