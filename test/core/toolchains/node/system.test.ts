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

test("a program of the large image is installed where nobody knows that the slim one has it", () => {
  const source = app({ source: 'require("child_process").execFile("unzip", ["-v"]);' });
  expect(finalStage(source, "slim").slice(1, 4)).toEqual(install("ca-certificates unzip"));
});

describe("a tool that is installed for the whole machine", () => {
  test("is installed in the final stage too", () => {
    const source = app({ run: "npm install -g pm2@5.4.2", start: 'CMD ["pm2-runtime", "server.js"]' });
    expect(finalStage(source, "slim")).toEqual([
      "FROM node:22-slim",
      ...install("ca-certificates procps"),
      "RUN npm install -g pm2@5.4.2",
      "WORKDIR /app",
      "COPY --from=build /app /app",
      'CMD ["pm2-runtime", "server.js"]',
      "",
    ]);
  });
  test("and finds the program by which it ends others, as one of the project does", () => {
    const own = app({ dependencies: ["pm2"], start: 'CMD ["npx", "pm2-runtime", "server.js"]' });
    expect(finalStage(own, "slim").slice(1, 4)).toEqual(install("ca-certificates procps"));
    const script = app({ start: "CMD npm start" }).replace('{"name"', '{"scripts":{"start":"concurrently a b"},"name"');
    expect(finalStage(script, "slim").slice(1, 4)).toEqual(install("ca-certificates procps"));
  });
  test("with those beside it, which it may take in, and from the same registry", () => {
    const run = "npm config set registry https://registry.example.org && npm install -g ts-node@10 typescript@5";
    const lines = finalStage(app({ run, start: 'CMD ["ts-node", "server.ts"]' }), "slim");
    expect(lines.slice(1, 3)).toEqual([
      "RUN npm config set registry https://registry.example.org",
      "RUN npm install -g ts-node@10 typescript@5",
    ]);
  });
  refuses(
    "but not by settings that a file has",
    "slim",
    `${app({ run: "npm install -g pm2", start: 'CMD ["pm2-runtime", "server.js"]' }).replace("RUN npm", "COPY .npmrc /root/.npmrc\nRUN npm")}#- .npmrc\na=b\n`,
    /^pm2 is installed for the whole machine by settings of npm/,
  );
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

describe("a browser", () => {
  const chromium = "apt-get update && apt-get install -y --no-install-recommends chromium";
  refuses(
    "that puppeteer fetches stays with its user, on a slim image too",
    "slim",
    app({ from: "node:22-slim", run: "apt-get update && apt-get install -y libnss3 gcc", dependencies: ["puppeteer"] }),
    /^puppeteer fetches a browser to a folder of its user, outside the project/,
  );
  refuses(
    "that a command fetches",
    "slim",
    app({ from: "node:22-slim", dependencies: ["express"] }).replace(
      "RUN npm ci",
      "RUN npm ci\nRUN npx -y playwright install chromium",
    ),
    /`npx` in the build stage may make something that the program uses at run time/,
  );
  test("of the system comes along with a package that only steers it", () => {
    const source = app({ run: chromium, dependencies: ["puppeteer-core"] });
    expect(finalStage(source, "slim").slice(0, 4)).toEqual(["FROM node:22-slim", ...install("chromium")]);
  });
  test("of the system is the one of puppeteer where a variable says so", () => {
    const source = app({ run: chromium, dependencies: ["puppeteer"] });
    const named = source.replace("WORKDIR", "ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium\nWORKDIR");
    expect(finalStage(named, "slim").slice(0, 4)).toEqual(["FROM node:22-slim", ...install("chromium")]);
  });
  refuses(
    "of the system is not what playwright starts",
    "slim",
    app({ run: chromium, dependencies: ["playwright"] }),
    /It uses playwright, which wants a browser/,
  );
});

describe("packages that an image of the same system would not find", () => {
  refuses(
    "those of a file",
    "slim",
    app({ run: "wget https://example.org/tide.deb && dpkg -i tide.deb" }),
    "`dpkg -i` brings packages that the final stage could not install by their names.",
  );
  refuses(
    "those of a file that apt-get installs",
    "slim",
    app({ run: "wget https://example.org/tide.deb && apt-get install -y ./tide.deb" }),
    "Which packages `apt-get` installs is not known.",
  );
  refuses(
    "those of a list that a step writes",
    "slim",
    app({
      run: "echo 'deb http://deb.debian.org/debian bookworm contrib' > /etc/apt/sources.list.d/c.list && apt-get install -y ffmpeg",
    }),
    /^`echo` changes where packages of the system come from, and the final stage, which wants ffmpeg, would not know/,
  );
  refuses(
    "those of another release",
    "slim",
    app({ run: "apt-get update && apt-get install -y -t bookworm-backports ffmpeg" }),
    /^ffmpeg comes from a repository that is not the image's own \(-t bookworm-backports\)/,
  );
  refuses(
    "those of another repository of Alpine",
    "slim",
    app({
      from: "node:22-alpine",
      run: "apk add --no-cache -X http://dl-cdn.alpinelinux.org/alpine/edge/testing tini",
    }),
    /^tini comes from a repository that is not the image's own/,
  );
  const mirror = "sed -i 's/deb.debian.org/mirrors.example.org/g' /etc/apt/sources.list.d/debian.sources";
  test("a mirror is named again", () => {
    const source = app({ run: `${mirror} && apt-get update && apt-get install -y --no-install-recommends ffmpeg` });
    expect(finalStage(source, "slim").slice(0, 5)).toEqual([
      "FROM node:22-slim",
      `RUN ${mirror}`,
      ...install("ffmpeg"),
    ]);
  });
  test("and forgotten where nothing is installed", () => {
    expect(finalStage(app({ run: mirror }), "slim")[1]).toBe("WORKDIR /app");
    expect(finalStage(app({ run: mirror }), "distroless")[1]).toBe("WORKDIR /app");
  });
  refuses(
    "what is more than a mirror",
    "slim",
    app({ run: "sed -i 's/main/main contrib/' /etc/apt/sources.list.d/debian.sources && apt-get install -y ffmpeg" }),
    /^`sed` changes where packages of the system come from/,
  );
});

describe("what another image brings", () => {
  const source = (from: string, path = "/usr/local/bin/ffmpeg") =>
    app({ source: 'require("child_process").execFile("ffmpeg");' }).replace(
      "COPY . .",
      `COPY --from=${from} /ffmpeg ${path}\nCOPY . .`,
    );
  refuses(
    "may want libraries of the large one",
    "slim",
    source("jrottenberg/ffmpeg:7-ubuntu"),
    /^\/usr\/local\/bin\/ffmpeg comes from another image, and which libraries of node:22 it uses is not known/,
  );
  test("comes along where it wants none", () => {
    expect(finalStage(source("mwader/static-ffmpeg:7.1"), "slim")).toContain(
      "COPY --from=build /usr/local/bin/ffmpeg /usr/local/bin/ffmpeg",
    );
  });
});

describe("the certificates of the system", () => {
  for (const line of [
    "ENV NODE_OPTIONS=--use-openssl-ca",
    "ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt",
  ])
    test(`that ${line} asks for are installed`, () => {
      const source = app({}).replace("WORKDIR", `${line}\nWORKDIR`);
      expect(finalStage(source, "slim").slice(0, 4)).toEqual(["FROM node:22-slim", ...install("ca-certificates")]);
    });
});

describe("files that their owner alone may read", () => {
  const fetched = (more = "") =>
    app({}).replace("RUN npm ci", `ADD ${more}https://example.org/tide.json /srv/tide.json\nRUN npm ci`);
  test("become the user's that distroless has in root's place", () => {
    expect(finalStage(fetched(), "distroless").join("\n")).toContain(
      "COPY --from=build --chown=65532:65532 /srv/tide.json",
    );
  });
  test("stay root's where all may read them, or the user stays", () => {
    expect(finalStage(fetched("--chmod=644 "), "distroless").join("\n")).not.toContain("--chown");
    expect(finalStage(fetched(), "slim").join("\n")).not.toContain("--chown");
  });
});

describe("packages that a step changes", () => {
  const source = (scripts: string, run = "") => `FROM node:22
WORKDIR /app
COPY . .
RUN yarn install --frozen-lockfile
${run}CMD ["node", "server.js"]
#- package.json
{"scripts":{${scripts}},"dependencies":{"ms":"2.1.3"},"devDependencies":{"eslint":"9.0.0"}}
#- yarn.lock
# yarn lockfile v1

ms@2.1.3:
  version "2.1.3"
#- server.js
require("ms");
`;
  const isPruned = (text: string) =>
    applyEdits(fixture(text).text, offer(text, "slim").change().edits).includes("yarn install --production");
  test("are put back by Yarn, and so stay with those for development", () => {
    expect(isPruned(source('"postinstall":"patch-package"'))).toBe(false);
    expect(isPruned(source("", "RUN sed -i 's/1/2/' node_modules/ms/index.js\n"))).toBe(false);
    expect(offer(source('"postinstall":"patch-package"'), "slim").assumes).toContain(
      "The packages for development stay: a step changes files of packages, and Yarn would put them back.",
    );
  });
  test("are none where the scripts change none", () => {
    expect(isPruned(source('"prepare":"husky install"'))).toBe(true);
  });
});

test("an init that ADD brings starts the program from where it stands", () => {
  const source = app({ start: 'ENTRYPOINT ["/tini", "--"]\nCMD ["node", "server.js"]' }).replace(
    "COPY . .",
    "ADD --chmod=755 https://example.org/tini /tini\nCOPY . .",
  );
  expect(finalStage(source, "slim")).toContain("COPY --from=build /tini /tini");
});

describe("a server beside the pages that it serves", () => {
  const source = (folder: string) => `FROM node:22
WORKDIR ${folder}
COPY server/package*.json server/
RUN cd server && npm install
COPY client/package*.json client/
RUN cd client && npm install
COPY . .
RUN cd client && npm run build && cp -r build ../server/public
WORKDIR ${folder}/server
CMD ["node", "index.js"]
#- server/package.json
{"name":"server","dependencies":{"ms":"2.1.3"}}
#- server/index.js
require("ms");
#- client/package.json
{"name":"client","scripts":{"build":"vite build"},"dependencies":{"react":"18.0.0"}}
`;
  test("comes along with them, in the folder that has both", () => {
    expect(finalStage(source("/app"), "slim").slice(1, 3)).toEqual([
      "WORKDIR /app/server",
      "COPY --from=build /app /app",
    ]);
  });
  refuses("but not with what is the system's", "slim", source("/opt"), /^`npm` in the build stage may make something/);
});
