import { testRule } from "../../kit/rule";

const { finds, fixes, ignores } = testRule("shell-form-without-shell");

finds(
  "CMD in shell form on scratch",
  `
  FROM scratch
  COPY app /app
  CMD /app --port 8080
  #   ^^^^^^^^^^^^^^^^ CMD is in shell form, which needs /bin/sh, and scratch has none.
  `,
);
finds(
  "ENTRYPOINT in shell form, and what needs the shell",
  `
  FROM gcr.io/distroless/base-debian13
  COPY app /app
  ENTRYPOINT /app --port $PORT
  #          ^^^^^^^^^^^^^^^^^ ENTRYPOINT is in shell form, which needs /bin/sh, and gcr.io/distroless/base-debian13 has none. It expands a variable, which needs a shell.
  `,
);
finds(
  "CMD in shell form behind a language's entrypoint",
  `
  FROM gcr.io/distroless/nodejs24-debian13
  CMD node server.js
  #   ^^^^^^^^^^^^^^ CMD is in shell form, which needs /bin/sh, and gcr.io/distroless/nodejs24-debian13 has none.
  `,
);
finds(
  "a debug tag, whose shell stands elsewhere",
  `
  FROM gcr.io/distroless/base-debian13:debug
  ENTRYPOINT /app
  #          ^^^^ ENTRYPOINT is in shell form, which needs /bin/sh, and gcr.io/distroless/base-debian13:debug has none.
  `,
);
finds(
  "a chiseled image",
  `
  FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
  COPY App /App
  CMD /App
  #   ^^^^ CMD is in shell form, which needs /bin/sh, and mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled has none.
  `,
);
finds(
  "exec form that names a shell",
  `
  FROM gcr.io/distroless/static-debian13
  COPY app /app
  ENTRYPOINT ["/bin/sh", "-c", "/app"]
  #           ^^^^^^^^^ ENTRYPOINT starts /bin/sh, and gcr.io/distroless/static-debian13 has no such shell.
  `,
);
finds(
  "bash on alpine",
  `
  FROM alpine:3.22
  COPY start.sh /start.sh
  CMD ["bash", "/start.sh"]
  #    ^^^^^^ CMD starts bash, and alpine:3.22 has no such shell.
  `,
);
finds(
  "a script by its name",
  `
  FROM scratch
  COPY entrypoint.sh /entrypoint.sh
  ENTRYPOINT ["/entrypoint.sh"]
  #           ^^^^^^^^^^^^^^^^ ENTRYPOINT starts /entrypoint.sh, a script by its name, and scratch has no shell to run it.
  `,
);
finds(
  "the first RUN of a stage that is built",
  `
  FROM scratch
  COPY app /app
  RUN chmod +x /app
  #   ^^^^^^^^^^^^^ RUN is in shell form, which needs /bin/sh, and scratch has none.
  RUN /app --check
  CMD ["/app"]
  `,
);
finds(
  "a RUN under another SHELL",
  `
  FROM alpine:3.22
  SHELL ["/bin/bash", "-o", "pipefail", "-c"]
  RUN apk add curl
  #   ^^^^^^^^^^^^ RUN is in shell form, which needs /bin/bash, and alpine:3.22 has none.
  `,
);
finds(
  "a stage on a stage",
  `
  FROM gcr.io/distroless/static-debian13 AS base
  CMD /app
  #   ^^^^ CMD is in shell form, which needs /bin/sh, and gcr.io/distroless/static-debian13 has none.
  FROM base
  COPY app /app
  `,
);

ignores("an image with a shell", "FROM debian:trixie-slim\nCMD ./app\n");
ignores("an image that the catalog does not know", "FROM example.com/own\nRUN make\nCMD ./app\n");
ignores("a base that is a variable", "ARG BASE\nFROM $BASE\nCMD ./app\n");
ignores("a shell that is copied", "FROM scratch\nCOPY --from=busybox /bin/sh /bin/sh\nRUN ls\nCMD /app\n");
ignores("a whole root that is copied", "FROM debian AS root\nFROM scratch\nCOPY --from=root / /\nRUN ls\nCMD ls\n");
ignores("an archive that is unpacked", "FROM scratch\nADD rootfs.tar.xz /\nRUN ls\nCMD bash\n");
ignores("an archive by another name", "FROM scratch\nADD rootfs /\nRUN ls\nCMD bash\n#- rootfs\nits content tells\n");
ignores("a folder that was not seen", "FROM scratch\nCOPY rootfs/ /\nRUN ls\nCMD bash\n");
ignores(
  "the busybox of a debug tag by SHELL",
  'FROM gcr.io/distroless/base-debian13:debug\nSHELL ["/busybox/sh", "-c"]\nRUN ls\nENTRYPOINT ./app\n',
);
ignores("exec form of a program", 'FROM scratch\nCOPY app /\nRUN ["/app", "install"]\nCMD ["/app"]\n');
ignores("a shell that a mount brings", "FROM scratch\nRUN --mount=from=busybox,source=/bin,target=/bin ls\n");
ignores("a step of exec form that may make a shell", 'FROM scratch\nCOPY setup /\nRUN ["/setup"]\nRUN ls\nCMD ls\n');
ignores("a stage that nobody builds", "FROM scratch AS unused\nRUN ls\nFROM debian\n");
ignores("an entrypoint of the image's own", "FROM postgres:16\nCMD -c max_connections=200\n");
ignores("words of CMD beside an ENTRYPOINT", 'FROM scratch\nENTRYPOINT ["/app"]\nCMD --port 80\n');
ignores("bash that is installed", 'FROM alpine:3.22\nRUN apk add --no-cache bash\nCMD ["bash", "/start.sh"]\n');
ignores("Windows", "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN dir\nCMD app.exe\n");
ignores(
  "a heredoc that names its interpreter",
  "FROM scratch\nCOPY python /usr/bin/\nRUN <<EOF\n#!/usr/bin/python\nprint(1)\nEOF\n",
);

fixes(
  "plain words",
  "Write CMD in exec form",
  "FROM scratch\nCOPY app /app\nCMD /app --port 8080\n",
  'FROM scratch\nCOPY app /app\nCMD ["/app", "--port", "8080"]\n',
);
fixes(
  "what the entrypoint starts is left out",
  "Write CMD in exec form",
  "FROM gcr.io/distroless/java21-debian13\nCMD exec java -jar app.jar\n",
  'FROM gcr.io/distroless/java21-debian13\nCMD ["app.jar"]\n',
);
fixes(
  "a RUN on a debug tag",
  "Use the shell of busybox",
  'FROM gcr.io/distroless/base-debian13:debug\nrun ls / > /list\nENTRYPOINT ["/app"]\n',
  'FROM gcr.io/distroless/base-debian13:debug\nSHELL ["/busybox/sh", "-c"]\nrun ls / > /list\nENTRYPOINT ["/app"]\n',
);
