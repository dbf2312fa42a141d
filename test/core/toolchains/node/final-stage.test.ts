import { expect, test } from "vitest";
import { testRecipe } from "../../../kit/rule";

/** Final stages of several that Node starts. */
const { rewrites, refuses, offer } = testRecipe("slim-final-stage");

const FOLDER = `#- package.json
{ "name": "tide", "scripts": { "build": "tsc --outDir build" }, "dependencies": { "express": "4.0.0" }, "devDependencies": { "typescript": "5.0.0" } }
#- src/index.ts
import express from "express";
express().listen(3000);
`;
const build = (from: string) => `FROM ${from} AS build
WORKDIR /app
COPY package*.json ./
RUN npm install
COPY . .
RUN npm run build
`;

rewrites(
  "a version that distroless has no more ships on a newer one, as an upgrade",
  "distroless",
  `${build("node:20")}FROM node:20-slim
COPY --from=build /app/build /app/build
CMD ["node","/app/build/index.js"]
${FOLDER}`,
  `${build("node:20")}FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /
COPY --from=build /app/build /app/build
CMD ["/app/build/index.js"]
`,
);

test("the title names the upgrade, and what is missing in the final stage is said", () => {
  const { title, assumes } = offer(
    `${build("node:20")}FROM node:20-slim\nCOPY --from=build /app/build /app/build\nCMD ["node","/app/build/index.js"]\n${FOLDER}`,
    "distroless",
  );
  expect(title).toMatch(/an upgrade of Node 20/);
  expect(assumes).toContain(
    "The final stage has no node_modules, before as after: its build is taken to pack express into what is copied.",
  );
});

rewrites(
  "what the final stage takes from its build stage is judged by that stage's sources",
  "distroless",
  `${build("node:24")}FROM node:24-slim
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
CMD ["node", "build/index.js"]
${FOLDER}`,
  `${build("node:24")}FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
CMD ["build/index.js"]
`,
);

refuses(
  "an upgrade beside packages that may be compiled",
  "distroless",
  `${build("node:20")}FROM node:20-slim
WORKDIR /app
COPY --from=build /app ./
CMD ["node", "build/index.js"]
${FOLDER}`,
  /There is no distroless image of Node 20, and packages may be compiled for that version/,
);

refuses(
  "a final stage that stands on another one",
  "slim",
  `FROM node:24 AS base
WORKDIR /app
COPY helper.js /opt/helper.js
FROM base AS build
COPY . .
RUN npm ci && npm run build
FROM base
COPY --from=build /app/build ./build
CMD ["node", "build/index.js"]
${FOLDER}`,
  /stands on another stage, whose files the program may use/,
);
