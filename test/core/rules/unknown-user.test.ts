import { testRule } from "../../kit/rule";

const { finds, fixes, ignores } = testRule("unknown-user");

finds(
  "a name on scratch",
  `
  FROM scratch
  COPY app /app
  USER nonroot:nonroot
  #    ^^^^^^^^^^^^^^^ The image starts as nonroot, and scratch has no user nonroot.
  CMD ["/app"]
  `,
);
finds(
  "even root on scratch",
  `
  FROM scratch
  COPY app /app
  USER root
  #    ^^^^ The image starts as root, and scratch has no user root.
  CMD ["/app"]
  `,
);
finds(
  "a name that distroless lacks",
  `
  FROM gcr.io/distroless/static-debian13
  COPY app /app
  USER app
  #    ^^^ The image starts as app, and gcr.io/distroless/static-debian13 has no user app.
  CMD ["/app"]
  `,
);
finds(
  "a user who was made under another name",
  `
  FROM debian:trixie-slim
  RUN useradd --system --uid 1000 web
  USER app
  #    ^^^ The image starts as app, and debian:trixie-slim has no user app.
  CMD ["ls"]
  `,
);
finds(
  "a RUN before the user is made",
  `
  FROM debian:trixie-slim
  USER app
  #    ^^^ RUN is to run as app, and debian:trixie-slim has no user app.
  RUN useradd app
  `,
);
finds(
  "a user whom a build stage made",
  `
  FROM alpine:3.22 AS build
  RUN adduser -D -u 10001 app
  FROM scratch
  COPY --from=build /bin/busybox /busybox
  USER app
  #    ^^^ The image starts as app, and scratch has no user app.
  CMD ["/busybox"]
  `,
);
finds(
  "the USER of a stage below",
  `
  FROM debian:trixie-slim AS base
  USER app
  #    ^^^ The image starts as app, and debian:trixie-slim has no user app.
  FROM base
  CMD ["ls"]
  `,
);
finds(
  "the owner of what is copied",
  `
  FROM debian:trixie-slim
  COPY --chown=app:app src /src
  #    ^^^^^^^^^^^^^^^ COPY gives the files to app, and debian:trixie-slim has no user app: they stay root's, or the build stops.
  `,
);
finds(
  "a variable whose value is known",
  `
  FROM scratch
  ARG OWNER=app
  COPY app /app
  USER $OWNER
  #    ^^^^^^ The image starts as app, and scratch has no user app.
  CMD ["/app"]
  `,
);
finds(
  "a name beside --link",
  `
  FROM node:24
  COPY --link --chown=node:node . /app
  #           ^^^^^^^^^^^^^^^^^ COPY --link sees nothing of the stage, so the name node cannot be looked up: a number can.
  `,
);
finds(
  "only a package could have made it, and none is known to",
  `
  FROM debian:trixie-slim
  RUN apt-get update && apt-get install -y curl
  USER appuser
  #    ^^^^^^^ The image starts as appuser, and debian:trixie-slim has no user appuser.
  CMD ["ls"]
  `,
);

ignores("a number", 'FROM scratch\nCOPY --chown=1000:1000 app /app\nUSER 65532:65532\nCMD ["/app"]\n');
ignores("a user of the base", 'FROM node:24\nCOPY --chown=node . /app\nUSER node\nCMD ["ls"]\n');
ignores("a user of distroless", 'FROM gcr.io/distroless/base-debian13\nUSER nonroot\nCMD ["/app"]\n');
ignores("a user who is made", 'FROM debian:trixie-slim\nRUN useradd -u 1000 app\nUSER app\nCMD ["ls"]\n');
ignores("a user of a chiseled image", "FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled\nUSER app\n");
ignores("a copied /etc/passwd", "FROM debian AS b\nFROM scratch\nCOPY --from=b /etc/passwd /etc/passwd\nUSER app\n");
ignores("a root folder that was not seen", "FROM scratch\nCOPY rootfs/ /\nUSER app\n");
ignores("an image that the catalog does not know", "FROM example.com/own\nUSER app\n");
ignores("a user that a package makes", "FROM debian:trixie-slim\nRUN apt-get install -y nginx\nUSER nginx\n");
ignores("what a script may make", "FROM debian:trixie-slim\nCOPY setup.sh .\nRUN ./setup.sh\nUSER app\n");
ignores(
  "a line that is written to /etc/passwd",
  "FROM scratch\nCOPY <<EOF /etc/passwd\napp:x:1:1::/:\nEOF\nUSER app\n",
);
ignores("a variable that is not known", "FROM debian:trixie-slim\nARG OWNER\nUSER $OWNER\n");
ignores("the root of --chown, who is a number to BuildKit", "FROM scratch\nCOPY --chown=root:root app /app\n");
ignores(
  "a USER that nothing runs as",
  "FROM debian:trixie-slim AS b\nUSER app\nFROM scratch\nCOPY --from=b /etc/os-release /\n",
);

fixes(
  "the number of distroless",
  "Name the user by number: 65532:65532",
  'FROM scratch\nCOPY app /app\nUSER nonroot:nonroot\nCMD ["/app"]\n',
  'FROM scratch\nCOPY app /app\nUSER 65532:65532\nCMD ["/app"]\n',
);
fixes(
  "the number that the build stage gave",
  "Name the user by number: 10001:10001",
  "FROM debian AS b\nRUN useradd -u 10001 app\nFROM scratch\nCOPY --from=b --chown=app /bin/true /true\n",
  "FROM debian AS b\nRUN useradd -u 10001 app\nFROM scratch\nCOPY --from=b --chown=10001:10001 /bin/true /true\n",
);
fixes(
  "the number of the image's own user",
  "Name the user by number: 1654:1654",
  "FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled\nCOPY --link --chown=app out /app\n",
  "FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled\nCOPY --link --chown=1654:1654 out /app\n",
);

finds(
  "a name that no package of the distribution makes",
  `
  FROM ubuntu:24.04
  RUN apt-get update && apt-get install -y --no-install-recommends curl git
  USER web
  #    ^^^ The image starts as web, and ubuntu:24.04 has no user web.
  CMD ["ls"]
  `,
);
finds(
  "packages of Alpine that make no user",
  `
  FROM alpine:3.22
  RUN apk add --no-cache ca-certificates nodejs
  USER app
  #    ^^^ The image starts as app, and alpine:3.22 has no user app.
  CMD ["node", "index.js"]
  `,
);
finds(
  "an image of which only the users are written down",
  `
  FROM openjdk:17-slim
  WORKDIR /app
  COPY app.jar .
  USER app
  #    ^^^ The image starts as app, and openjdk:17-slim has no user app.
  CMD ["java", "-jar", "app.jar"]
  `,
);
finds(
  "a tool that works in the root",
  `
  FROM python:3.13-slim
  RUN pip install gunicorn
  USER app
  #    ^^^ The image starts as app, and python:3.13-slim has no user app.
  CMD ["gunicorn", "app:app"]
  `,
);
ignores("a user of Debian's packages", "FROM debian:trixie\nRUN apt-get install -y build-essential\nUSER redis\n");
ignores("packages behind a variable", "FROM debian:trixie\nARG EXTRA\nRUN apt-get install -y $EXTRA\nUSER web\n");
ignores("packages of somebody else", "FROM debian:trixie\nRUN apt-get install -y ./agent.deb\nUSER web\n");
ignores(
  "another source of packages",
  "FROM ubuntu:24.04\nRUN apt-add-repository ppa:a/b && apt-get install -y tool\nUSER web\n",
);
ignores("packages of Alpine that may make any", "FROM alpine:3.22\nRUN apk add --no-cache squid\nUSER web\n");
ignores("the user of an image", "FROM gradle:9-jdk25\nUSER gradle\n");
ignores("users of a system", "FROM openjdk:17-slim\nUSER nobody\n");
ignores("Windows", "FROM openjdk:17-windowsservercore\nUSER app\n");
ignores("what ONBUILD may do", "FROM maven:3-jdk-8-onbuild\nUSER app\n");
ignores("go run", "FROM golang:1.26\nWORKDIR /\nRUN go run ./setup\nUSER app\n");

ignores(
  "a distroless tag that was never published: nothing is known of it",
  `
  FROM gcr.io/distroless/nodejs:20
  COPY a.js /a.js
  USER nonroot
  CMD ["/a.js"]
  `,
);
finds(
  "a file that is copied beside /etc, and packages",
  `
  FROM python:3.13
  RUN apt-get update && apt-get install -y graphviz
  COPY requirements.txt ./
  USER web
  #    ^^^ The image starts as web, and python:3.13 has no user web.
  CMD ["python"]
  `,
);
finds(
  "an official image whose users are written down",
  `
  FROM redis:8
  USER web
  #    ^^^ The image starts as web, and redis:8 has no user web.
  CMD ["redis-server"]
  `,
);
finds(
  "another mirror of the same system",
  `
  FROM debian:bookworm
  RUN sed -i 's/deb.debian.org/archive.debian.org/g' /etc/apt/sources.list && apt-get install -y git
  USER web
  #    ^^^ The image starts as web, and debian:bookworm has no user web.
  CMD ["ls"]
  `,
);
ignores("the user of such an image", "FROM redis:8\nUSER redis\n");
ignores("users that are copied", "FROM debian:bookworm\nCOPY --from=example.com/users /etc /etc\nUSER web\n");
ignores(
  "another source in the same list",
  "FROM debian:bookworm\nRUN sed -i '$a deb http://example.com x main' /etc/apt/sources.list && apt-get install -y git\nUSER web\n",
);

finds(
  "a group that nobody has made",
  `
  FROM debian:bookworm-slim
  RUN useradd --no-user-group app
  USER app:web
  #    ^^^^^^^ The image starts in the group web, and debian:bookworm-slim has no such group.
  CMD ["ls"]
  `,
);
finds(
  "beside a number, and in a RUN",
  `
  FROM alpine:3.22
  USER 1000:web
  #    ^^^^^^^^ RUN is to run in the group web, and alpine:3.22 has no such group.
  RUN id
  `,
);
finds(
  "a group of systems on scratch",
  `
  FROM scratch
  COPY app /app
  USER 1000:staff
  #    ^^^^^^^^^^ The image starts in the group staff, and scratch has no such group.
  CMD ["/app"]
  `,
);
ignores("a group by number", "FROM debian:bookworm\nUSER 1000:1000\n");
ignores("the group of a new user", "FROM debian:bookworm\nRUN useradd web\nUSER 1000:web\n");
ignores("a new group", "FROM debian:bookworm\nRUN groupadd -r web\nUSER 1000:web\n");
ignores("a group of the system", "FROM debian:bookworm\nUSER 1000:staff\n");
ignores("a group of the image", "FROM node:22\nUSER 1000:node\n");
ignores("a group that a package may make", "FROM debian:bookworm\nRUN apt-get install -y git\nUSER 1000:web\n");
ignores("a group that is written", "FROM debian:bookworm\nRUN echo 'web:x:99:' >> /etc/group\nUSER 1000:web\n");
ignores("a group that an edit adds", "FROM debian:bookworm\nRUN sed -i '$a web:x:99:' /etc/group\nUSER 1000:web\n");
ignores("groups that are copied", "FROM debian:bookworm\nCOPY group /etc/\nUSER 1000:web\n");
ignores("an image that is not known", "FROM example.com/base\nUSER 1000:web\n");
