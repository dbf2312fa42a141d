import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { properties, words } from "../../../server/src/core/syntax/ast";
import { scan } from "../../../server/src/core/syntax/scan";

/** `KEYWORD|body` of each instruction, for a glance. */
function outline(text: string): readonly string[] {
  return scan(text).instructions.map(({ keyword, body }) => `${keyword}|${body}`);
}

function problems(text: string): readonly string[] {
  return scan(text).problems.map(({ message }) => message);
}

describe("lines", () => {
  test.each([
    ["a plain file", "FROM a\nRUN b\n", ["FROM|a", "RUN|b"]],
    ["no final newline", "FROM a\nRUN b", ["FROM|a", "RUN|b"]],
    ["CRLF", "FROM a\r\nRUN b \\\r\n  c\r\n", ["FROM|a", "RUN|b   c"]],
    ["a byte order mark", "\uFEFFFROM a\n", ["FROM|a"]],
    ["lower case", "from a\nrun b\n", ["FROM|a", "RUN|b"]],
    ["indentation and blank lines", "\n  FROM a\n\n\t RUN b\n", ["FROM|a", "RUN|b"]],
    ["a continuation joins without a space", "RUN ec\\\nho hi\n", ["RUN|echo hi"]],
    ["comments and blank lines inside a continuation", "RUN a \\\n# no\n\n   # neither \\\n  b\n", ["RUN|a   b"]],
    ["blanks behind the escape character", "RUN a \\  \n b\n", ["RUN|a  b"]],
    ["two escape characters are no continuation", "RUN a\\\\\nUSER x\n", ["RUN|a\\\\", "USER|x"]],
    ["a lone escape character on a line", "\\\nFROM a\n", ["FROM|a"]],
    ["a continuation at the end of the file", "RUN a \\", ["RUN|a"]],
    ["the backtick as escape character", "# escape=`\nRUN a `\n b\\\nUSER c\n", ["RUN|a  b\\", "USER|c"]],
  ])("%s", (_name, text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  test("a span of the joined line leads back to the author's text", () => {
    const text = "FROM a\nRUN apt-get update && \\\n  # why\n  apt-get install -y git\n";
    const run = scan(text).instructions[1];
    const at = run?.line.text.indexOf("install") ?? 0;
    const span = run?.line.sourceSpan(at, at + "install".length);
    expect(text.slice(span?.start, span?.end)).toBe("install");
    expect(text.slice(run?.span.start, run?.span.end)).toBe(text.slice(7, -1));
  });
});

describe("directives", () => {
  test("stand before everything else", () => {
    const { directives, comments } = scan(
      "# syntax=docker/dockerfile:1\n# escape=`\n# note\n# check=skip=all\nFROM a\n",
    );
    expect(directives.map(({ name, value }) => `${name}=${value}`)).toEqual(["syntax=docker/dockerfile:1", "escape=`"]);
    expect(comments).toHaveLength(2);
  });

  test("an unknown one is a comment and ends them", () => {
    expect(scan("# hadolint ignore=DL3006\n# escape=`\nFROM a\n").escape).toBe("\\");
  });

  test.each([
    ["# escape=x\nFROM a\n", "invalid escape token 'x' does not match ` or \\"],
    ["# syntax=a\n# syntax=b\nFROM a\n", "only one syntax parser directive can be used"],
  ])("%j is rejected", (text, message) => {
    expect(problems(text)).toEqual([message]);
  });
});

describe("heredocs", () => {
  const body = (text: string) =>
    scan(text).instructions.map(({ keyword, heredocs }) => [
      keyword,
      ...heredocs.map((each) => text.slice(each.body.start, each.body.end)),
    ]);

  test.each([
    ["one", "RUN <<EOF\na\nEOF\nUSER x\n", [["RUN", "a\n"], ["USER"]]],
    ["quoted", 'RUN <<"E OF"\na\nE OF\nUSER x\n', [["RUN", "a\n"], ["USER"]]],
    ["with tabs dropped", "RUN <<-EOF\n\ta\n\tEOF\nUSER x\n", [["RUN", "\ta\n"], ["USER"]]],
    ["several", "COPY <<A <<B /x/\n1\nA\n2\nB\nUSER x\n", [["COPY", "1\n", "2\n"], ["USER"]]],
    ["behind ONBUILD", "ONBUILD RUN <<EOF\na\nEOF\nUSER x\n", [["ONBUILD", "a\n"], ["USER"]]],
    ["a file descriptor", "RUN 3<<EOF\na\nEOF\nUSER x\n", [["RUN", "a\n"], ["USER"]]],
    ["no heredoc in quotes", 'RUN echo "x <<EOF y"\nUSER x\n', [["RUN"], ["USER"]]],
    ["no heredoc in CMD", "CMD <<EOF\nUSER x\n", [["CMD"], ["USER"]]],
    ["no heredoc in a here-string", "RUN cat <<<EOF\nUSER x\n", [["RUN"], ["USER"]]],
  ])("%s", (_name, text, expected) => {
    expect(body(text)).toEqual(expected);
  });

  test("an unterminated one is a problem and the rest is its body", () => {
    expect(problems("RUN <<EOF\na\n")).toEqual(["unterminated heredoc"]);
  });
});

describe("flags and forms", () => {
  test("flags are read as BuildKit does", () => {
    const [copy] = scan('COPY --link --from="b" --chown=a\\ b -- x y\n').instructions;
    expect(copy?.flags.map(({ name, value }) => [name, value])).toEqual([
      ["link", undefined],
      ["from", "b"],
      ["chown", "a b"],
    ]);
    expect(copy?.body).toBe("x y");
  });

  test("exec form keeps its strings", () => {
    const text = 'CMD ["nginx", "-g", "daemon off;", "\\u0041"]\n';
    const [cmd] = scan(text).instructions;
    expect(cmd?.json?.map((token) => token.text)).toEqual(["nginx", "-g", "daemon off;", "A"]);
    const third = cmd?.json?.[2]?.span;
    expect(text.slice(third?.start, third?.end)).toBe('"daemon off;"');
  });

  test.each(['CMD ["a",]', "CMD ['a']", 'CMD ["a"] b', 'CMD ["c:\\windows"]', "CMD [ -f x ]"])(
    "%s is shell form",
    (text) => {
      expect(scan(text).instructions[0]?.json).toBeUndefined();
      expect(problems(text)).toEqual([]);
    },
  );

  test("JSON of other than strings is rejected", () => {
    expect(problems('CMD ["a", 1]\n')).toEqual([
      "when using JSON array syntax, arrays must be comprised of strings only",
    ]);
  });

  test("what an ONBUILD triggers is read as if it stood alone", () => {
    const text = 'ONBUILD COPY --from=a ["b c", "/d"]\nONBUILD RUN 3<<EOF\nx\nEOF\nonbuild onbuild run x\n';
    const [copy, run, twice] = scan(text).instructions.map(({ nested }) => nested);
    expect(copy).toMatchObject({ keyword: "COPY", flags: [{ name: "from", value: "a" }] });
    expect(copy?.json?.map((token) => token.text)).toEqual(["b c", "/d"]);
    expect(text.slice(copy?.span.start, copy?.span.end)).toBe('COPY --from=a ["b c", "/d"]');
    expect(run?.heredocs).toMatchObject([{ name: "EOF", fd: 3 }]);
    expect(text.slice(run?.span.start, run?.span.end)).toBe("RUN 3<<EOF\nx\nEOF");
    expect([twice?.keyword, twice?.nested]).toEqual(["ONBUILD", undefined]);
  });

  test("the command of a HEALTHCHECK may be JSON", () => {
    const [exec, shell, none] = scan(
      'HEALTHCHECK --interval=1s CMD ["a", "b"]\nHEALTHCHECK CMD a [b]\nHEALTHCHECK NONE\n',
    ).instructions;
    expect(exec?.json?.map((token) => token.text)).toEqual(["a", "b"]);
    expect([exec?.body, shell?.json, none?.json]).toEqual(['CMD ["a", "b"]', undefined, undefined]);
  });

  test("words and properties", () => {
    const [copy, env, old] = scan("COPY --from=b a  c\nENV a=\"x y\" b='$q'\nENV key some value\n").instructions;
    expect(copy && words(copy).map(({ text }) => text)).toEqual(["a", "c"]);
    expect(env && properties(env).map(({ name, value }) => [name.text, value?.text])).toEqual([
      ["a", '"x y"'],
      ["b", "'$q'"],
    ]);
    expect(old && properties(old).map(({ name, value }) => [name.text, value?.text])).toEqual([["key", "some value"]]);
  });
});

test("a line of 64 KiB is a problem, and no parser is given it", () => {
  const { instructions, problems: found } = scan(`FROM a\nRUN ${"x".repeat(70_000)}\n`);
  expect(found.map(({ message }) => message)).toEqual(["dockerfile line greater than max allowed size of 65535"]);
  expect(instructions[1]?.oversized).toBe(true);
});

test.each([
  [65_535, "\n", 0],
  [65_536, "\n", 1],
  [65_535, "", 0],
  [65_536, "", 1],
])("a last line of %d bytes that ends with %j has %d problems", (bytes, end, problems) => {
  expect(scan(`FROM a\n#${"x".repeat(bytes - 1)}${end}`).problems).toHaveLength(problems);
});

test("whatever the text, instructions are in order, inside it and disjoint", () => {
  const piece = fc.constantFrom(
    "FROM a",
    "RUN x",
    "\\",
    "`",
    "\n",
    "\r\n",
    "# c",
    "# escape=`",
    " ",
    "\t",
    "<<EOF",
    "EOF",
    '["a"]',
    "--from=b",
    '"',
    "'",
    "$",
    "COPY",
    "\uFEFF",
    "ENV a=b",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
      const text = parts.join("");
      let at = 0;
      for (const { span, keywordSpan } of scan(text).instructions) {
        expect(span.start).toBeGreaterThanOrEqual(at);
        expect(span.end).toBeLessThanOrEqual(text.length);
        expect(keywordSpan.end).toBeLessThanOrEqual(span.end);
        at = span.end;
      }
    }),
    { numRuns: 2000 },
  );
});
