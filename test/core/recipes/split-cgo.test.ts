import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** Programs that need C, and the rung that has it. */
const { rewrites, offer } = testRecipe("split-build-stage");

const C = 'package main\n// #cgo LDFLAGS: -lm\n// #include <math.h>\nimport "C"\nfunc main() {}\n';

function program(
  source: string,
  options: { readonly from?: string; readonly build?: string; readonly files?: string } = {},
): string {
  const { from = "golang:1.26", build = "go build -o /a .", files = "" } = options;
  return `FROM ${from}\nWORKDIR /src\nCOPY . .\nRUN ${build}\nCMD ["/a"]\n#- go.mod\nmodule m\n${files}#- main.go\n${source}`;
}

rewrites(
  "C in the sources",
  "distroless",
  program(C),
  `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -trimpath -ldflags="-s -w" -o /a .

FROM gcr.io/distroless/base-debian13:nonroot
WORKDIR /src
COPY --from=build /a /a
CMD ["/a"]
`,
);

test("the offer names the rung, and says why the next smaller one is not", () => {
  const { title, assumes } = offer(program(C), "distroless");
  expect(title).toMatch(/^Build in its own stage, ship on distroless base \(/);
  expect(assumes[0]).toBe(
    'distroless base has the C library, which the program needs (it calls C (import "C" in main.go)); static has none.',
  );
  expect(() => offer(program(C), "scratch")).toThrow(/needs the C library .*: scratch has none, distroless base has/);
});

const SQLITE =
  'package main\nimport "database/sql"\nimport _ "github.com/mattn/go-sqlite3"\nfunc main() { sql.Open("sqlite3", ":memory:") }\n';

test.each<[string, string, string]>([
  ["SQLite in C", program(SQLITE), "base"],
  [
    "a driver that stands on it",
    program(SQLITE.replace("mattn/go-sqlite3", "x/y"), {
      files: "require github.com/mattn/go-sqlite3 v1.14.0 // indirect\n",
    }),
    "base",
  ],
  [
    "SQLite that is required but not used",
    program("package main\nfunc main() {}\n", { files: "require github.com/mattn/go-sqlite3 v1.14.0\n" }),
    "static",
  ],
  ["the C++ library", program(C.replace("-lm", "-lstdc++")), "cc"],
  ["C++ sources", program(C, { files: "#- a.cpp\nint x;\n" }), "cc"],
  ["C that the build leaves out", program(C, { build: "CGO_ENABLED=0 go build -o /a ." }), "static"],
  ["C for another system", program("package main\nfunc main() {}\n", { files: `#- main_darwin.go\n${C}` }), "static"],
  [
    "C behind a tag",
    program("package main\nfunc main() {}\n", { files: `#- x.go\n//go:build windows || ignore\n\n${C}` }),
    "static",
  ],
  [
    "C that is asked for",
    program("package main\nfunc main() {}\n", { build: "CGO_ENABLED=1 go build -o /a ." }),
    "base",
  ],
  ["an older Debian", program(C, { from: "golang:1.26-bookworm" }), "base"],
])("the rung of %s", (_name, source, rung) => {
  expect(offer(source, "distroless").title).toContain(`ship on distroless ${rung} (`);
});

test.each<[string, string, RegExp]>([
  ["musl", program(C, { from: "golang:1.26-alpine" }), /built with musl, which distroless base has not/],
  [
    "a newer glibc",
    program(C, { from: "ubuntu:26.04" }),
    /built with glibc 2\.43, and distroless base-debian13 has 2\.41/,
  ],
  ["a library of the system", program(C.replace("-lm", "-lvips")), /main\.go links with -lvips/],
  ["pkg-config", program(C.replace("LDFLAGS: -lm", "pkg-config: vips")), /libraries that pkg-config names/],
  [
    "a module that links with one",
    program(SQLITE.replace("mattn/go-sqlite3", "h2non/bimg")),
    /uses github\.com\/h2non\/bimg/,
  ],
  ["the system's SQLite", program(SQLITE, { build: "go build -tags libsqlite3 -o /a ." }), /-tags libsqlite3 links/],
])("refused: %s", (_name, source, reason) => {
  expect(() => offer(source, "distroless")).toThrow(reason);
});

const SWITCHED = (line: string) =>
  program("package main\nfunc main() { f() }\n", {
    files: `#- x.go\n//go:build ${line}\n\npackage main\nfunc f() {}\n`,
  });

test.each(["cgo", "!cgo", "linux && cgo"])(
  "a file that is built by whether cgo is on keeps it as it is: %s",
  (line) => {
    const { title, assumes, change } = offer(SWITCHED(line), "distroless");
    expect(title).toContain("ship on distroless base (");
    expect(assumes[0]).toBe(
      "distroless base has the C library, which the program needs (without cgo it is another program, by x.go); static has none.",
    );
    expect(change().edits.some(({ text }) => text.includes("CGO_ENABLED"))).toBe(false);
    expect(() => offer(SWITCHED(line), "scratch")).toThrow(/needs the C library \(without cgo/);
  },
);

test.each([
  ["a tag that only looks like it", SWITCHED("!mycgo")],
  ["a file of another system", SWITCHED("windows && cgo")],
  ["cgo that is off already", SWITCHED("cgo").replace("RUN go", "RUN CGO_ENABLED=0 go")],
])("nothing depends on cgo: %s", (_name, source) => {
  expect(offer(source, "distroless").title).toContain("ship on distroless static (");
});

test("a file that is built by whether cgo is on, where the C library is musl", () => {
  const source = SWITCHED("cgo").replace("golang:1.26", "golang:1.26-alpine");
  expect(() => offer(source, "distroless")).toThrow(
    /without cgo it is another program, by x\.go\), and it is built with musl/,
  );
});
