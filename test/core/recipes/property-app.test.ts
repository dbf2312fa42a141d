import fc from "fast-check";
import { expect, test } from "vitest";
import { Analysis, applyEdits, recipes } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";

/** Lines that may stand anywhere in a stage whose program a runtime starts. */
const LINES = [
  "# a comment",
  "ENV A=b",
  "ENV NODE_ENV=production PYTHONUNBUFFERED=1",
  "ENV PATH=/opt/venv/bin:$PATH",
  "ENV A=$B",
  "ARG B=1",
  "LABEL a=b",
  "EXPOSE 80 8080",
  "VOLUME /data",
  "WORKDIR /app",
  "WORKDIR sub",
  "WORKDIR /",
  "USER nobody",
  "USER app:app",
  "USER 1000",
  "USER node",
  "HEALTHCHECK NONE",
  "HEALTHCHECK CMD curl -f http://localhost/ || exit 1",
  'HEALTHCHECK CMD ["node", "probe.js"]',
  'SHELL ["/bin/bash", "-c"]',
  "COPY . .",
  "COPY package*.json ./",
  "COPY --chown=app:app . /app",
  "COPY run.sh /usr/local/bin/",
  "COPY pom.xml .",
  "RUN npm ci",
  "RUN npm ci --omit=dev && npm cache clean --force",
  "RUN npm run build",
  "RUN yarn install --frozen-lockfile",
  "RUN pip install --no-cache-dir -r requirements.txt",
  "RUN python -m venv /opt/venv",
  "RUN mvn -q package",
  "RUN apt-get update && apt-get install -y libpq-dev curl graphviz \\\n  # inside\n  && rm -rf /var/lib/apt/lists/*",
  "RUN useradd --create-home app",
  "RUN adduser app && chown -R app /app",
  "RUN mkdir -p /data /app/log",
  "RUN chmod +x run.sh",
  "RUN <<EOF\nnpm ci\nEOF",
  "ONBUILD RUN x",
  "FROM node:24-slim",
  "COPY --from=0 /app /app",
];
const STARTS = [
  'CMD ["npm", "start"]',
  "CMD npm start",
  'CMD ["node", "server.js"]',
  'ENTRYPOINT ["node"]\nCMD ["server.js"]',
  "CMD node server.js --port $PORT",
  "CMD gunicorn app:app",
  'CMD ["python", "app.py"]',
  'ENTRYPOINT ["./run.sh"]\nCMD ["python", "app.py"]',
  'CMD ["java", "-jar", "target/app.jar"]',
  "CMD java $OPTIONS -jar target/app.jar",
];
const FROMS = [
  "FROM node:24",
  "FROM node:20-alpine AS build",
  "from python:3.13 as x",
  "FROM python:3.12-slim",
  "FROM maven:3.9-eclipse-temurin-21",
  "FROM --platform=$BUILDPLATFORM eclipse-temurin:17-jdk",
];
const { project } = fixture(`FROM x
#- package.json
{ "name": "a", "version": "1.0.0", "scripts": { "start": "node server.js", "build": "tsc" }, "devDependencies": { "typescript": "5.0.0" } }
#- package-lock.json
{ "name": "a", "lockfileVersion": 3, "packages": { "": { "devDependencies": { "typescript": "5.0.0" } }, "node_modules/typescript": { "version": "5.0.0", "dev": true } } }
#- server.js
require("node:http").createServer((_, answer) => answer.end("a")).listen(80);
#- requirements.txt
flask==3.1.0
gunicorn==23.0.0
#- app.py
from flask import Flask
app = Flask(__name__)
#- run.sh
#!/bin/sh
exec "$@"
#- pom.xml
<project><groupId>a</groupId><artifactId>app</artifactId><version>1</version><build><finalName>app</finalName></build></project>`);

const file = fc
  .tuple(
    fc.constantFrom(...FROMS),
    fc.array(fc.constantFrom(...LINES), { maxLength: 10 }),
    fc.constantFrom(...STARTS),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
  )
  .map(
    ([from, lines, start, eol, newline]) =>
      [from, "WORKDIR /app", "COPY . .", ...lines, start].join("\n").replaceAll("\n", eol) + (newline ? eol : ""),
  );

test("whatever a runtime starts, a recipe refuses or makes a change that holds its contract", () => {
  let offers = 0;
  fc.assert(
    fc.property(file, fc.boolean(), (text, withFolder) => {
      const analysis = new Analysis(text, withFolder ? project : undefined);
      for (const recipe of recipes.filter((each) => each.suits(analysis.context))) {
        for (const target of recipe.targetsFor(analysis.context)) {
          const answer = analysis.answer(recipe, target);
          // A change that broke its contract was stopped, but it should not have been made.
          if (answer.kind === "refusal") expect(answer.reason).not.toMatch(/^Ballast stopped/);
          else {
            offers++;
            expect(applyEdits(text, answer.change().edits)).toMatch(
              /^FROM (?:--platform=\S+ )?(?:gcr\.io\/distroless|cgr\.dev\/chainguard|\S+-slim|eclipse-temurin:\S+-jre|python:|node:)/im,
            );
          }
        }
      }
    }),
    { numRuns: 1500 },
  );
  expect(offers).toBeGreaterThan(100);
});
