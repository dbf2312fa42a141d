import { describe, expect, test } from "vitest";
import { readGoSource } from "../../../server/src/core/project/go";
import { usesIn } from "../../../server/src/core/project/go-calls";
import { buildsOnLinux } from "../../../server/src/core/project/go-constraints";
import { syntaxOf } from "../../../server/src/core/project/go-syntax";

/** The calls of a file that matter, with their first argument. */
function uses(imports: readonly string[], body: string): readonly string[] {
  const text = `package main\n${imports.map((path) => `import "${path}"\n`).join("")}func main() {\n${body}\n}\n`;
  const source = readGoSource(text);
  if (!source) throw new Error("no source");
  return usesIn(source.text, source.names).map(({ deed, call, paths }) => {
    const [path] = paths;
    return `${deed} ${call} ${path?.kind === "text" ? path.text : (path?.kind ?? "")}`.trim();
  });
}

describe("calls that touch files", () => {
  test.each<[string, readonly string[], string, readonly string[]]>([
    ["reading", ["os"], 'os.Open("a")', ["reads os.Open a"]],
    ["a comment, a string", ["os"], '// os.Open("a")\nx := "os.Open"', []],
    ["opening to read alone", ["os"], 'os.OpenFile("a", os.O_RDONLY, 0)', ["reads os.OpenFile a"]],
    ["opening to write", ["os"], 'os.OpenFile("a", os.O_CREATE|os.O_WRONLY, 0)', ["writes os.OpenFile a"]],
    ["a temporary file", ["os"], 'os.CreateTemp("", "x*")', ["temp os.CreateTemp"]],
    ["a temporary file somewhere", ["os"], 'os.CreateTemp("data", "x*")', ["writes os.CreateTemp data"]],
    ["a socket of the network", ["net"], 'net.Listen("tcp", ":80")', []],
    ["a socket in a folder", ["net"], 'net.Listen("unix", "/run/a")', ["writes net.Listen /run/a"]],
    [
      "a method over lines",
      ["html/template"],
      'template.New("x").\n\tParseFiles("a.html")',
      ["reads ParseFiles a.html"],
    ],
    ["another package of that name", ["example.com/os"], 'os.Open("a")', []],
    ["a method of another module", ["github.com/labstack/echo/v4"], 'e.Static("/s", "web")', ["reads e.Static web"]],
    ["dotenv without a name", ["github.com/joho/godotenv"], "godotenv.Load()", ["reads godotenv.Load .env"]],
  ])("%s", (_name, imports, body, expected) => {
    expect(uses(imports, body)).toEqual(expected);
  });
});

test("functions, their parameters and what they return", () => {
  const text =
    "package a\nfunc (s *store) Path(name string, rest ...int) (string, error) {\n\treturn s.dir + name, nil\n}\nfunc F[T any](x T) error { return nil }\n";
  const { functions } = syntaxOf(readGoSource(text)?.text ?? { code: "", strings: [] });
  expect(functions.map(({ name, isMethod, parameters }) => [name, isMethod, parameters])).toEqual([
    ["Path", true, ["name", "rest"]],
    ["F", false, ["x"]],
  ]);
  expect(functions[0]?.returns).toEqual([
    {
      kind: "sum",
      parts: [
        { kind: "name", name: "s.dir" },
        { kind: "name", name: "name" },
      ],
    },
  ]);
});

test.each<[string, string | undefined, readonly string[], boolean]>([
  ["a.go", undefined, [], true],
  ["a_windows.go", undefined, [], false],
  ["a_linux_amd64.go", undefined, [], true],
  ["x/darwin.go", undefined, [], true],
  ["a.go", "ignore", [], false],
  ["a.go", "linux && !cgo", ["cgo"], false],
  ["a.go", "cgo || (windows && amd64)", ["cgo"], true],
  ["a.go", "!windows", [], true],
  ["a.go", "migrate", ["migrate"], true],
  ["a.go", "go1.18 && amd64", [], true],
  ["a.go", "!amd64", [], true],
  ["a.go", "(", [], false],
])("%s with `%s` and the tags %j is built on Linux: %s", (path, constraint, tags, expected) => {
  expect(buildsOnLinux(path, constraint, new Set(tags))).toBe(expected);
});

test("hostile text is read in linear time", () => {
  const began = performance.now();
  for (const piece of [
    'x = "a" + ',
    "f(",
    "f(a, ",
    "{a: ",
    "x, ",
    "func (",
    "func f(",
    "a.",
    "return ",
    "&a, ",
    "struct {",
    "\n",
    ")",
    "x := range ",
  ]) {
    const source = readGoSource(`package a\nimport "os"\nfunc f() {\n${piece.repeat(100_000)}`);
    if (source) for (const { args } of syntaxOf(source.text).calls.slice(0, 1000)) void args;
  }
  expect(performance.now() - began).toBeLessThan(20_000);
});
