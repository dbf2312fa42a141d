import { expect, test } from "vitest";
import { Analysis, applyEdits, namesOf, prepareRename, rename, rules } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";

/** A source with the cursor at `<|>`. */
function at(source: string, eol = "\n") {
  const { text: marked, project } = fixture(source);
  const text = marked.replaceAll("\n", eol);
  const offset = text.indexOf("<|>");
  const plain = text.replace("<|>", "");
  const { model } = new Analysis(plain, project).context;
  return {
    text: plain,
    prepare: prepareRename(model, project, offset),
    to: (newName: string) => rename(model, project, offset, newName),
  };
}

function renames(name: string, source: string, newName: string, after: string): void {
  test(`renames: ${name}`, () => {
    for (const eol of ["\n", "\r\n"]) {
      const { text, to, prepare } = at(source, eol);
      const edits = to(newName);
      if (!edits || "reason" in edits) throw new Error(edits?.reason ?? "there is no name");
      expect(prepare).toHaveProperty("start");
      expect(applyEdits(text, edits).replaceAll("\r\n", "\n")).toBe(fixture(after).text);
    }
  });
}

function refuses(name: string, source: string, newName: string, reason: string): void {
  test(`refuses: ${name}`, () => expect(at(source).to(newName)).toEqual({ reason }));
}

function keeps(name: string, source: string, reason: string): void {
  test(`keeps: ${name}`, () => {
    expect(at(source).prepare).toEqual({ reason });
    expect(at(source).to("fresh")).toEqual({ reason });
  });
}

renames(
  "a stage everywhere, but not where a number means it",
  `
  FROM golang AS bu<|>ild
  RUN build
  FROM BUILD AS test
  FROM scratch
  COPY --link --from=build "--from=x" /build /build
  COPY --from=0 /a /a
  `,
  "builder",
  `
  FROM golang AS builder
  RUN build
  FROM builder AS test
  FROM scratch
  COPY --link --from=builder "--from=x" /build /build
  COPY --from=0 /a /a
  `,
);

renames(
  "a stage from a mount",
  `
  FROM golang AS build
  FROM build AS test
  RUN --mount=type=bind,from=bui<|>ld,target=/x --mount=target=/y,from=build true
  `,
  "b2",
  `
  FROM golang AS b2
  FROM b2 AS test
  RUN --mount=type=bind,from=b2,target=/x --mount=target=/y,from=b2 true
  `,
);

renames(
  "an ARG with all that read it, and not the ENV of its name",
  `
  ARG VERSION=1
  FROM golang:$VERSION
  ARG VERSION
  RUN make VERSION=\${VERSION:-2} && go build -ldflags "-X main.VERSION=$VERSION"
  RUN VERSION=3; echo $VERSION
  ENV VERSION=$VERS<|>ION
  RUN echo $VERSION
  CMD echo $VERSION
  # $VERSION
  `,
  "TAG",
  `
  ARG TAG=1
  FROM golang:$TAG
  ARG TAG
  RUN make VERSION=\${TAG:-2} && go build -ldflags "-X main.VERSION=$TAG"
  RUN VERSION=3; echo $VERSION
  ENV VERSION=$TAG
  RUN echo $VERSION
  CMD echo $VERSION
  # $VERSION
  `,
);

const STAGE = "A stage's name begins with a lower-case letter and goes on with such letters, digits, - _ or .";
for (const name of ["Build", "1", "a b", "", "a/b", "a$b"])
  refuses(`a stage cannot be called ${JSON.stringify(name)}`, "FROM golang AS x<|>", name, STAGE);
refuses("scratch", "FROM golang AS x<|>", "scratch", "BuildKit keeps the name scratch for itself.");
refuses("another stage's name", "FROM a AS x<|>\nFROM b AS Y", "y", "The stage in line 2 is called y.");
refuses(
  "a name that is an image behind it",
  "FROM golang AS x<|>\nFROM alpine",
  "alpine",
  "alpine is an image in line 2, and would be this stage from then on.",
);
refuses(
  "a name that files are copied from",
  "FROM golang AS x<|>\nFROM alpine\nCOPY --from=nginx /a /a",
  "nginx",
  "nginx is an image in line 3, and would be this stage from then on.",
);
renames("the name of its own base", "FROM golang AS x<|>", "golang", "FROM golang AS golang");

keeps(
  "a stage without a name",
  "FROM a\nFROM b\nCOPY --from=0<|> /a /a",
  "This stage has no name yet: give it one with AS.",
);
keeps(
  "a stage at its number",
  "FROM a AS x\nFROM b\nCOPY --from=0<|> /a /a",
  "The stage is named by its number here; rename it where x stands.",
);
keeps("one of two", "FROM a AS x<|>\nFROM b AS X", "More than one stage is called x.");
keeps(
  "a stage behind a variable",
  "ARG B=x\nFROM a AS x<|>\nFROM $B",
  "Line 3 may reach the stage x through a variable or in quotes.",
);
for (const from of ["base-$TARGETOS", "base-${TARGETOS}", "${KIND}-linux", "$KIND-linux", "${A:-$B}-$C"])
  keeps(
    `a stage that ${from} may mean`,
    `ARG KIND A B C ANY\nFROM a AS base-linux<|>\nFROM ${from}`,
    "Line 3 may reach the stage base-linux through a variable or in quotes.",
  );
renames(
  "a stage that no variable can mean",
  "ARG I=alpine\nFROM a AS base-linux<|>\nFROM $I\nFROM golang:$V\nFROM x-$TARGETOS\nFROM ${X}-windows",
  "b",
  "ARG I=alpine\nFROM a AS b\nFROM $I\nFROM golang:$V\nFROM x-$TARGETOS\nFROM ${X}-windows",
);
keeps(
  "a stage that compose builds",
  `
  FROM a AS dev<|>
  FROM b
  #- compose.yaml
  services: { app: { build: { target: dev } } }
  `,
  "compose.yaml builds the stage dev by its name.",
);
keeps(
  "a stage in a trigger",
  "FROM a AS x<|>\nFROM b\nONBUILD COPY --from=x /a /a",
  "The ONBUILD in line 3 names the stage x, or an image of that name.",
);

keeps("an ENV", "FROM a\nENV X=1\nRUN echo $X<|>", "Programs read X from the environment of the image by this name.");
keeps(
  "what BuildKit sets",
  "FROM a\nARG TARGETARCH\nRUN echo $TARGETARCH<|>",
  "BuildKit gives TARGETARCH its value by this name: the architecture that is built for.",
);
keeps(
  "what nobody reads here",
  "FROM a\nARG DEBIAN_FRONTEND<|>=noninteractive\nRUN apt-get install x",
  "Nothing in this file reads DEBIAN_FRONTEND: a program that RUN starts may do so, by this name.",
);
keeps(
  "what a script may set",
  "FROM a\nARG X<|>\nRUN if a; then X=1; fi; echo $X",
  "Whether the script in line 3 reads this X or sets its own is not sure.",
);
keeps(
  "what an ENV sets before",
  "FROM a\nENV X=1\nFROM a\nENV X=1\nARG X<|>\nRUN echo $X",
  "The ENV in line 4 gives X a value too, which this ARG may hide.",
);
for (const script of [
  "sh -c 'echo $X'",
  "printenv X",
  `python -c 'import os; os.environ["X"]'`,
  "export X && make",
  "node -e 'process.env.X'",
  '["sh", "-c", "echo \\"$X\\""]',
])
  keeps(
    `what ${script} names`,
    `FROM a\nARG X<|>\nLABEL a=$X\nRUN ${script}`,
    "Line 4 names X in a way that Ballast does not follow.",
  );
for (const [file, text] of [
  ["compose.yaml", "services: { app: { build: { args: { X: 1 } } } }"],
  ["compose.yml", "services: { app: { build: { args: ['X=1'] } } }"],
  ["docker-bake.hcl", 'target "a" { args = { X = "1" } }'],
  ["docker-bake.json", '{ "target": { "a": { "args": { "X": "1" } } } }'],
  ["build.sh", "docker build --build-arg X=1 ."],
  [".github/workflows/ci.yml", "uses: docker/build-push-action\nbuild-args: |\n  X=1"],
])
  keeps(
    `what ${file} sets`,
    `FROM a\nARG X<|>\nLABEL a=$X\n#- ${file}\n${text}`,
    `${file} sets the build argument X by its name.`,
  );

const VARIABLE = "A variable's name has letters, digits and _, and does not begin with a digit.";
for (const name of ["1A", "a-b", "", "a b"])
  refuses(`an ARG cannot be called ${JSON.stringify(name)}`, "FROM a\nARG X<|>\nLABEL a=$X", name, VARIABLE);
refuses(
  "an ARG with the name of a predefined one",
  "FROM a\nARG X<|>\nLABEL a=$X",
  "HTTP_PROXY",
  "BuildKit gives HTTP_PROXY a meaning of its own: the proxy that the builder was given.",
);
for (const use of ["ENV Y=1", "RUN echo '$Y'", "RUN Y=1 make", "ARG Y", "LABEL b=${Y:-1}"])
  refuses(`a name that ${use} has`, `FROM a\nARG X<|>\nLABEL a=$X\n${use}`, "Y", "Y is in use in line 4.");

test("there is nothing to rename at an image, a keyword or a word", () => {
  for (const source of [
    "FR<|>OM a",
    "FROM al<|>pine",
    "FROM a\nRUN ec<|>ho",
    "FROM a\nCOPY --from=ngi<|>nx a b",
    "# c<|>",
  ]) {
    expect(at(source).prepare).toBeUndefined();
    expect(at(source).to("x")).toBeUndefined();
  }
});

test("there and back again is the same text, with the same findings, for every name of every rule's examples", () => {
  let renamed = 0;
  for (const { text, project } of rules.flatMap(({ docs }) => docs.examples.map(({ before }) => fixture(before)))) {
    const { model } = new Analysis(text, project).context;
    const findings = (of: string) =>
      new Analysis(of, project).findings.map(
        ({ rule, span }) => `${rule.id} ${of.slice(0, span.start).split("\n").length}`,
      );
    for (const [offset] of [...text].entries()) {
      const found = namesOf(model).at(offset);
      if (found?.role !== "declaration" || found.span.start !== offset) continue;
      const edits = rename(model, project, offset, "fresh_1");
      if (!edits || "reason" in edits) continue;
      const after = applyEdits(text, edits);
      expect(findings(after)).toEqual(findings(text));
      const old = text.slice(found.span.start, found.span.end);
      const again = rename(new Analysis(after, project).context.model, project, offset, old);
      expect(again && "reason" in again ? again : applyEdits(after, again ?? [])).toBe(text);
      renamed += 1;
    }
  }
  expect(renamed).toBeGreaterThan(5);
});
