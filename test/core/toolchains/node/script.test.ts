import { expect, test } from "vitest";
import { readPackageJson } from "../../../../server/src/core/project/package-json";
import { programOf, scriptOf } from "../../../../server/src/core/toolchains/node/script";

const call = (line: string) => {
  const [manager = "", ...words] = line.split(" ");
  const { name, added, folder, workspace } = scriptOf(manager, words) ?? {};
  return [name, added?.join(" "), folder, workspace].map((part) => part ?? "-").join(" | ");
};

test.each([
  ["npm start", "start |  | - | -"],
  ["npm run serve", "serve |  | - | -"],
  ["npm run -s serve -- --port 80", "serve | --port 80 | - | -"],
  ["npm --prefix server start", "start |  | server | -"],
  ["npm start --workspace api", "start |  | - | api"],
  ["npm start -w=api", "start |  | - | api"],
  ["yarn start --port 80", "start | --port 80 | - | -"],
  ["yarn workspace api start", "start |  | - | api"],
  ["yarn --cwd server start", "start |  | server | -"],
  ["pnpm --filter api start", "start |  | - | api"],
  ["pnpm run start", "start |  | - | -"],
  ["npm ci", "- | - | - | -"],
  ["npm start --if-present", "- | - | - | -"],
  ["npm", "- | - | - | -"],
])("%s", (line, wanted) => {
  expect(call(line)).toBe(wanted);
});

const program = (scripts: Record<string, string>, name = "start", added: readonly string[] = []) => {
  const json = readPackageJson(JSON.stringify({ scripts }));
  const read = json ? programOf(json, name, added) : "no package.json";
  return typeof read === "string" ? read : [...read.env, ...read.words].join(" ");
};

test.each([
  ["node server.js", "node server.js"],
  ["exec node server.js", "node server.js"],
  ["NODE_ENV=production node .", "NODE_ENV=production node ."],
  ["cross-env NODE_ENV=production node .", "NODE_ENV=production node ."],
  ["node -r 'dotenv/config' dist/main", "node -r dotenv/config dist/main"],
])("%s is one program", (text, wanted) => {
  expect(program({ start: text })).toBe(wanted);
});

test.each([
  ["node a.js && node b.js", /runs more than one command/],
  ["node a.js --port $PORT", /expands a variable/],
  ["node a.js > log", /redirects/],
  ["A='b c' node a.js", /sets a variable/],
])("%s needs a shell", (text, reason) => {
  expect(program({ start: text })).toMatch(reason);
});

test("scripts that start scripts are followed, and no further than they lead", () => {
  expect(program({ start: "npm run serve", serve: "node x.js" })).toBe("node x.js");
  expect(program({ start: "npm run start" })).toMatch(/runs npm/);
  expect(program({ start: "node x.js", prestart: "node y.js" })).toMatch(/runs with prestart/);
  expect(program({})).toBe("package.json has no script start.");
  expect(program({ start: "node x.js" }, "start", ["--port", "80"])).toBe("node x.js --port 80");
});
