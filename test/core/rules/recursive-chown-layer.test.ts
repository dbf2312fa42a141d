import { describe, expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const ID = "recursive-chown-layer";
const { finds, fixes, ignores } = testRule(ID);
const twice = (what: string, where: string, command = "chown -R") =>
  `${command} writes every file below ${where} once more: the image ships what ${what} brought twice`;

finds(
  "chown of what COPY brought",
  `
  FROM node:24-slim
  WORKDIR /app
  COPY . .
  RUN chown -R node:node .
  #   ^^^^^^^^^^^^^^^^^^^^ ${twice("COPY", "/app")}.
  USER node
`,
);

finds(
  "one message for a RUN, which writes a file once however often it changes it",
  `
  FROM debian:trixie-slim
  COPY src /srv/src
  RUN curl -o /srv/tool.jar https://example.com/tool.jar
  RUN useradd app && chown --recursive app /srv && chmod -R 700 /srv
  #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^ ${twice("COPY and curl", "/srv")}.
`,
);

finds(
  "find, chmod, patterns, and each RUN of a row",
  `
  FROM debian:trixie-slim
  COPY . /app
  COPY a.jar /app/lib/
  RUN chmod -R 777 /app
  #   ^^^^^^^^^^^^^^^^^ ${twice("COPY", "/app", "chmod -R")}.
  RUN find /app -type f -exec chown 1000 {} +
  #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${twice("COPY", "/app", "find")}.
  RUN chown -R 1000 /app/*
  #   ^^^^^^^^^^^^^^^^^^^^ ${twice("COPY", "/app/*")}.
`,
);

finds(
  "the bytes of the folder, of all or of a part",
  `
  FROM debian:trixie-slim
  COPY . /app
  RUN chown -R 1000 /app
  #   ^^^^^^^^^^^^^^^^^^ ${twice("COPY", "/app")} (20 kB).
  RUN chown -R 1000 /app/data
  #   ^^^^^^^^^^^^^^^^^^^^^^^ ${twice("COPY", "/app/data")} (15 kB).
  #- data/a.txt
  ${"x".repeat(14_999)}
  #- b.txt
  ${"x".repeat(4_999)}
`,
);

finds(
  "a figure that is about right, where a script has run since",
  `
  FROM debian:trixie-slim
  COPY . /app
  RUN make -C /app
  RUN chown -R 1000 /app
  #   ^^^^^^^^^^^^^^^^^^ ${twice("COPY", "/app")} (≈ 20 kB).
  #- a.txt
  ${"x".repeat(19_999)}
`,
);

describe("it is silent", () => {
  const silent = (name: string, steps: string) => ignores(name, `FROM debian:trixie-slim\n${steps}\nCMD ["/app"]\n`);
  silent("in the RUN that brings the files", "RUN git clone https://example.com/app /app && chown -R 1000 /app");
  silent("of an empty folder", "RUN mkdir -p /data\nWORKDIR /data/logs\nRUN chown -R 1000 /data");
  silent("of what a base has", "RUN chown -R www-data /var/www/html");
  silent("of one that is not recursive", "COPY . /app\nRUN chown 1000 /app /app/run");
  silent("of a folder that nobody brought", "COPY . /app\nRUN chown -R 1000 /var/log /app2");
  silent("of a path that a variable hides", "COPY . /app\nRUN chown -R 1000 $HIDDEN");
  silent("of one on condition", "COPY . /app\nRUN chown -R --from=root 1000 /app");
  silent("of a part that nobody has seen", "COPY . /app\nRUN chown -R 1000 /app/storage");
  silent("of folders alone", "COPY . /app\nRUN find /app -type d -exec chmod 755 {} +");
  silent("of a script or a setting", "COPY start.sh nginx.conf /app/\nRUN chown -R 1000 /app");
  silent("below a mount", "COPY . /app\nRUN --mount=type=cache,target=/app chown -R 1000 /app");
});
ignores("a stage that does not ship", "FROM debian\nCOPY . /a\nRUN chown -R 1000 /a\nFROM scratch\nCOPY a /a\n");
ignores("few bytes", "FROM debian\nCOPY . /app\nRUN chown -R 1000 /app\n#- a.txt\nx\n");

describe("how sure it is", () => {
  test("the same once more is likely: engines of today do not write it", () => {
    const text = "FROM debian\nCOPY . /app\nRUN chown -R app /app\nRUN chown -R app /app\n";
    const found = new Analysis(text).findings.filter(({ rule }) => rule.id === ID);
    expect(found.map(({ confidence }) => confidence)).toEqual(["certain", "likely"]);
  });
  test.each([
    ["COPY . /app\nRUN chown -R app /app", "certain"],
    ["COPY --chown=other . /app\nRUN chown -R app /app", "certain"],
    ["COPY . /app\nRUN chgrp -R app /app", "certain"],
    // The same owner again is free on engines of today.
    ["COPY . /app\nRUN chown -R root:root /app", "likely"],
    ["COPY --chown=app . /app\nRUN chown -R app /app", "likely"],
    ["COPY --chown=1000 . /app\nRUN chown -R app /app", "likely"],
    ["COPY . /app\nRUN mv /app/* /srv/\nRUN chown -R app /app", "likely"],
    ["COPY --from=build /app /app\nRUN chown -R app /app", "likely"],
    ["COPY . /app\nRUN chmod -R 755 /app", "likely"],
    ["COPY . /app\nRUN chmod -R a+rwx /app", "certain"],
    ["COPY . /app\nRUN [ -z x ] || chown -R app /app", "likely"],
    ["ADD app.tar.gz /app\nRUN chown -R app /app", "likely"],
    ["RUN curl https://example.com/a | tar x -C /app\nRUN chown -R app /app", "likely"],
    ["ARG OWNER\nCOPY . /app\nRUN chown -R $OWNER /app", "likely"],
  ])("%s: %s", (steps, wanted) => {
    const { findings } = new Analysis(`FROM debian:trixie-slim\n${steps}\n`);
    expect(findings.find(({ rule }) => rule.id === ID)?.confidence).toBe(wanted);
  });
});

const SET = "Set it in the COPY with --chown";
fixes(
  "a user that is there before",
  SET,
  `
  FROM node:24-slim
  WORKDIR /app
  COPY . .
  RUN chown -R node:node /app
  USER node
`,
  `
  FROM node:24-slim
  WORKDIR /app
  COPY --chown=node:node . .
  RUN chown node:node /app
  USER node
`,
);
fixes(
  "a user that is made later, by its number",
  SET,
  `
  FROM python:3.13-slim
  COPY requirements.txt .
  RUN python -m pip install -r requirements.txt
  WORKDIR /app
  COPY . /app
  RUN adduser -u 5678 --disabled-password --gecos "" appuser && chown -R appuser /app
  USER appuser
`,
  `
  FROM python:3.13-slim
  COPY requirements.txt .
  RUN python -m pip install -r requirements.txt
  WORKDIR /app
  COPY --chown=5678:0 . /app
  RUN adduser -u 5678 --disabled-password --gecos "" appuser && chown appuser /app
  USER appuser
`,
);
fixes(
  "steps before and between that do not touch the folder",
  "Set it in the COPY with --chmod",
  `
  FROM debian:trixie-slim
  RUN ./setup.sh --all && make -C /opt/tool install
  ADD ./ /php
  WORKDIR /php
  RUN if [ "$(nproc)" = 2 ]; then cd / && sed -i s/a/b/ /etc/php.ini; fi
  RUN chmod -R 777 /php
`,
  `
  FROM debian:trixie-slim
  RUN ./setup.sh --all && make -C /opt/tool install
  ADD --chmod=777 ./ /php
  WORKDIR /php
  RUN if [ "$(nproc)" = 2 ]; then cd / && sed -i s/a/b/ /etc/php.ini; fi
  RUN chmod 777 /php
`,
);
fixes(
  "owner and mode, of several COPYs",
  "Set it in the COPY with --chown and --chmod",
  `
  FROM debian:trixie-slim
  COPY --from=build /out/bin /srv/app/bin
  COPY ["data", "/srv/app/data"]
  RUN chown -R 1000:1000 /srv/app && chmod -R 755 /srv/app
`,
  `
  FROM debian:trixie-slim
  COPY --from=build --chown=1000:1000 --chmod=755 /out/bin /srv/app/bin
  COPY --chown=1000:1000 --chmod=755 ["data", "/srv/app/data"]
  RUN chown 1000:1000 /srv/app && chmod 755 /srv/app
`,
);

describe("no fix", () => {
  test.each([
    ["the user comes later, and nobody knows its number", "COPY . /app\nRUN useradd app && chown -R app /app"],
    ["a package may bring the user", "COPY . /app\nRUN apt-get install -y nginx\nRUN chown -R www-data /app"],
    ["a RUN may have made files there", "COPY . /app\nRUN make -C /app\nRUN chown -R 1000 /app"],
    ["npm has made files there", "WORKDIR /app\nCOPY . .\nRUN npm ci\nRUN chown -R 1000 /app"],
    ["a folder of the system", "COPY . /usr/local\nRUN chown -R 1000 /usr/local"],
    ["the login group of a user", "COPY . /app\nRUN chown -R app: /app"],
    ["symbolic modes", "COPY . /app\nRUN chmod -R g+w /app"],
    ["another folder beside it", "COPY . /app\nRUN chown -R 1000 /app /var/log/app"],
    ["a group without a number", "COPY . /app\nRUN useradd -u 1 app && chown -R app:app /app"],
  ])("%s", (_name, steps) => {
    const analysis = new Analysis(`FROM debian:trixie-slim\n${steps}\n`);
    const finding = analysis.findings.find(({ rule }) => rule.id === ID);
    expect(finding && analysis.fixesOf(finding)).toEqual([]);
  });
});

test("a COPY is not given an owner whom nobody makes", () => {
  const analysis = new Analysis("FROM debian:trixie\nCOPY a /srv/a\nRUN chown -R app /srv/a\n");
  const finding = analysis.findings.find(({ rule }) => rule.id === ID);
  expect(finding?.fixes).toEqual([]);
});
