import { describe, expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const { finds, fixes, ignores } = testRule("deleted-in-later-layer");
const HIDES = "removing here hides what an earlier layer holds.";

finds(
  "an archive that COPY brings and RUN unpacks and removes",
  `
  FROM debian:trixie-slim
  COPY app.tar.gz /tmp/
  RUN tar -xzf /tmp/app.tar.gz -C /opt && rm /tmp/app.tar.gz
  #                                       ^^^^^^^^^^^^^^^^^^ /tmp/app.tar.gz stays in the image: ${HIDES}
`,
);

finds(
  "a download, by the name of its address, in the folder of the RUN",
  `
  FROM debian:trixie-slim
  WORKDIR /dist
  RUN curl -fsSLO https://example.com/v1/app.zip
  RUN cd /tmp && wget -q -O b.deb https://example.com/b && wget -qP /opt https://example.com/c.deb
  RUN unzip app.zip
  RUN rm -f app.zip
  #   ^^^^^^^^^^^^^ /dist/app.zip stays in the image: ${HIDES}
  RUN rm /tmp/*.deb
  #   ^^^^^^^^^^^^^ /tmp/b.deb stays in the image: ${HIDES}
  RUN rm -rf /opt
  #   ^^^^^^^^^^^ /opt/c.deb stays in the image: ${HIDES}
`,
);

finds(
  "sources, clones and what an archive held",
  `
  FROM debian:trixie-slim
  COPY . /src
  RUN git clone --depth 1 -b main https://example.com/lib.git /lib
  RUN mkdir /opt/lib && curl -L https://example.com/lib.tgz | tar xz -C /opt/lib
  RUN make -C /src install
  RUN rm -rf /src /lib /opt/lib
  #   ^^^^^^^^^^^^^^^^^^^^^^^^^ /src, /lib and /opt/lib stay in the image: ${HIDES}
`,
);

finds(
  "packages of the system that go in a RUN of their own",
  `
  FROM debian:trixie-slim
  RUN apt-get update && apt-get install -y --no-install-recommends gcc make=4.4 && rm -rf /var/lib/apt/lists/*
  RUN make
  RUN apt-get purge -y gcc make
  #   ^^^^^^^^^^^^^^^^^^^^^^^^^ gcc and make stay in the image: removing here hides what an earlier layer has installed.
`,
);

finds(
  "a virtual package of apk",
  `
  FROM alpine:3.22
  RUN apk add --no-cache --virtual .build gcc musl-dev
  RUN apk del .build
  #   ^^^^^^^^^^^^^^ .build stays in the image: removing here hides what an earlier layer has installed.
`,
);

finds(
  "a stage that the one that ships stands on, and one of a name that is no file's",
  `
  FROM debian:trixie-slim AS base
  COPY --from=other /out/data.tar /data.tar
  FROM base
  RUN rm /data.tar
  #   ^^^^^^^^^^^^ /data.tar stays in the image: ${HIDES}
`,
);

finds(
  "the bytes of the folder, of all or of a part",
  `
  FROM debian:trixie-slim
  COPY . /app
  RUN rm -rf /app/test
  #   ^^^^^^^^^^^^^^^^ /app/test stays in the image (20 kB): ${HIDES}
  #- main.c
  int main() {}
  #- test/data.txt
  ${"x".repeat(19_999)}
`,
);

finds(
  "a part that nobody has counted: likely, and of scripts alone no more than a word",
  `
  FROM debian:trixie-slim
  RUN git clone https://example.com/app /app
  RUN rm -rf /app/docs
  #   ^^^^^^^^^^^^^^^^ /app/docs stays in the image: ${HIDES}
`,
);

describe("it is silent", () => {
  const silent = (name: string, steps: string) => ignores(name, `FROM debian:trixie-slim\n${steps}\nCMD ["/app"]\n`);
  silent("in the RUN that brings it", "RUN curl -fsSLO https://example.com/a.zip && unzip a.zip && rm a.zip");
  silent("of what its own RUN moved away", "RUN wget https://example.com/a.jar && mv a.jar /opt/\nRUN rm -f /a.jar");
  silent("of files of the base", "RUN rm -rf /usr/share/doc /etc/nginx/conf.d/default.conf");
  silent("of package lists, which have a rule", "RUN apt-get update\nRUN rm -rf /var/lib/apt/lists/*");
  silent("of a path that a variable hides", "ARG NAME\nCOPY a.zip /tmp/\nRUN rm /tmp/$NAME");
  silent("of a folder that rm without -r cannot remove", "COPY . /app\nRUN rm /app");
  silent("of names in an archive", "ADD app.tar.gz /opt/\nRUN rm -rf /opt/app/doc");
  silent(
    "below a mount",
    "RUN --mount=type=cache,target=/tmp curl -o /tmp/a.zip https://example.com/a.zip\nRUN rm /tmp/a.zip",
  );
  silent("of what a mount covers now", "COPY a.zip /tmp/\nRUN --mount=type=tmpfs,target=/tmp rm -rf /tmp/a.zip");
  silent("of a star that no shell expands", 'COPY a.zip /tmp/\nRUN ["rm", "-f", "/tmp/*.zip"]\nRUN rm -f "/tmp/*"');
  silent("of hidden files, which a wildcard passes over", "COPY .data.zip /tmp/.data.zip\nRUN rm -f /tmp/*");
  silent("of a folder that the same RUN makes in the copied one", "COPY . /app\nRUN make -C /app && rm -rf /app/build");
  silent("of packages of the same RUN", "RUN apt-get install -y gcc && make && apt-get purge -y gcc");
  silent("of packages that nobody installed here", "RUN apt-get purge -y perl");
  silent("of find that picks its files", "COPY . /app\nRUN find /app -name '*.pyc' -delete");
});
ignores("a stage that does not ship", "FROM debian:trixie\nCOPY a.zip /\nRUN rm /a.zip\nFROM scratch\nCOPY a /a\n");
ignores(
  "few bytes",
  `
  FROM debian:trixie-slim
  COPY setup.sh /tmp/
  RUN sh /tmp/setup.sh && rm /tmp/setup.sh
  #- setup.sh
  true
`,
);
ignores("a shell of Windows", 'FROM debian:trixie\nSHELL ["pwsh", "-c"]\nCOPY a.zip /\nRUN rm /a.zip\n');

fixes(
  "an archive is lent to the RUN",
  "Lend /tmp/app.tar.gz to this RUN with a bind mount",
  `
  FROM debian:trixie-slim
  # the program
  COPY dist/app.tar.gz /tmp/
  ENV A=b
  RUN mkdir /opt/app \\
      && tar -xzf /tmp/app.tar.gz -C /opt/app \\
      && rm /tmp/app.tar.gz \\
      && chmod +x /opt/app/run
  CMD ["/opt/app/run"]
`,
  `
  FROM debian:trixie-slim
  # the program
  ENV A=b
  RUN --mount=type=bind,source=dist/app.tar.gz,target=/tmp/app.tar.gz mkdir /opt/app \\
      && tar -xzf /tmp/app.tar.gz -C /opt/app \\
      && chmod +x /opt/app/run
  CMD ["/opt/app/run"]
`,
);

fixes(
  "an archive of another stage is lent",
  "Lend /app.tgz to this RUN with a bind mount",
  `
  FROM debian:trixie AS build
  RUN make
  FROM debian:trixie-slim
  COPY --from=build /out/app.tgz /
  RUN tar xzf app.tgz -C /opt && rm -f app.tgz
`,
  `
  FROM debian:trixie AS build
  RUN make
  FROM debian:trixie-slim
  RUN --mount=type=bind,from=build,source=/out/app.tgz,target=/app.tgz tar xzf app.tgz -C /opt
`,
);

fixes(
  "a row of RUNs becomes one; comments stay",
  "Do this in the RUN that brings it",
  `
  FROM debian:trixie-slim
  RUN curl -fsSLO https://example.com/app.tar.gz

  # unpack
  RUN tar -xzf app.tar.gz -C /opt
  RUN rm app.tar.gz
`,
  `
  FROM debian:trixie-slim
  RUN curl -fsSLO https://example.com/app.tar.gz \\
  # unpack
      && tar -xzf app.tar.gz -C /opt \\
      && rm app.tar.gz
`,
);

describe("how sure it is", () => {
  const confidence = (steps: string) =>
    new Analysis(`FROM debian:trixie-slim\n${steps}\n`).findings.find(
      ({ rule }) => rule.id === "deleted-in-later-layer",
    )?.confidence;
  test.each([
    ["COPY a.zip /tmp/\nRUN rm -f /tmp/a.zip", "certain"],
    ["RUN curl -o /a.zip https://example.com/a && unzip a.zip\nRUN rm -f /a.zip", "certain"],
    // A script may have removed it, but rm without -f would fail then.
    ["RUN curl -o /a.zip https://example.com/a && ./install.sh\nRUN rm -f /a.zip", "likely"],
    ["RUN curl -o /a.zip https://example.com/a && ./install.sh\nRUN rm /a.zip", "certain"],
    ["COPY a.zip /tmp/\nRUN if [ -n x ]; then rm /tmp/a.zip; fi", "likely"],
    ["RUN [ -e /x ] || curl -o /a.zip https://example.com/a\nRUN rm -f /a.zip", "likely"],
    // It may be a file of that name or stand in a folder of that name.
    ["COPY a.zip /opt/a\nRUN rm -rf /opt/a", "likely"],
    ["WORKDIR $NOWHERE\nRUN npm ci\nRUN rm -rf node_modules", undefined],
    ["WORKDIR /app\nRUN npm ci\nRUN rm -rf node_modules", "likely"],
    ["RUN apt-get install -y gcc\nRUN apt-get purge gcc", "certain"],
    ["RUN test -e /x || apt-get install -y gcc\nRUN apt-get purge gcc", "likely"],
  ])("%s: %s", (steps, wanted) => expect(confidence(steps)).toBe(wanted));

  test("a leaf that nobody names is not certain", () => {
    const text = 'FROM debian:trixie AS other\nCOPY a.zip /\nRUN rm /a.zip\nFROM debian:trixie AS app\nCMD ["a"]\n';
    const found = new Analysis(text).findings.filter(({ rule }) => rule.id === "deleted-in-later-layer");
    expect(found.filter(({ confidence }) => confidence === "certain")).toEqual([]);
  });
});
