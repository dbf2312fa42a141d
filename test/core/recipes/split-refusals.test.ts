import { expect, test } from "vitest";
import { Analysis, type Recipe, recipes } from "../../../server/src/core";
import { testRecipe } from "../../kit/rule";

const { refuses, offer } = testRecipe("split-build-stage");

/** A Go file as a file of the folder. */
function goFile(path: string, text: string): string {
  return `#- ${path}\n${text}`;
}

const GO = "FROM golang:1.26\nWORKDIR /src\nCOPY . .\n";

/** What a reviewer found to be offered and to break; each was built and run, or argued from the docs. */
for (const [name, lines, start, reason] of [
  [
    "a program that is built twice",
    "RUN go build -o /a a.go\nCOPY . .\nRUN go build -o /a a.go",
    "/a",
    /^\/a is built more than once/,
  ],
  ["a mode that keeps others out", "RUN go build -o /a a.go && chmod 700 /a", "/a", /^`chmod` changes the program/],
  ["a mask", "RUN umask 077 && go build -o /a a.go", "/a", /^`umask` changes/],
  ["certificates by ENV", "ENV SSL_CERT_FILE=/src/ca.pem\nRUN go build -o /a a.go", "/a", /^An ENV names certificates/],
  ["GOFLAGS of another kind", "ENV GOFLAGS=-buildmode=pie\nRUN go build -o /a a.go", "/a", /^GOFLAGS asks for/],
  [
    "go env -w",
    "RUN go env -w GOBIN=/bin && go build -o /a a.go",
    "/a",
    /`go env -w` or GOFLAGS may say where it goes/,
  ],
  ["gccgo", "RUN apt-get install -y gccgo-go && go build -o /a a.go", "/a", /^A program of gccgo/],
  [
    "a tool that may need the toolchain",
    "RUN go install github.com/air-verse/air@latest",
    "/go/bin/air",
    /^The image starts a tool/,
  ],
  ["a path by ARG", "ARG OUT=/a\nRUN go build -o $OUT a.go", "/a", /^Where the program is built depends on ARG OUT/],
  ["a user by ARG", "ARG UID=1000\nRUN go build -o /a a.go\nUSER $UID", "/a", /^USER depends on ARG UID/],
  [
    "a folder by ARG",
    "ARG HOME_DIR=/srv\nRUN go build -o /a a.go\nWORKDIR $HOME_DIR",
    "/a",
    /^WORKDIR depends on ARG HOME_DIR/,
  ],
] as const) {
  const source = goFile("a.go", 'package main\nimport "fmt"\nfunc main() { fmt.Println(1) }');
  refuses(name, "distroless", `${GO}${lines}\nCMD ["${start}"]\n${source}`, reason);
}

test("a variable of the program that begins like Go's is kept", () => {
  const { edits, drops } = offer(
    `${GO}ENV GOOGLE_CLOUD_PROJECT=prod GOPROXY=direct\nRUN go build -o /a a.go\nCMD ["/a"]`,
    "scratch",
  ).change();
  expect(edits.some(({ text }) => text.includes("ENV GOOGLE_CLOUD_PROJECT=prod\n"))).toBe(true);
  expect(drops.map(({ name }) => name)).toEqual(["GOPROXY"]);
});

test("CGO_ENABLED=0 by way of an ARG is set again", () => {
  const { edits } = offer(`${GO}ARG CGO_ENABLED=0\nRUN go build -o /a a.go\nCMD ["/a"]`, "scratch").change();
  expect(edits.map(({ kind }) => kind)).toContain("cgo");
});

test("a name that callers may use is said", () => {
  const { assumes } = offer(
    `${GO.replace("golang:1.26", "golang:1.26 AS prod")}RUN go build -o /a a.go\nCMD ["/a"]`,
    "scratch",
  );
  expect(assumes).toContain("`--target prod` builds the build stage from now on; the last stage is what ships.");
});

for (const [name, lines] of [
  ["a mount", "RUN --mount=type=bind,target=. go build -o /a ."],
  ["a clone", "RUN git clone https://example.com/x . && go build -o /a ."],
  ["an ADD of a repository", "ADD https://example.com/x.git /src\nRUN go build -o /a ."],
  ["another stage", "COPY --from=src /src .\nRUN go build -o /a ."],
  ["a heredoc", "COPY <<EOF go.mod\nmodule m\nEOF\nRUN go build -o /a ."],
] as const) {
  test(`go.mod may come by ${name}: nothing is claimed about it`, () => {
    const text = `FROM golang:1.26\nWORKDIR /src\n${lines}\nCMD ["/a"]`;
    const answer = new Analysis(text).answer(recipes[0] as Recipe, "distroless");
    expect(answer.kind === "offer" ? "" : answer.reason).not.toMatch(/go\.mod/);
  });
}

for (const [name, line] of [
  ["an escape", "ENV A=a\\ b"],
  ["an escape in a label", "LABEL c=d\\ e"],
  ["a quoted name", "LABEL 'x y'=z"],
  ["the old form with quotes", 'ENV GREETING hello   world "q"'],
  ["the old form", "ENV GREETING hello   world"],
  ["MAINTAINER", "MAINTAINER me@example.com"],
] as const) {
  test(`${name} is carried over or refused, never dropped`, () => {
    const text = `${GO}${line}\nRUN go build -o /a a.go\nCMD ["/a"]\n`;
    const answer = new Analysis(text).answer(recipes[0] as Recipe, "scratch");
    expect(answer.kind === "offer" ? "" : answer.reason).not.toMatch(/^Ballast stopped/);
    const word = line.split(" ", 1)[0] ?? "";
    if (answer.kind === "offer") expect(answer.change().edits.some((edit) => edit.text.includes(word))).toBe(true);
  });
}

refuses(
  "Windows",
  "scratch",
  'FROM golang:1.26-nanoserver\nRUN go build -o /a a.go\nENTRYPOINT ["/a"]',
  "Windows images have no distroless or scratch counterpart.",
);

test("a tool that is installed for the build is none of the image's programs", () => {
  expect(offer(`${GO}RUN go install example.com/tool@latest && go build -o /a a.go\nCMD ["/a"]`, "scratch").kind).toBe(
    "offer",
  );
});

for (const [name, lines, reason] of [
  ["files of another image", "COPY --from=busybox /bin/busybox /bin/busybox", /^COPY brings \/bin\/busybox, a program/],
] as const) {
  refuses(
    name,
    "distroless",
    `FROM golang:1.26\n${lines}\nCOPY main.go .\nRUN go build -o /a main.go\nCMD ["/a"]`,
    reason,
  );
}

test("a Go distribution that is fetched is for the build", () => {
  const fetch =
    "RUN wget https://go.dev/dl/go1.26.0.linux-amd64.tar.gz && tar -C /usr/local -xzf go1.26.0.linux-amd64.tar.gz 2>/dev/null";
  expect(
    offer(`FROM ubuntu\n${fetch}\nCOPY main.go .\nRUN /usr/local/go/bin/go build -o /a main.go\nCMD ["/a"]`, "scratch")
      .kind,
  ).toBe("offer");
});

test("embedded files, comments and strings are no reads", () => {
  const source =
    'package main\nimport (\n\t"embed"\n\t"fmt"\n)\n//go:embed x\nvar files embed.FS\nfunc main() {\n\t// os.ReadFile\n\tfiles.ReadFile("x")\n\tfmt.Println("os.Open", `os.Create`)\n}';
  expect(offer(`${GO}RUN go build -o /a main.go\nCMD ["/a"]\n${goFile("main.go", source)}`, "scratch").kind).toBe(
    "offer",
  );
});

refuses(
  "certificates",
  "scratch",
  `${GO}RUN go build -o /a main.go\nCMD ["/a"]\n${goFile("main.go", 'package main\nimport "net/http"\nfunc main() { http.Get("x") }')}`,
  "The program wants CA certificates (it imports net/http): scratch has none, distroless static has.",
);
refuses(
  "time zones",
  "scratch",
  `${GO}RUN go build -o /a main.go\nCMD ["/a"]\n${goFile("main.go", 'package main\nimport "time"\nfunc main() { time.LoadLocation("x") }')}`,
  /wants time zones/,
);
refuses(
  "modules that were not read",
  "scratch",
  `${GO}RUN go build -o /a .\nCMD ["/a"]\n#- go.mod\nmodule m\n${goFile("main.go", 'package main\nimport "github.com/x/y"\nfunc main() { y.Z() }')}`,
  /^The program uses modules whose sources were not read \(github\.com\/x\/y\)/,
);

refuses(
  "a time zone by ENV",
  "scratch",
  `${GO}ENV TZ=Europe/Berlin\nRUN go build -o /a main.go\nCMD ["/a"]`,
  /^ENV TZ names a time zone/,
);
refuses(
  "a file that BuildKit would reject",
  "scratch",
  `${GO}RUM x\nRUN go build -o /a main.go\nCMD ["/a"]`,
  "BuildKit would reject the file as it stands (unknown instruction: RUM (did you mean RUN?)); that comes first.",
);
refuses(
  "a file that BuildKit parses, and rejects when it makes build steps of it",
  "scratch",
  `${GO}RUN --mount=t go build -o /a main.go\nENV B=\\'\nCMD ["/a"]`,
  /^BuildKit would reject the file as it stands \(.*\); that comes first\.$/,
);

for (const [name, text, reason] of [
  [
    "another language",
    'FROM ruby:3.4\nRUN bundle install\nCMD ["ruby", "app.rb"]',
    /^How Ruby builds its programs is not known here; a last stage/,
  ],
  [
    "no build",
    'FROM debian:trixie\nCMD ["/opt/app"]',
    /^No command in the shipped stage is known to build a program; a last stage/,
  ],
  [
    "no start",
    "FROM debian:trixie\nRUN apt-get update",
    /^The image starts no program of its own: a CMD or an ENTRYPOINT/,
  ],
] as const)
  refuses(name, "distroless", text, reason);
