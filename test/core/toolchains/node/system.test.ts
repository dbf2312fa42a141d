import { describe, expect, test } from "vitest";
import { Analysis, applyEdits } from "../../../../server/src/core";
import { fixture } from "../../../kit/fixture";
import { testRecipe } from "../../../kit/rule";

/** What programs of Node want of their system: what comes along to a final stage, and what was for the build. */
const { refuses, offer } = testRecipe("split-build-stage");

interface App {
  readonly from?: string;
  readonly run?: string;
  readonly dependencies?: readonly string[];
  readonly source?: string;
  readonly start?: string;
}

function app({ from = "node:22", run, dependencies = [], source = "", start = 'CMD ["node", "server.js"]' }: App) {
  const versions = Object.fromEntries(dependencies.map((name) => [name, "1.0.0"]));
  const entries = dependencies.map((name) => [`node_modules/${name}`, { version: "1.0.0" }]);
  return `FROM ${from}
WORKDIR /app
${run ? `RUN ${run}\n` : ""}COPY . .
RUN npm ci
${start}
#- package.json
${JSON.stringify({ name: "tide", dependencies: versions })}
#- package-lock.json
${JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(entries) })}
#- server.js
${source}
require("node:http").createServer((_, answer) => answer.end("ebb")).listen(3000);
`;
}

/** The lines of the final stage. */
function finalStage(source: string, target: string): readonly string[] {
  const lines = applyEdits(fixture(source).text, offer(source, target).change().edits).split("\n");
  return lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")));
}

const install = (packages: string) => [
  "RUN apt-get update \\",
  ` && apt-get install -y --no-install-recommends ${packages} \\`,
  " && rm -rf /var/lib/apt/lists/*",
];

describe("python3 beside a compiler is for node-gyp", () => {
  test("on Debian", () => {
    const source = app({ run: "apt-get update && apt-get install -y python3 make g++" });
    expect(finalStage(source, "distroless")[0]).toBe("FROM gcr.io/distroless/nodejs22-debian13:nonroot");
    expect(finalStage(source, "slim").join("\n")).not.toContain("apt-get");
  });
  test("on Alpine, where the program stays", () => {
    const source = app({
      from: "node:22-alpine",
      run: "apk add --no-cache python3 make g++ tini",
      dependencies: ["bcrypt"],
    });
    expect(finalStage(source, "slim").slice(0, 2)).toEqual(["FROM node:22-alpine", "RUN apk add --no-cache tini"]);
  });
  test("that apk removes by the name of its set", () => {
    const run = "apk add --no-cache tini && apk add --virtual .gyp python3 make g++ && npm i && apk del .gyp";
    const source = app({ from: "node:22-alpine", run, dependencies: ["bcrypt"] });
    expect(finalStage(source, "slim").slice(0, 2)).toEqual(["FROM node:22-alpine", "RUN apk add --no-cache tini"]);
  });
  const python = "apt-get update && apt-get install -y python3 make g++";
  refuses(
    "but not of a program that calls it",
    "distroless",
    app({ run: python, source: 'require("child_process").execFile("python3", ["plot.py"]);' }),
    /It starts `python3`/,
  );
  test("which then comes along", () => {
    const source = app({ run: python, source: 'require("child_process").execFile("python3", ["plot.py"]);' });
    expect(finalStage(source, "slim").join("\n")).toContain("python3");
  });
  refuses(
    "nor without a compiler",
    "distroless",
    app({ run: "apt-get update && apt-get install -y python3" }),
    /python3 is installed in the stage/,
  );
  refuses(
    "what Alpine's program is linked with is not known",
    "slim",
    app({ from: "node:22-alpine", run: "apk add --no-cache vips-dev g++", dependencies: ["sharp"] }),
    "vips-dev is installed to link with, and which package of Alpine has its library alone is not known.",
  );
});

describe("what packages want of their image", () => {
  for (const [name, packages] of [
    ["@prisma/client", "ca-certificates openssl"],
    ["simple-git", "ca-certificates git openssh-client"],
    ["fluent-ffmpeg", "ca-certificates ffmpeg"],
    ["pg-native", "ca-certificates libpq5"],
  ] as const)
    test(name, () => {
      const source = app({ dependencies: [name] });
      expect(finalStage(source, "slim").slice(0, 4)).toEqual(["FROM node:22-slim", ...install(packages)]);
    });
  refuses(
    "one that a package does not bring",
    "slim",
    app({ dependencies: ["@prisma/client", "puppeteer"] }),
    /It uses puppeteer, which wants a browser and its libraries, and node:22-slim may have none/,
  );
  test("git of a program that calls it is no build tool that ships", () => {
    const source = app({
      from: "node:22-slim",
      run: "apt-get update && apt-get install -y --no-install-recommends git gcc && rm -rf /var/lib/apt/lists/*",
      dependencies: ["simple-git"],
    });
    const { text, project } = fixture(source);
    const [tools] = new Analysis(text, project).findings.filter(({ rule }) => rule.id === "build-tools-shipped");
    expect(tools?.message).toMatch(/^gcc is for building/);
  });
});

describe("a tool that is installed for the whole machine", () => {
  test("is installed in the final stage too", () => {
    const source = app({ run: "npm install -g pm2@5.4.2", start: 'CMD ["pm2-runtime", "server.js"]' });
    expect(finalStage(source, "slim")).toEqual([
      "FROM node:22-slim",
      "RUN npm install -g pm2@5.4.2",
      "WORKDIR /app",
      "COPY --from=build /app /app",
      'CMD ["pm2-runtime", "server.js"]',
      "",
    ]);
  });
  refuses(
    "but not by a name that a shell may read in another way",
    "slim",
    app({ run: "npm install -g 'pm2@^5'", start: 'CMD ["pm2-runtime", "server.js"]' }),
    /pm2@\^5 is installed for the whole machine/,
  );
});

describe("files that COPY puts among those of the system", () => {
  const files = "#- certs/a.pem\nA\n#- certs/b.pem\nB\n";
  const source = (to: string) => app({}).replace("RUN npm ci", `RUN npm ci\nCOPY certs ${to}`) + files;
  test("come along one by one", () => {
    expect(finalStage(source("/etc/ssl/private"), "distroless")).toContain(
      "COPY --from=build /etc/ssl/private/a.pem /etc/ssl/private/a.pem",
    );
  });
});
