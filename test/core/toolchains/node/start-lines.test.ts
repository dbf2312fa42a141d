import { expect, test } from "vitest";
import { startBy } from "../../../../server/src/core/toolchains/node/start-lines";

const DISTROLESS = { path: "/nodejs/bin/node", isEntrypoint: true };
const start = (argv: string, fixed: number, words: string) =>
  startBy(
    { argv: argv.split(" "), fixed, env: [], why: undefined, shell: false, script: undefined },
    words.split(" "),
    DISTROLESS,
  );

test.each([
  ["all in CMD", "node a.js --port 80", 0, "a.js --port 80", { command: ["a.js", "--port", "80"] }],
  ["ENTRYPOINT says node", "node a.js", 1, "a.js", { command: ["a.js"] }],
  ["ENTRYPOINT says all", "node a.js", 2, "a.js", { entrypoint: ["/nodejs/bin/node", "a.js"] }],
  [
    "CMD has the arguments",
    "node a.js --port 80",
    2,
    "a.js --port 80",
    { entrypoint: ["/nodejs/bin/node", "a.js"], command: ["--port", "80"] },
  ],
  ["ENTRYPOINT says npm start", "npm start", 2, "a.js", { entrypoint: ["/nodejs/bin/node", "a.js"] }],
  ["what CMD says is not what node is told", "npm start", 1, "a.js", { entrypoint: ["/nodejs/bin/node", "a.js"] }],
])("%s", (_, argv, fixed, words, wanted) => {
  expect(start(argv, fixed, words)).toEqual(wanted);
});

test("an image that does not begin with node is told to", () => {
  expect(
    startBy({ argv: ["pnpm", "start"], env: [], fixed: 0, why: undefined, shell: false, script: undefined }, ["a.js"], {
      path: "node",
      isEntrypoint: false,
    }),
  ).toEqual({ command: ["node", "a.js"] });
});
