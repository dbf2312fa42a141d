import { expect, test } from "vitest";
import { testRecipe } from "../../../kit/rule";

/** Programs of Node: what moves, to which image, and why some do not. */
const { rewrites, refuses, offer } = testRecipe("split-build-stage");

interface Files {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: readonly string[];
  readonly devDependencies?: readonly string[];
  /** Entries of package-lock.json by their name. */
  readonly lock?: Readonly<Record<string, object>> | undefined;
  readonly files?: Readonly<Record<string, string>>;
  readonly more?: Readonly<Record<string, unknown>>;
}

const SERVER = 'require("node:http").createServer((_, answer) => answer.end("ebb")).listen(3000);';
const versions = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, "1.0.0"]));

function folder({ scripts, dependencies = [], devDependencies = [], lock = {}, files = {}, more = {} }: Files): string {
  const json = {
    name: "tide",
    ...(scripts && { scripts }),
    dependencies: versions(dependencies),
    devDependencies: versions(devDependencies),
    ...more,
  };
  const entries = Object.entries(lock).map(([name, entry]) => [`node_modules/${name}`, entry]);
  const all = {
    "package.json": JSON.stringify(json),
    "package-lock.json": JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(entries) }),
    "server.js": SERVER,
    ...files,
  };
  return Object.entries(all)
    .map(([path, text]) => `#- ${path}\n${text}`)
    .join("\n");
}

const lines = (from: string, install: string, start: string) =>
  `FROM ${from}\nWORKDIR /app\nCOPY package*.json ./\nRUN ${install}\nCOPY . .\n${start}\n`;

/** A server of one folder, with what is other than usual. */
function server(options: Files & { from?: string; install?: string; start?: string } = {}): string {
  const { from = "node:24", install = "npm ci", start = 'CMD ["node", "server.js"]' } = options;
  return lines(from, install, start) + folder(options);
}

function shipped(
  options: { from?: string; install?: string; prepare?: string; image?: string; copies?: string; start?: string } = {},
): string {
  const { from = "node:24", install = "npm ci", prepare } = options;
  const { image = "gcr.io/distroless/nodejs24-debian13:nonroot", start = 'CMD ["server.js"]' } = options;
  const { copies = "WORKDIR /app\nCOPY --from=build /app /app" } = options;
  const end = prepare ? `\nRUN ${prepare}\n` : "";
  return `${lines(`${from} AS build`, install, "").trimEnd()}\n${end}\nFROM ${image}\n${copies}\n${start}\n`;
}

const SLIM = "node:24-slim";

for (const [start, command] of [
  ['CMD ["node", "server.js"]', 'CMD ["server.js"]'],
  [
    'CMD ["/usr/local/bin/node", "--max-old-space-size=512", "server.js"]',
    'CMD ["--max-old-space-size=512", "server.js"]',
  ],
  ["CMD node server.js", 'CMD ["server.js"]'],
  ["CMD exec node server.js", 'CMD ["server.js"]'],
  ['ENTRYPOINT ["node", "server.js"]', 'ENTRYPOINT ["/nodejs/bin/node", "server.js"]'],
  ['CMD ["server.js"]', 'CMD ["server.js"]'],
] as const)
  rewrites(`a start by ${start}`, "distroless", server({ start }), shipped({ start: command }));

for (const [start, scripts, command] of [
  ['CMD ["npm", "start"]', { start: "node server.js" }, 'CMD ["server.js"]'],
  ["CMD npm start", { start: "node server.js" }, 'CMD ["server.js"]'],
  ['CMD ["npm", "start"]', undefined, 'CMD ["server.js"]'],
  [
    'CMD ["npm", "run", "serve", "--", "--port", "80"]',
    { serve: "node server.js" },
    'CMD ["server.js", "--port", "80"]',
  ],
  [
    'CMD ["yarn", "start"]',
    { start: "node --enable-source-maps server.js" },
    'CMD ["--enable-source-maps", "server.js"]',
  ],
  ['CMD ["npm", "start"]', { start: "npm run serve", serve: "node server.js" }, 'CMD ["server.js"]'],
] as const)
  rewrites(
    `${start} with ${JSON.stringify(scripts)}`,
    "distroless",
    server({ start, ...(scripts && { scripts }) }),
    shipped({ start: command }),
  );

rewrites(
  "a variable that the script sets becomes one of the image",
  "distroless",
  server({ start: 'CMD ["npm", "start"]', scripts: { start: "NODE_ENV=production node server.js" } }),
  shipped({ start: 'ENV NODE_ENV=production\nCMD ["server.js"]' }),
);

rewrites(
  "packages for development go",
  "distroless",
  server({ devDependencies: ["eslint"] }),
  shipped({ prepare: "npm prune --omit=dev --no-audit" }),
);

rewrites(
  "the tree of packages stays as it was installed",
  "distroless",
  server({ devDependencies: ["eslint"], install: "npm install --legacy-peer-deps" }),
  shipped({ install: "npm install --legacy-peer-deps", prepare: "npm prune --omit=dev --no-audit --legacy-peer-deps" }),
);

for (const install of [
  "npm ci --omit=dev",
  "npm install --production",
  "npm ci --only=production",
  "NODE_ENV=production npm ci",
])
  rewrites(
    `${install} leaves nothing to remove`,
    "distroless",
    server({ devDependencies: ["eslint"], install }),
    shipped({ install }),
  );

for (const [why, options, reason] of [
  ["a source takes one in", { files: { "server.js": 'require("morgan")' } }, "the program uses morgan"],
  ["a source names one", { files: { "server.js": 'app.set("view engine", "morgan")' } }, "the program uses morgan"],
  [
    "the start takes one in",
    { start: 'CMD ["node", "-r", "morgan/register", "server.js"]' },
    "the program uses morgan",
  ],
  [
    "another is installed by its name",
    { install: "npm install && npm install left-pad" },
    "left-pad is installed by its name",
  ],
] as const)
  test(`packages for development stay where ${why}`, () => {
    const { assumes } = offer(server({ devDependencies: ["morgan"], ...options }), "distroless");
    expect(assumes.join("\n")).toMatch(`The packages for development stay: ${reason}`);
  });

test.each([
  ["beside the program", 'new Worker(path.join(__dirname, "worker.js"))', "worker.js"],
  ["by a relative name", 'fork("./lib/worker.js")', "lib/worker.js"],
  ["by a name that is not written out", "require(`./lib/${name}`)", "lib/worker.js"],
])("what a worker takes in %s counts", (_, start, path) => {
  const files = { "server.js": start, [path]: 'require("morgan")' };
  const { assumes } = offer(server({ devDependencies: ["morgan"], files }), "distroless");
  expect(assumes.join()).toMatch("the program uses morgan");
});

test("what is started by nothing does not", () => {
  const files = { "tools.js": 'require("morgan"); require("child_process").execSync("git log")' };
  const { change } = offer(server({ devDependencies: ["morgan"], files }), "distroless");
  expect(
    change()
      .edits.map(({ text }) => text)
      .join(),
  ).toMatch("npm prune");
});

test("a type is no use of a package", () => {
  const files = { "server.ts": 'import type { A } from "morgan";\nexport const a = 1;' };
  const { change } = offer(server({ devDependencies: ["morgan"], files }), "distroless");
  expect(
    change()
      .edits.map(({ text }) => text)
      .join(),
  ).toMatch("npm prune");
});

const built = server({
  start: 'CMD ["npm", "start"]',
  install: "npm ci && npm -v",
  scripts: { start: "node dist/main.js", build: "tsc" },
  devDependencies: ["typescript"],
  files: { "src/main.ts": 'import { readFileSync } from "node:fs";\nreadFileSync("views/a.txt");' },
}).replace("CMD", "RUN npm run build\nCMD");

rewrites(
  "compiled TypeScript",
  "distroless",
  built,
  `FROM node:24 AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci && npm -v
COPY . .
RUN npm run build

RUN npm prune --omit=dev --no-audit

FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY --from=build /app /app
CMD ["dist/main.js"]
`,
);

rewrites(
  "a program that writes beside itself may go on doing so",
  "distroless",
  server({ files: { "server.js": 'require("fs").writeFileSync("visits.txt", "1")' } }),
  shipped({ copies: "COPY --from=build --chown=65532:65532 /app /app\nWORKDIR /app" }),
);

rewrites(
  "a folder elsewhere that it writes to is made for it",
  "distroless",
  server({ files: { "server.js": 'require("fs").mkdirSync(process.env.DIR || "/data/in")' } }),
  shipped({
    prepare: "mkdir -p /data/in",
    copies: "WORKDIR /app\nCOPY --from=build /app /app\nCOPY --from=build --chown=65532:65532 /data/in /data/in",
  }),
);

rewrites(
  "pnpm, whose node_modules are links",
  "distroless",
  server({
    install: "npm i -g pnpm && pnpm i",
    start: 'CMD ["pnpm", "start"]',
    scripts: { start: "node server.js", prepare: "husky" },
    devDependencies: ["husky"],
  }),
  shipped({ install: "npm i -g pnpm && pnpm i", prepare: "CI=true pnpm prune --prod --ignore-scripts" }),
);

rewrites(
  "pnpm is not on the slim image: node starts the same",
  "slim",
  server({ install: "npm i -g pnpm && pnpm i", start: 'CMD ["pnpm", "start"]', scripts: { start: "node server.js" } }),
  shipped({ install: "npm i -g pnpm && pnpm i", image: SLIM, start: 'CMD ["node", "server.js"]' }),
);

rewrites(
  "npm start stays as it is on the slim image",
  "slim",
  server({ start: 'CMD ["npm", "start"]', scripts: { start: "node a.js && node server.js" } }),
  shipped({ image: SLIM, start: 'CMD ["npm", "start"]' }),
);

for (const [from, image] of [
  ["node", "node:slim"],
  ["node:latest", "node:slim"],
  ["node:lts", "node:lts-slim"],
  ["node:20-bookworm", "node:20-bookworm-slim"],
  ["node:22.11.0", "node:22.11.0-slim"],
  ["public.ecr.aws/docker/library/node:24", "public.ecr.aws/docker/library/node:24-slim"],
] as const)
  rewrites(
    `the slim image of ${from}`,
    "slim",
    server({ from }),
    shipped({ from, image, start: 'CMD ["node", "server.js"]' }),
  );

test("of an older Node the slim image is preferred, and distroless is an upgrade that the title names", () => {
  const old = server({ from: "node:20", dependencies: ["ms"], lock: { ms: {} } });
  expect(offer(old, "distroless").title).toMatch(
    /^Build in its own stage, ship on distroless nodejs24, an upgrade of Node 20 /,
  );
  expect(offer(old, "distroless").preferred).toBe(false);
  expect(offer(old, "slim").preferred).toBe(true);
});

for (const [name, options, reason] of [
  ["odd versions", { from: "node:25" }, /^There is no distroless image of Node 25; node:25-slim has what it needs\.$/],
  [
    "an upgrade with modules that are compiled",
    { from: "node:20", lock: { bcrypt: { hasInstallScript: true } } },
    /packages may be compiled for that version/,
  ],
  [
    "an upgrade of who asks for the version",
    { from: "node:20", files: { "server.js": "console.log(process.version)" } },
    /server\.js asks for the version/,
  ],
  [
    "two commands",
    { start: 'CMD ["npm", "start"]', scripts: { start: "node a.js && node b.js" } },
    /runs more than one command, which needs a shell; node:24-slim has/,
  ],
  [
    "a script that runs before",
    { start: "CMD npm start", scripts: { start: "node server.js", prestart: "node a.js" } },
    /runs with prestart/,
  ],
  [
    "a tool for development",
    { start: "CMD npm start", scripts: { start: "nodemon server.js" } },
    /`npm start` runs nodemon/,
  ],
  ["a variable of the shell", { start: "CMD node server.js --port $PORT" }, /expands a variable, which needs a shell/],
  [
    "a shell script",
    { start: 'CMD ["./start.sh"]', files: { "start.sh": "node server.js" } },
    /a shell script; distroless runs node alone/,
  ],
  [
    "an init",
    { start: 'ENTRYPOINT ["tini", "--", "node", "server.js"]' },
    /tini starts the program, and distroless has none/,
  ],
  [
    "a program that is started",
    { files: { "server.js": 'require("child_process").execSync("git log")' } },
    /It starts `git log` \(execSync in server\.js\)/,
  ],
  [
    "npm's own variables",
    {
      start: "CMD npm start",
      scripts: { start: "node server.js" },
      files: { "server.js": "console.log(process.env.npm_package_version)" },
    },
    /read npm_package_version, which npm sets/,
  ],
  ["a browser", { dependencies: ["puppeteer"] }, /uses puppeteer, which wants a browser/],
  [
    "a library of the system",
    { lock: { "pg-native": { hasInstallScript: true } } },
    /uses pg-native, which wants the library of PostgreSQL/,
  ],
  [
    "a package that does what nobody knows",
    { lock: { mystery: { hasInstallScript: true } } },
    /uses mystery, which runs a script when it is installed/,
  ],
  ["a program of a package", { dependencies: ["fluent-ffmpeg"] }, /uses fluent-ffmpeg, which calls the program ffmpeg/],
  [
    "modules for musl",
    { from: "node:24-alpine", lock: { bcrypt: { hasInstallScript: true } } },
    /installed on Alpine, whose C library is another/,
  ],
  [
    "a server for those who edit the sources",
    { start: "CMD npm start", scripts: { start: "react-scripts start" } },
    /react-scripts start serves those who edit the sources; what `react-scripts build` makes could ship/,
  ],
  ["a file that is called as a tool is", { start: "CMD node serve" }, /serve is the name of a tool/],
  ["vite without a word", { start: 'CMD ["npx", "vite"]' }, /vite serves those who edit the sources/],
  ["a tool that npx would fetch", { start: 'CMD ["npx", "serve"]' }, /Which file serve is/],
  ["tests", { start: 'CMD ["node", "--test"]' }, /The image runs tests/],
  [
    "a module of the project that links a library",
    { files: { "binding.gyp": '{ "libraries": ["-lpq"] }' } },
    /binding\.gyp links libraries of the system/,
  ],
  [
    "Yarn without node_modules",
    { install: "yarn install", files: { ".yarnrc.yml": "enableTelemetry: false" } },
    /nodeLinker: node-modules in \.yarnrc\.yml/,
  ],
] as const)
  refuses(name, "distroless", server(options as Files), reason);

refuses(
  "a program among the files of the system",
  "distroless",
  `FROM node:24\nCOPY server.js /\nCMD ["node", "/server.js"]\n${folder({})}`,
  /lies in \/, among what is not its own; in a folder of its own \(WORKDIR \/app\)/,
);
refuses(
  "packages that NODE_PATH names",
  "slim",
  server({ start: 'ENV NODE_PATH=/usr/local/lib/node_modules\nCMD ["node", "server.js"]' }),
  /NODE_PATH names packages outside the project/,
);
refuses(
  "a program of the large image that no package brings",
  "slim",
  server({ files: { "server.js": 'require("child_process").spawn("gcc", ["a.c"])' } }),
  "It calls gcc (spawn in server.js), which node:24-slim has not; installed by apt-get in this stage it would come along.",
);
refuses(
  "programs that are not written out",
  "slim",
  server({ files: { "server.js": 'require("child_process").spawn(tool)' } }),
  /starts programs that are not written out \(spawn in server\.js\)/,
);
refuses("another major version", "chainguard", server(), /^cgr\.dev\/chainguard\/node has Node 26 alone/);

rewrites(
  "a program of the large image that a package brings",
  "slim",
  server({ files: { "server.js": 'require("child_process").execSync("curl -s http://a")' } }),
  shipped({
    image: SLIM,
    copies: `RUN apt-get update \\
 && apt-get install -y --no-install-recommends ca-certificates curl \\
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app /app`,
    start: 'CMD ["node", "server.js"]',
  }),
);

rewrites(
  "Alpine's packages without anything that is compiled",
  "distroless",
  server({ from: "node:24-alpine", dependencies: ["ms"], lock: { ms: {} } }),
  shipped({ from: "node:24-alpine" }),
);

rewrites(
  "Chainguard's image has the version of the build stage",
  "chainguard",
  server({ from: "node:26" }),
  shipped({ from: "node:26", image: "cgr.dev/chainguard/node:latest", copies: "COPY --from=build /app /app" }),
);

// What VS Code's container tools write for Node.
const TEMPLATE = `FROM node:24
ENV NODE_ENV=production
WORKDIR /usr/src/app
COPY ["package.json", "package-lock.json*", "npm-shrinkwrap.json*", "./"]
RUN npm install --production --silent && mv node_modules ../
COPY . .
EXPOSE 3000
RUN chown -R node /usr/src/app
USER node
`;
rewrites(
  "the template of VS Code",
  "distroless",
  `${TEMPLATE}CMD ["npm", "start"]\n${folder({ scripts: { start: "node server.js" }, dependencies: ["ms"], lock: { ms: {} } })}`,
  `${TEMPLATE.replace("node:24", "node:24 AS build")}
FROM gcr.io/distroless/nodejs24-debian13:nonroot
COPY --from=build --chown=65532:65532 /usr/src/app /usr/src/app
WORKDIR /usr/src/app
COPY --from=build --chown=65532:65532 /usr/src/node_modules /usr/src/node_modules
ENV NODE_ENV=production
EXPOSE 3000
CMD ["server.js"]
`,
);

test("what is not known is said", () => {
  const { assumes } = offer(
    'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
    "distroless",
  );
  expect(assumes).toContain("The program is taken to start no other program: its sources were not all seen.");
  expect(assumes).toContain("Its packages are taken to want no library of the system: no lock file was seen.");
  expect(assumes).toContain("The packages for development stay: package.json was not seen.");
});

test("that node gets the signals is said where npm got them, and no source handles them", () => {
  const program = { start: 'CMD ["npm", "start"]', scripts: { start: "node server.js" } };
  const handled = { ...program, files: { "server.js": 'process.on("SIGTERM", stop)' } };
  expect(offer(server(program), "distroless").assumes.join()).toMatch(/first process/);
  expect(offer(server(handled), "distroless").assumes.join()).not.toMatch(/first process/);
});

const keeps = (options: Parameters<typeof server>[0]) =>
  offer(
    server({ from: SLIM_OF, devDependencies: ["cross-env", "typescript", "@nestjs/cli", "prisma"], ...options }),
    "slim",
  ).assumes;
const SLIM_OF = "node:24";

test.each([
  ["a tool of another name", { start: "nest start" }, "nest"],
  ["one in front of node", { start: "cross-env NODE_ENV=production node server.js" }, "cross-env"],
  ["a script that runs before", { prestart: "tsc -p .", start: "node server.js" }, "tsc"],
  ["a compiler, then node", { start: "tsc && node server.js" }, "tsc"],
  [
    "a script that calls another",
    { start: "npm run serve", serve: "npx prisma migrate deploy && node server.js" },
    "prisma",
  ],
])("packages for development stay where npm start runs one: %s", (_, scripts, name) => {
  expect(keeps({ scripts, start: 'CMD ["npm", "start"]' })).toContain(
    `The packages for development stay: the image starts ${name}, which one of them may bring.`,
  );
});

test("packages for development stay where a shell starts a script that runs one", () => {
  expect(keeps({ scripts: { dev: "nest start --watch" }, start: 'CMD ["sh", "-c", "npm run dev"]' })).toContain(
    "The packages for development stay: the image starts nest, which one of them may bring.",
  );
  const files = { "start.sh": "#!/bin/sh\nnpx prisma migrate deploy\nexec node server.js\n" };
  expect(keeps({ files, start: 'CMD ["sh", "start.sh"]' })).toContain(
    "The packages for development stay: the image starts npx, which one of them may bring.",
  );
});

test("packages for development go where the scripts start node alone", () => {
  expect(
    keeps({ scripts: { start: "NODE_ENV=production node server.js" }, start: 'CMD ["npm", "start"]' }),
  ).not.toContainEqual(expect.stringMatching(/stay/));
});
