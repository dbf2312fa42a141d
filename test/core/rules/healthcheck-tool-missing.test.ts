import { testRule } from "../../kit/rule";

const { finds, fixes, ignores } = testRule("healthcheck-tool-missing");

finds(
  "curl on a slim image",
  `
  FROM debian:trixie-slim
  HEALTHCHECK --interval=5s CMD curl -f http://localhost/ || exit 1
  #                             ^^^^ HEALTHCHECK runs curl, and debian:trixie-slim has none: the container is never healthy.
  CMD ["sleep", "60"]
  `,
);
finds(
  "curl on alpine, in exec form",
  `
  FROM alpine:3.22
  HEALTHCHECK CMD ["curl", "-f", "http://localhost/"]
  #                ^^^^^^ HEALTHCHECK runs curl, and alpine:3.22 has none: the container is never healthy.
  `,
);
finds(
  "the second of two commands",
  `
  FROM debian:trixie-slim
  HEALTHCHECK CMD test -e /tmp/up && \\
      wget -q http://localhost/
  #   ^^^^ HEALTHCHECK runs wget, and debian:trixie-slim has none: the container is never healthy.
  `,
);
finds(
  "shell form without a shell",
  `
  FROM gcr.io/distroless/base-debian13
  COPY app /app
  HEALTHCHECK CMD /app --check | grep ok
  #               ^^^^^^^^^^^^^^^^^^^^^^ HEALTHCHECK is in shell form, which needs /bin/sh, and gcr.io/distroless/base-debian13 has none: the container is never healthy.
  `,
);
finds(
  "the check of a stage below",
  `
  FROM debian:trixie-slim AS base
  healthcheck cmd nc -z localhost 80
  #               ^^ HEALTHCHECK runs nc, and debian:trixie-slim has none: the container is never healthy.
  FROM base
  CMD ["sleep", "60"]
  `,
);

ignores(
  "curl that is installed",
  "FROM debian:trixie-slim\nRUN apt-get install -y curl\nHEALTHCHECK CMD curl -f http://a/\n",
);
ignores("wget of alpine", "FROM alpine:3.22\nHEALTHCHECK CMD wget -q --spider http://localhost/ || exit 1\n");
ignores("curl of a full image", "FROM python:3.13\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1\n");
ignores("an image that the catalog does not know", "FROM example.com/own\nHEALTHCHECK CMD curl -f http://localhost/\n");
ignores("a check that may do without", "FROM debian:trixie-slim\nHEALTHCHECK CMD curl -f http://a/ || true\n");
ignores("a check that has another way", "FROM alpine:3.22\nHEALTHCHECK CMD curl -f http://a/ || wget -q http://a/\n");
ignores(
  "a check that looks for the program",
  "FROM alpine:3.22\nHEALTHCHECK CMD if which curl; then curl -f http://a/; fi\n",
);
ignores("builtins of the shell", "FROM debian:trixie-slim\nHEALTHCHECK CMD [ -e /tmp/up ] || exit 1\n");
ignores("no check", "FROM debian:trixie-slim\nHEALTHCHECK CMD curl -f http://a/\nHEALTHCHECK NONE\n");
ignores("a program of the file's own", 'FROM scratch\nCOPY check /check\nHEALTHCHECK CMD ["/check"]\n');
ignores("a variable", "FROM debian:trixie-slim\nENV CHECK=curl\nHEALTHCHECK CMD $CHECKER http://a/\n");
ignores("another PATH", "FROM debian:trixie-slim\nHEALTHCHECK CMD PATH=/opt/bin:$PATH curl -f http://a/\n");
ignores(
  "a stage that does not ship",
  "FROM debian:trixie-slim AS b\nHEALTHCHECK CMD curl -f http://a/\nFROM scratch\nCOPY --from=b /etc/os-release /\n",
);

fixes(
  "wget for curl",
  "Ask with wget, which the image has",
  "FROM alpine:3.22\nHEALTHCHECK --interval=5s CMD curl -fsS http://localhost:80/ || exit 1\n",
  "FROM alpine:3.22\nHEALTHCHECK --interval=5s CMD wget -q -O /dev/null http://localhost:80/ || exit 1\n",
);
fixes(
  "exec form",
  "Write the check in exec form",
  "FROM scratch\nCOPY app /app\nHEALTHCHECK --timeout=3s CMD /app --check || exit 1\n",
  'FROM scratch\nCOPY app /app\nHEALTHCHECK --timeout=3s CMD ["/app", "--check"]\n',
);
ignores(
  "behind cd a name is another path, and behind a sourced file PATH another one",
  `
  FROM debian:trixie-slim
  COPY healthy /app/healthy
  HEALTHCHECK CMD cd /app && ./healthy
  CMD ["sleep", "9"]
  `,
);
ignores(
  "a file that is read first may set PATH",
  `
  FROM debian:trixie-slim
  COPY env /env
  HEALTHCHECK CMD . /env && probe
  CMD ["sleep", "9"]
  `,
);
finds(
  "a tool that none of the installed packages brings",
  `
  FROM debian:bookworm-slim
  RUN apt-get update && apt-get install -y ca-certificates libpq5
  HEALTHCHECK CMD ["curl", "-f", "http://localhost/"]
  #                ^^^^^^ HEALTHCHECK runs curl, and debian:bookworm-slim has none: the container is never healthy.
  CMD ["sleep", "60"]
  `,
);
ignores(
  "a tool that a package brings with it",
  'FROM debian:trixie\nRUN apt-get install -y devscripts\nHEALTHCHECK CMD ["curl", "-f", "http://localhost/"]\n',
);
ignores(
  "a package that the table does not know",
  'FROM debian:trixie\nRUN apt-get install -y some-tool\nHEALTHCHECK CMD ["curl", "-f", "http://localhost/"]\n',
);

const asked = (steps: string) => `${steps}\nHEALTHCHECK CMD ["curl", "-f", "http://localhost/"]\n`;
const lacks = (base: string, step = "EXPOSE 80") => `
  FROM ${base}
  ${step}
  HEALTHCHECK CMD ["curl", "-f", "http://localhost/"]
  #                ^^^^^^ HEALTHCHECK runs curl, and ${base} has none: the container is never healthy.
  `;
finds("packages of Alpine", lacks("alpine:3.22", "RUN apk add --no-cache --virtual .deps build-base nodejs libcurl"));
finds("slim images of Ruby", lacks("ruby:2.6-slim"));
finds(
  "slim images of Rust, and a build",
  lacks("rust:1.76-slim", "RUN mkdir /src && cd /src && cargo build --release"),
);
finds("Alpine's OpenJDK", lacks("openjdk:8-jre-alpine"));
finds("slim images of Node.js since they purge", lacks("node:14-buster-slim"));
finds("a debug tag, whose busybox has none", lacks("gcr.io/distroless/base-debian13:debug"));
finds(
  "uv sync, which works in the project",
  lacks("python:3.13-slim", "RUN mkdir /app && cd /app && uv sync --frozen"),
);
ignores("a package of Alpine that brings it", asked("FROM alpine:3.22\nRUN apk add abuild"));
for (const [name, tool] of [
  ["busybox-extras", "telnet"],
  ["libtool", "bash"],
])
  ignores(
    `${tool}, which ${name} of Alpine brings or brought`,
    `FROM alpine:3.12\nRUN apk add ${name}\nHEALTHCHECK CMD ${tool} -c x\n`,
  );
ignores(
  "packages that a list of Alpine names",
  asked("FROM alpine:3.22\nRUN echo curl >> /etc/apk/world && apk add jq"),
);
ignores("what a removal installs", asked("FROM debian:13-slim\nRUN apt-get remove -y vim curl+"));
ignores("another source of Alpine's packages", asked("FROM alpine:3.22\nRUN apk add -X http://example.com nodejs"));
ignores("slim images of Node.js that kept it", asked("FROM node:10-slim"));
ignores("OpenJDK on another system", asked("FROM openjdk:17"));
ignores("what cargo installs", asked("FROM rust:1.76-slim\nRUN cargo install curl"));
ignores("uv pip", asked("FROM python:3.13-slim\nRUN uv pip install --system curl"));

ignores(
  "packages of an Alpine that nobody looked at",
  `
  FROM alpine:3.8
  RUN apk add --no-cache git
  HEALTHCHECK CMD curl -f http://localhost/
  CMD ["sh"]
  `,
);
finds(
  "the same packages of an Alpine of these years",
  `
  FROM alpine:3.20
  RUN apk add --no-cache tzdata
  HEALTHCHECK CMD curl -f http://localhost/
  #               ^^^^ HEALTHCHECK runs curl, and alpine:3.20 has none: the container is never healthy.
  CMD ["sh"]
  `,
);
