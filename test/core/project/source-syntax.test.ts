import { expect, test } from "vitest";
import { sourceSyntax } from "../../../server/src/core/project/source-syntax";
import { type SourceLanguage, separateSource } from "../../../server/src/core/project/source-text";

function callsIn(text: string, language: SourceLanguage): readonly string[] {
  const separated = separateSource(text, language);
  if (!separated) throw new Error("it is too long");
  return sourceSyntax(separated).calls.map(
    ({ name, args }) =>
      `${name}(${args.map((arg) => arg.map(({ literal, text: each }) => literal ?? each).join(" ")).join(", ")})`,
  );
}

test.each<[string, string, readonly string[]]>([
  ["a path and a method", 'fn main() { std::fs::read("a"); x.open("b"); }', ["std::fs::read(a)", ".open(b)"]],
  ["types of a call", 'fn f() { parse::<u8>("1"); }', ["parse(1)"]],
  ["a macro", 'fn f() { format!("{}/x", dir); }', ["format!({}/x, dir)"]],
  [
    "a raw string and a lifetime",
    `fn f<'a>(x: &'a str) { read(r#"a"b"#, 'c', '\\'', b'"'); }`,
    ['read(a"b, 0, 0, b0)'],
  ],
  ["comments within comments", "fn f() { /* a(/* b() */ c()) */ d(); }", ["d()"]],
  [
    "tests are no part of the program",
    '#[cfg(test)]\nmod tests { fn t() { read("x"); } }\nfn f() { read("y"); }',
    ["read(y)"],
  ],
])("Rust: %s", (_name, text, calls) => expect(callsIn(text, "rust")).toEqual(calls));

test.each<[string, string, readonly string[]]>([
  ["a call, and no function that is made", 'int main(void) { fopen("a", "r"); }', ["fopen(a, r)"]],
  ["a stream by its type", 'int main() { std::ifstream in("a"); }', ["in(a)"]],
  ["a raw string of C++", 'int main() { load(R"x(a")b)x"); }', ['load(a")b)']],
  ["comments", 'int main() { // no("a")\n /* no("b") */ yes("c"); }', ["yes(c)"]],
])("C: %s", (_name, text, calls) => expect(callsIn(text, "c")).toEqual(calls));

test("values of names: constants, variables and macros", () => {
  const text = separateSource(
    '#define A "a"\nconst char *b = "b";\nint main() { char c[] = "c"; if (x == y) {} }',
    "c",
  );
  const { bindings } = sourceSyntax(text ?? { code: "", strings: [] });
  expect(
    [...bindings].map(([name, [first]]) => `${name}=${first?.value.map((each) => each.literal).join("")}`),
  ).toEqual(["A=a", "b=b", "c=c"]);
});
