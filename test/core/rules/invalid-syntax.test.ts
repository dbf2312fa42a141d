import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("invalid-syntax");

finds(
  "what BuildKit rejects, each with its reason",
  `
  RUN true
# ^^^^^^^^ no build stage in current context
  FROM alpine AS
# ^^^^^^^^^^^^^^ FROM requires either one or three arguments
  FROM alpine AS 1st
# ^^^^^^^^^^^^^^^^^^ invalid name for build stage: "1st", name can't start with a number or contain symbols
  RUM echo
# ^^^ unknown instruction: RUM (did you mean RUN?)
  FROBNICATE
# ^^^^^^^^^^ unknown instruction: FROBNICATE
  COPY --form=x a b
#      ^^^^^^^^ unknown flag: --form (did you mean from?)
  COPY --from=x --from=y a b
#               ^^^^^^^^ duplicate flag specified: --from
  COPY --from a b
#      ^^^^^^ missing a value on flag: --from
  COPY a
# ^^^^^^ COPY requires at least two arguments, but only one was provided. Destination could not be determined
  ENV KEY
# ^^^^^^^ ENV must have two arguments
  ENV A=b c
# ^^^^^^^^^ Syntax error - can't find = in "c". Must be of the form: name=value
  ENV =b
# ^^^^^^ ENV names can not be blank
  SHELL /bin/sh
# ^^^^^^^^^^^^^ SHELL requires the arguments to be in JSON form
  ONBUILD ONBUILD RUN x
# ^^^^^^^^^^^^^^^^^^^^^ Chaining ONBUILD via \`ONBUILD ONBUILD\` isn't allowed
  ONBUILD FROM x
# ^^^^^^^^^^^^^^ FROM isn't allowed as an ONBUILD trigger
  HEALTHCHECK CURL x
# ^^^^^^^^^^^^^^^^^^ Unknown type "CURL" in HEALTHCHECK (try CMD)
  STOPSIGNAL
# ^^^^^^^^^^ STOPSIGNAL requires exactly one argument
  EXPOSE
# ^^^^^^ EXPOSE requires at least one argument
  CMD ["a", 1]
#     ^^^^^^^^ when using JSON array syntax, arrays must be comprised of strings only
`,
);

finds(
  "a file without a stage",
  `
  ARG A=b
# ^^^^^^^ dockerfile contains no stages to build
`,
);

ignores(
  "what BuildKit accepts",
  `# syntax=docker/dockerfile:1
FROM --platform=linux/amd64 alpine AS Base
RUN --mount=type=cache,target=/x --mount=type=tmpfs,target=/y true
RUN
COPY --link --from=base --chown=1:1 a b c/
ENV OLD some words
ENV A= B="c d" C=$A
HEALTHCHECK --interval=1s CMD true
HEALTHCHECK NONE
ONBUILD RUN true
CMD [ -f x ]
`,
);
