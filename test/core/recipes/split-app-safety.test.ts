import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** What would build, and then behave in another way: found by reading offers for real files. */
const { refuses, offer } = testRecipe("split-build-stage");

const node = (files = "", start = 'CMD ["npm", "start"]') => `FROM node:24
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
${start}
#- package.json
{ "name": "tide", "scripts": { "start": "node server.js", "dev": "nodemon server.js" }, "devDependencies": { "nodemon": "3.1.0" } }
#- package-lock.json
{ "name": "tide", "lockfileVersion": 3, "packages": { "": {} } }
#- server.js
require("node:http").createServer((_, answer) => answer.end("ebb")).listen(3000);
${files}`;
const compose = (lines: string) => `#- compose.yaml
services:
  web:
    build: .
${lines}
`;
const python = (start: string, source: string, files = "", base = "python:3.13") => `FROM ${base}
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
${start}
#- requirements.txt
celery
#- app.py
${source}
${files}`;

refuses(
  "compose starts the image by another program",
  "distroless",
  node(compose("    command: npm run dev")),
  "compose.yaml starts `web` by npm, which distroless nodejs24 does not find by that name; a slim image does.",
);
refuses(
  "compose watches the program by a shell's command",
  "slim",
  node(compose("    healthcheck: { test: curl -f http://localhost:3000 }")),
  "compose.yaml looks after the health of `web` by a command of the shell, which node:24-slim may not have.",
);

test("packages for development stay where compose starts the image in another way", () => {
  expect(offer(node(compose("    command: npm run dev")), "slim").assumes).toEqual([
    "The packages for development stay: compose.yaml starts `web` in another way, and may use them.",
  ]);
});

const after = (source: string, target: string) =>
  offer(source, target)
    .change()
    .edits.map(({ text }) => text)
    .join("");

test("compose may start any script of a Python program", () => {
  const source = python('CMD ["python", "app.py"]', "print()", compose("    command: celery -A app worker"));
  expect(after(source, "slim")).toContain("COPY --from=build /usr/local/bin /usr/local/bin");
});

test.each([
  ["a figure", 'CMD ["python", "app.py"]', 'import matplotlib.pyplot as plt\nplt.savefig("out.png")'],
  [
    "settings that may name files",
    'CMD ["python", "app.py"]',
    'import logging.config\nlogging.config.fileConfig("log.ini")',
  ],
  ["celery's schedule", 'CMD ["celery", "-A", "app", "beat"]', "import celery"],
  ["a file that an option names", 'CMD ["celery", "-A", "app", "worker", "--pidfile=worker.pid"]', "import celery"],
])("the program's folder is its user's where it writes there: %s", (_, start, source) => {
  expect(after(python(start, source), "distroless")).toContain("COPY --from=build --chown=65532:65532 /app /app");
});

test("a log that goes to the terminal is no file", () => {
  const start = 'CMD ["celery", "-A", "app", "worker", "--logfile=-"]';
  expect(after(python(start, "import celery"), "distroless")).toContain("COPY --from=build /app /app");
});

refuses(
  "packages that were not seen may use what the whole image has",
  "slim",
  `FROM python:3.12
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]`,
  "The list of the packages was not seen, and some may use libraries that python:3.12 has and python:3.12-slim has not.",
);

test("an ARG of the base's version is said to stay as it is", () => {
  const source = python('CMD ["python", "app.py"]', "print()", "", `\${BASE}`).replace(
    "FROM",
    "ARG BASE=python:3.13\nFROM",
  );
  expect(offer(source, "distroless").assumes).toContain(
    "The build stands on ${BASE}, taken to be python:3.13: with another `--build-arg` the final image has to change too.",
  );
});

refuses(
  "`python -m` would take a file of the project for the package",
  "distroless",
  python('CMD ["celery", "-A", "app", "worker"]', "import celery", "#- celery.py\nprint()"),
  "`python -m celery` would start celery.py of the project, and the script celery names the interpreter of the build stage; a slim image has that.",
);

const STANDALONE = (base: string) => `FROM ${base} AS base
FROM base AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build
FROM base AS runner
WORKDIR /app
RUN addgroup --system --gid 1001 nodejs
RUN adduser --system --uid 1001 nextjs
COPY --from=build --chown=nextjs:nodejs /app/.next/standalone ./
USER nextjs
CMD HOSTNAME="0.0.0.0" node server.js
#- package.json
{ "name": "tide", "scripts": { "build": "next build" }, "dependencies": { "next": "15.0.0" } }
#- pages/index.js
export default () => "ebb";
`;
refuses(
  "a final stage that leaves nothing out, on a stage of an image that is small",
  "slim",
  STANDALONE("node:22-alpine"),
  "The final stage stands on base already, and holds nothing but the program.",
);

test("a folder that another one has is copied once", () => {
  const source = `FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN mvn package
FROM eclipse-temurin:21-jdk
COPY --from=build /src/lib /app/lib
COPY --from=build /src/classes /app
RUN mkdir /data
CMD ["java", "-cp", "app:app/lib/*", "Tide"]`;
  expect(after(source, "distroless").match(/^COPY .*$/gm)).toEqual([
    "COPY --from=builder /app /app",
    "COPY --from=builder /data /data",
  ]);
});

const django = (root: string) =>
  python(
    'RUN python manage.py collectstatic --noinput\nCMD ["gunicorn", "site.wsgi"]',
    "print()",
    `#- manage.py\nprint()\n#- site/settings.py\nSTATIC_ROOT = ${root}`,
  );
refuses(
  "what collectstatic puts outside of the project",
  "slim",
  django('"/srv/static"'),
  "`python` in the build stage may make something that the program uses at run time, and what that is cannot be told.",
);
test("what collectstatic puts into the project comes along", () => {
  expect(offer(django('"/app/static"'), "slim").kind).toBe("offer");
  expect(offer(django('BASE_DIR / "static"'), "slim").kind).toBe("offer");
});

test("what the whole image had of the packages that git recommends is installed on the slim one", () => {
  const source = node().replace("WORKDIR /app", "RUN apt-get update && apt-get install -y git bc\nWORKDIR /app");
  expect(after(source, "slim")).toContain("apt-get install -y bc git");
});
