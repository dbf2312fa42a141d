import { expect, test } from "vitest";
import { Analysis, namesOf } from "../../../server/src/core";
import { testNames, testNoNames } from "../../kit/names";

testNames(
  "of a stage, in all that may name one",
  `
  FROM golang AS Build
  #              ^^^^^ definition declaration
  RUN go build -o /app .
  FROM build AS test
  #    ^^^^^ read
  COPY --chown=1:1 --from=BUILD --link /app /app
  #                       ^^^^^ read
  RUN --mount=type=bind,target=/x,from=build --mount=from=build,target=/y true
  #                                    ^^^^^ read
  #                                                       ^^^^^ read
  RUN --mount=target=/Ärö€😀,source="/a b",from=build true
  #                                             ^^^^^ read
  FROM scratch
  COPY --from=0 /app /app
  #           ^ number
  COPY --from="build" /app "--from=build" /app
  #            ^^^^^ read
  copy "--from=build" /app /app
  `,
);

testNames(
  "of a stage, with lines that are continued and an escape of its own",
  `
  # escape=\`
  FROM golang \`
    AS build
  #    ^^^^^ definition declaration
  FROM scratch
  COPY \`
    # a comment
    --link \`

    --from=build \`
  #        ^^^^^ read
    /app /app
  `,
);

testNames(
  "of a stage that a later one of the same name hides",
  `
  FROM golang AS x
  #              ^ definition declaration
  FROM scratch
  COPY --from=x /a /a
  #           ^ read
  FROM alpine AS x
  COPY --from=0 /a /a
  #           ^ number
  COPY --from=x /a /a
  #           ^ read
  FROM scratch
  COPY --from=x /a /a
  `,
);

testNames(
  "of a stage whose name is broken over lines",
  `
  FROM golang AS build
  #              ^^^^^ definition declaration
  FROM "build"
  #     ^^^^^ read
  COPY --from=b"uil"d /a /a
  #           ^^^^^^^ unsure
  `,
);

test("a stage through a variable: the variable is what stands there, and the stage knows of it", () => {
  const text = "ARG BASE=build\nFROM golang AS build\nFROM $BASE\n";
  const names = namesOf(new Analysis(text).context.model);
  const at = (what: string, from = 0) => names.at(text.indexOf(what, from));
  expect(at("BASE", 20)?.subject.kind).toBe("variable");
  const stage = at("build\n", 20)?.subject;
  expect(stage && names.occurrences(stage).map(({ how }) => how)).toEqual(["name", "unsure"]);
});

testNames(
  "without one, by its number",
  `
  FROM golang
  RUN true
  FROM scratch
  COPY --from=0 /app /app
  #           ^ number
  `,
);

testNoNames(
  "an image, a number that is none, a mount's number, scratch, and text",
  `
  FROM golang AS build
  #    ^^^^^^ image
  COPY --from=build /a /b
  #           ^^^^^ the stage itself
  RUN --mount=from=0,target=/x echo build --from=build
  #                ^ a mount takes no number
  #                                 ^^^^^ text
  #                                              ^^^^^ text
  FROM scratch
  #    ^^^^^^^ scratch
  COPY --from=nginx --chown=build /a /b
  #           ^^^^^ image
  #                         ^^^^^ text
  COPY --from=7 /a /b
  #           ^ no stage
  ADD --from=build /a /b
  #          ^^^^^ ADD has no such flag
  # COPY --from=build
  #              ^^^^^ comment
  `,
);
