import fc from "fast-check";
import { expect, test } from "vitest";
import type { Instruction, Syntax } from "../../../server/src/core/syntax/instruction";
import { scan } from "../../../server/src/core/syntax/scan";
import { applyEdits } from "../../../server/src/core/text/edit";
import { share } from "../../fuzz/mutations";

const PIECES = fc.constantFrom(
  ...["FROM a AS b\n", "RUN echo x \\\n", "  && true\n", "# escape=`\n", "# a comment\n", "\n", "\r\n", "\\", "`", "#"],
  ...["RUN <<EOF cat\n", "EOF\n", "EOF", "COPY <<-'A' <<B /x/\n", "\tA\n", "B\n", 'CMD ["a", "b"]\n', "ENV a=b c='d\n"],
  ...[
    "ONBUILD COPY --from=b a c\n",
    "LABEL x y\r\n",
    "\ufeff",
    " ",
    "é",
    'HEALTHCHECK --retries=2 CMD ["a"]\n',
    "FROM",
  ],
);
/** A text in place of a part of another: both ends are shares of its length. */
const EDIT = fc.record({
  at: share,
  length: fc.nat(20),
  piece: fc.option(PIECES),
});

/** All that a version tells, with its places. */
function told({ passages, ...syntax }: Syntax) {
  return {
    ...syntax,
    instructions: syntax.instructions.map(plain),
    passages: passages.map((each) => ({ ...each, instruction: each.instruction && plain(each.instruction) })),
  };
}

function plain(instruction: Instruction): unknown {
  const { keyword, written, keywordSpan, span, flags, body, bodyAt, json, heredocs, nested, escape, oversized } =
    instruction;
  const { line } = instruction;
  const places = Array.from(line.text, (_, at) => line.sourceOffset(at));
  const rest = { flags, body, bodyAt, json, heredocs, nested: nested && plain(nested), escape, oversized };
  return { keyword, written, keywordSpan, span, text: line.text, places, ...rest };
}

test("what is read after a change is what a first look reads", () => {
  fc.assert(
    fc.property(fc.array(PIECES, { maxLength: 20 }), fc.array(EDIT, { maxLength: 20 }), (pieces, edits) => {
      let text = pieces.join("");
      let syntax = scan(text);
      for (const { at, length, piece } of edits) {
        const start = Math.floor(at * text.length);
        const end = piece === null ? Math.min(text.length, start + length) : start;
        text = applyEdits(text, [{ span: { start, end }, text: piece ?? "" }]);
        syntax = scan(text, syntax);
        expect(told(syntax)).toEqual(told(scan(text)));
      }
    }),
    { numRuns: 400 },
  );
});

test("an instruction that moves keeps what was read of it", () => {
  const before = scan("FROM a\nRUN b\n\nCMD c\n");
  const after = scan("FROM a\nRUN bb\n\nCMD c\n", before);
  const kept = after.instructions.map(({ reading }, at) => reading === before.instructions[at]?.reading);
  expect(kept).toEqual([true, false, true]);
  expect(after.instructions[2]?.span).toEqual({ start: 15, end: 20 });
});
