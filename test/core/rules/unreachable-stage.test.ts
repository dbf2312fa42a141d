import { testRule } from "../../kit/rule";

const { finds, ignores, fixes } = testRule("unreachable-stage");

finds(
  "a stage whose name a later one has",
  `
  FROM debian AS build
  #              ^^^^^ No stage uses this one, and a later stage is called build too: it is never built.
  RUN a
  FROM debian AS Build
  RUN b
  FROM scratch
  COPY --from=build /a /
  `,
);
finds(
  "a stage without a name",
  `
  FROM debian
  #    ^^^^^^ No stage uses this one, and it has no name that a build could ask for: it is never built.
  RUN a
  FROM scratch
  COPY a /
  `,
);
finds(
  "a stage that nobody names, which may be a target",
  `
  FROM debian AS base
  FROM base AS test
  #            ^^^^ No stage uses test, and no file was seen that asks for it: only \`docker build --target test\` builds it.
  RUN a
  FROM base
  CMD ["b"]
  #- compose.yaml
  services: { web: { build: . } }
  `,
);
finds(
  "a target of another Dockerfile",
  `
  FROM debian AS test
  #              ^^^^ No stage uses test, and no file was seen that asks for it: only \`docker build --target test\` builds it.
  FROM debian
  CMD ["b"]
  #- compose.yaml
  services: { web: { build: { context: ., dockerfile: Other.Dockerfile, target: test } } }
  `,
);

for (const [name, file] of [
  ["compose", "#- compose.yaml\n  services: { web: { build: { context: ., target: Test } } }"],
  ["bake", '#- docker-bake.hcl\n  target "a" {\n    target = "test"\n  }'],
  ["a Makefile", "#- Makefile\n  test:\n  \tdocker build --target=test ."],
  [
    "a workflow",
    "#- .github/workflows/ci.yml\n  jobs: { a: { steps: [ { with: { file: Dockerfile, target: test } } ] } }",
  ],
])
  ignores(`a target of ${name}`, `\n  FROM debian AS test\n  FROM debian\n  CMD ["b"]\n  ${file}\n`);

ignores("the last stage", "FROM debian AS a\nRUN b\n");
ignores("what the last one stands on", "FROM debian AS a\nFROM a\n");
ignores("what another copies from", "FROM debian AS a\nFROM debian\nCOPY --from=A /x /\n");
ignores("what another copies from by its number", "FROM debian\nFROM debian\nCOPY --from=0 /x /\n");
ignores("what another mounts from", "FROM debian AS a\nFROM debian\nRUN --mount=type=bind,from=a,target=/x b\n");
ignores("what a trigger copies from", "FROM debian AS a\nFROM debian\nONBUILD COPY --from=a /x /\n");
ignores(
  "one of two of a name, where another copies between them",
  "FROM debian AS a\nFROM debian AS b\nCOPY --from=a /x /\nFROM debian AS a\nFROM debian\nCOPY --from=a /x /\nCOPY --from=b /x /\n",
);
ignores("a base that a variable chooses", "ARG MODE=b\nFROM debian AS a\nFROM debian AS b\nFROM $MODE\n");
ignores(
  "what one that nobody names needs, beside that one",
  "FROM debian AS a\nFROM a AS b\nFROM debian AS c\nCOPY --from=b /x /\n",
);

fixes(
  "the stage goes, the comment of the next one stays",
  "Remove the stage",
  `
  ARG V=1
  # The old one.
  FROM debian
  RUN a \\
    && b

  # The new one.
  FROM debian
  CMD ["c"]
  `,
  `
  ARG V=1
  # The old one.
  # The new one.
  FROM debian
  CMD ["c"]
  `,
);
