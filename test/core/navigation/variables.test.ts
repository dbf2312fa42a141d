import { expect, test } from "vitest";
import { Analysis, namesOf, rename } from "../../../server/src/core";
import { testNames, testNoNames } from "../../kit/names";

testNames(
  "of an ARG, before the first FROM and in stages",
  `
  ARG VERSION=1.26
  #   ^^^^^^^ declaration
  ARG IMAGE=golang:$VERSION
  #                 ^^^^^^^ read
  FROM --platform=linux/$VERSION golang:\${VERSION} AS build
  #                      ^^^^^^^ read
  #                                       ^^^^^^^ read
  ARG VERSION
  #   ^^^^^^^ declaration
  RUN echo "$VERSION" \${VERSION%.*} '$VERSION' \\$VERSION
  #          ^^^^^^^ read
  #                     ^^^^^^^ read
  FROM scratch
  ARG A VERSION=2 B=\${VERSION:-"'$VERSION'"}
  #     ^^^^^^^ declaration
  #                   ^^^^^^^ read
  #                               ^^^^^^^ read
  LABEL version=$VERSION
  #              ^^^^^^^ read
  `,
);

testNames(
  "of an ENV, in every instruction that BuildKit expands",
  `
  FROM alpine AS base
  ENV DIR=/srv PATH=$DIR
  #   ^^^ definition declaration
  WORKDIR $DIR
  #        ^^^ read
  FROM base
  COPY --chown=$DIR --from=x a"$DIR" '$DIR' \${DIR}/b
  #             ^^^ read
  #                             ^^^ read
  #                                           ^^^ read
  ADD --checksum=$DIR ["$DIR", "/x"]
  #               ^^^ read
  #                      ^^^ read
  EXPOSE $DIR
  #       ^^^ read
  VOLUME ["$DIR"]
  #         ^^^ read
  USER $DIR:$DIR
  #     ^^^ read
  #          ^^^ read
  STOPSIGNAL $DIR
  #           ^^^ read
  RUN --mount=type=cache,target=$DIR,id=x$DIR cd $DIR
  #                              ^^^ read
  #                                       ^^^ read
  #                                               ^^^ read
  CMD exec app $DIR
  #             ^^^ read
  ENTRYPOINT ["sh", "-ec", "exec app $DIR"]
  #                                   ^^^ read
  HEALTHCHECK --interval=3s CMD curl $DIR
  #                                   ^^^ read
  `,
);

testNames(
  "in heredocs that BuildKit or the shell expands",
  `
  FROM alpine
  ARG X=1
  #   ^ definition declaration
  COPY <<A <<-"B" /etc/
  '$X' \\$X "$X"
  # ^ read
  #          ^ read
  A
  $X
  B
  RUN <<EOF
  echo $X '$X'
  #     ^ read
  EOF
  RUN cat <<A <<'B' > $X
  #                    ^ read
  a $X
  #  ^ read
  b \${X}
  #   ^ read
  A
  $X
  B
  `,
);

testNames(
  "in a script that may set it itself",
  `
  FROM alpine
  ARG X=1
  #   ^ definition declaration
  RUN echo $X && X=2 && echo $X
  #         ^ read
  RUN if test $X; then X=2; fi; echo $X
  #            ^ read
  #                                   ^ unsure
  RUN X=$X make
  #      ^ read
  `,
);

testNames(
  "of an ENV that takes the value of the ARG before it",
  `
  FROM alpine
  ARG X
  #   ^ definition declaration
  ENV X=\${X:-1}
  #       ^ read
  RUN echo $X
  `,
);

testNames(
  "of the ENV behind it",
  `
  FROM alpine
  ARG X
  ENV X=\${X:-1} Y=$X
  #   ^ definition declaration
  RUN echo $X
  #         ^ read
  CMD echo $X
  #         ^ read
  `,
);

test("a name that is broken over lines is found, and not renamed", () => {
  const text = "FROM alpine\nARG A\\\nE=1\nRUN echo $A\\\nE\nLABEL a=$AE\n";
  const { model, project } = new Analysis(text).context;
  const names = namesOf(model);
  const found = names.at(text.indexOf("AE"));
  expect(found && names.occurrences(found.subject).map(({ how }) => how)).toEqual(["unsure", "unsure", "name"]);
  expect(rename(model, project, text.indexOf("AE"), "B")).toEqual({ reason: "Line 2 breaks AE over lines." });
});

testNames(
  "of an ENV below, which a stage sees before an ARG behind it",
  `
  FROM alpine AS x
  ENV X=1
  #   ^ definition declaration
  ARG X=2
  RUN echo $X
  FROM x
  RUN echo $X
  #         ^ read
  `,
);

testNames(
  "of a variable in lines that are continued, lower case, with a tab",
  `
  from alpine
  arg\tX
  #   ^ definition declaration
  run echo \\
    # in between: $X
    "$X" \\
  #   ^ read

    \${X}
  #   ^ read
  `,
);

testNoNames(
  "what is not in reach, and what is text",
  `
  ARG X=1
  FROM alpine
  RUN echo $X
  #         ^ the ARG is not declared in the stage
  ARG X
  SHELL ["powershell", "-Command"]
  RUN echo $X
  #         ^ not the language of sh
  CMD echo $X
  #         ^ an ARG is gone when the container runs
  MAINTAINER $X
  #           ^ is not expanded
  COPY --from=$X /a /b
  #            ^ is not expanded
  RUN ["echo", "$X"]
  #              ^ no shell
  FROM alpine
  WORKDIR $X
  #        ^ another stage
  `,
);
