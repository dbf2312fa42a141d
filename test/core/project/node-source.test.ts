import { expect, test } from "vitest";
import { isNodeSource, readNodeSource } from "../../../server/src/core/project/node-source";

const read = (text: string) => {
  const source = readNodeSource(text);
  if (!source) throw new Error("it was not read");
  return source;
};

test("words are names of packages and files, those of types alone aside", () => {
  const { words } = read(`
    import express, { type Request } from "express";
    import type { Pool } from "pg";
    import "./setup.js";
    const { b } = require("@scope/b/lib");
    pino({ transport: { target: "pino-pretty" } });
    const text = "two words";
  `);
  expect([...words]).toEqual(["express", "./setup.js", "@scope/b/lib", "pino-pretty"]);
});

test.each([
  ['fs.writeFileSync("out/a.txt", text)', { path: "out/a.txt", from: "working folder" }],
  ['await mkdir(path.join(__dirname, "..", "data"))', { path: "../data", from: "source" }],
  ['createWriteStream(join(process.cwd(), "log"))', { path: "log", from: "working folder" }],
  ['copyFileSync(from, "/srv/copy")', { path: "/srv/copy", from: "working folder" }],
  [
    'const file = join(process.env.DATA_DIR, "x.json");\nwriteFile(file, text)',
    { path: "x.json", from: { name: "DATA_DIR", otherwise: undefined } },
  ],
  ['const dir = process.env.DIR || "/data";\nmkdirSync(dir)', { path: "", from: { name: "DIR", otherwise: "/data" } }],
  ["writeFileSync(where, text)", undefined],
  ['let a = "x";\nlet a = "y";\nwriteFileSync(a, text)', undefined],
])("%s writes there", (text, path) => {
  expect(read(text).writes).toEqual([path]);
});

test("calls of the same names on other things are no programs that are started", () => {
  expect(read('const m = /x/.exec("y"); pattern.exec(text)').starts).toEqual([]);
});

test.each([
  [
    'import { execSync } from "child_process"; execSync("git rev-parse HEAD")',
    { command: "git rev-parse HEAD", isNode: false, shell: true },
  ],
  [
    'const { spawn } = require("node:child_process"); spawn("bc", ["-l"])',
    { command: "bc", isNode: false, shell: false },
  ],
  [
    'const cp = require("child_process"); cp.spawn(process.execPath, ["x.js"])',
    { command: undefined, isNode: true, shell: false },
  ],
  [
    'import { fork } from "node:child_process"; fork("./worker.js")',
    { command: "./worker.js", isNode: true, shell: false },
  ],
  [
    'import { spawn } from "child_process"; spawn(tool, args, { shell: true })',
    { command: undefined, isNode: false, shell: true },
  ],
])("%s", (text, started) => {
  expect(read(text).starts.map(({ by: _, ...rest }) => rest)).toEqual([started]);
});

test("what is taken in without its name leaves open what else is", () => {
  expect(read('require("./a"); await import("b")').isOpen).toBe(false);
  expect(read("require(path)").isOpen).toBe(true);
  expect(read("await import(`./${name}.js`)").isOpen).toBe(true);
});

test("the variables that npm sets", () => {
  expect(read("console.log(process.env.npm_package_version)").npmVariables).toEqual(["npm_package_version"]);
});

test.each([
  ["src/index.ts", true],
  ["bin/www", true],
  ["types/a.d.ts", false],
  ["public/vendor.min.js", false],
  ["node_modules/a/index.js", false],
  ["src/a.test.ts", false],
  ["tests/a.js", false],
  ["README.md", false],
])("%s is a source: %s", (path, is) => {
  expect(isNodeSource(path)).toBe(is);
});
