import { describe } from "vitest";
import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("copied-path-missing");

/** What a command makes by an option, a name or a link that is easily overlooked: each of these builds on an engine. */
const MAKES: readonly (readonly [command: string, path: string])[] = [
  ["tar cvfz /out.tgz -C /etc passwd", "/out.tgz"],
  ["tar --create --file=/out.tar /etc/passwd", "/out.tar"],
  ["tar -cf/out.tar /etc/passwd", "/out.tar"],
  ["tar xzfC /tmp/a.tgz /out", "/out/a"],
  ["tar xCf /out /tmp/a.tar", "/out/a"],
  ["tar xf /tmp/a.tar --one-top-level=/out", "/out/a"],
  ["unzip -qd /out /tmp/a.zip", "/out/a"],
  ["sort -o /out.txt /etc/passwd", "/out.txt"],
  ["uniq /etc/passwd /out.txt", "/out.txt"],
  ["strip -o /small /bin/true", "/small"],
  ["cpp /tmp/a.c /out.i", "/out.i"],
  ["sed -n '/root/w /out.txt' /etc/passwd", "/out.txt"],
  [`awk '{ system("touch /made-" $1) }' /tmp/l`, "/made-x"],
  ["find /made -exec touch {}.bak \\;", "/made.bak"],
  ["find /made -exec sed -i.bak s/a/b/ {} \\;", "/made.bak"],
  ["trap 'touch /made' EXIT", "/made"],
  ["mktemp -d /made.XXX && true", "/made.abc"],
  ["git archive -o /src.tar HEAD", "/src.tar"],
  ["curl -OJ https://example.com/latest", "/app.zip"],
  ["apt-get download libpq5", "/libpq5.deb"],
  ["apk add --initdb --root /rootfs busybox", "/rootfs"],
  ["apk add --initdb -p /rootfs busybox", "/rootfs/bin/sh"],
  ["dnf install --installroot=/out bash", "/out/bin/bash"],
  ["update-alternatives --install /usr/local/bin/py py /usr/bin/python3 1", "/usr/local/bin/py"],
];

describe("what a command makes by its options", () => {
  for (const [command, path] of MAKES)
    ignores(
      command,
      `
      FROM debian AS build
      RUN ${command}
      FROM scratch
      COPY --from=build ${path} /x
      `,
    );
  finds(
    "what none of its words names",
    `
    FROM debian AS build
    RUN tar xf /tmp/a.tar -C /out && sort /etc/passwd && sed -n 's/a/b/p' /etc/passwd
    FROM scratch
    COPY --from=build /other /x
    #                 ^^^^^^ No step of stage build makes /other.
    `,
  );
});

describe("a project's own files say where its tools write", () => {
  ignores(
    "beside the project",
    `
    FROM node:24 AS build
    WORKDIR /client
    RUN npm run build
    FROM nginx
    COPY --from=build /server/public /usr/share/nginx/html
    `,
  );
  finds(
    "not in the system's folders",
    `
    FROM node:24 AS build
    WORKDIR /client
    RUN npm run build
    FROM nginx
    COPY --from=build /usr/local/bin/tool /usr/local/bin/
    #                 ^^^^^^^^^^^^^^^^^^^ No step of stage build makes /usr/local/bin/tool.
    `,
  );
});

describe("a path has more than one name", () => {
  ignores(
    "by a link of the file",
    `
    FROM debian AS build
    RUN mkdir -p /data/out && ln -s /data/out /out
    RUN touch /out/f
    FROM scratch
    COPY --from=build /data/out/f /f
    `,
  );
  ignores(
    "by a link to a link, of the stage below",
    `
    FROM debian AS tools
    RUN mkdir -p /opt/v1 && ln -s v1 /opt/current && ln -s /opt/current /tool
    FROM tools AS build
    RUN touch /tool/f
    FROM scratch
    COPY --from=build /opt/v1/f /f
    `,
  );
  ignores(
    "by a link that a copy brings",
    `
    FROM debian AS tree
    RUN mkdir -p /r/opt/v1 && ln -s /opt/v1 /r/opt/current
    FROM debian AS build
    COPY --from=tree /r/ /
    RUN touch /opt/current/f
    FROM scratch
    COPY --from=build /opt/v1/f /f
    `,
  );
  ignores(
    "by a link of the system, two copies away",
    `
    FROM debian AS one
    RUN cp /bin/true /usr/bin/tool
    FROM busybox AS two
    COPY --from=one /bin/ /out/
    FROM scratch
    COPY --from=two /out/tool /tool
    `,
  );
  finds(
    "not by a link that nothing writes through",
    `
    FROM debian AS build
    RUN mkdir -p /data/out && touch /data/out/f && ln -s /data/out /out
    FROM scratch
    COPY --from=build /data/out/g /f
    #                 ^^^^^^^^^^^ No step of stage build makes /data/out/g.
    `,
  );
});

describe("rm", () => {
  for (const command of ['rm -f "/app/*"', "rm -f /app", "rm -rf /app/[x]*"])
    ignores(
      `${command} leaves /app/run`,
      `
      FROM debian AS build
      RUN mkdir /app && touch /app/run
      RUN ${command} || true
      FROM scratch
      COPY --from=build /app/run /x
      `,
    );
  ignores(
    "a star in exec form is a name",
    `
    FROM debian AS build
    COPY run /app/run
    RUN ["rm", "-f", "/app/*"]
    FROM scratch
    COPY --from=build /app/run /x
    `,
  );
  finds(
    "a star that the shell expands is all of them",
    `
    FROM debian AS build
    RUN mkdir /app && touch /app/run
    RUN rm -f /app/*
    FROM scratch
    COPY --from=build /app/run /x
    #                 ^^^^^^^^ No step of stage build makes /app/run.
    `,
  );
});
