import { expect, test } from "vitest";
import { readNodeLock } from "../../../server/src/core/project/node-lock";

test("package-lock.json tells what ships, what runs a script and what is for one C library", () => {
  const lock = readNodeLock(
    "package-lock.json",
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        "": { dependencies: { bcrypt: "5", sharp: "0.33" } },
        "packages/api": { name: "api" },
        "node_modules/api": { link: true },
        "node_modules/bcrypt": { hasInstallScript: true },
        "node_modules/@img/sharp-linux-x64": { libc: ["glibc"], optional: true },
        "node_modules/a/node_modules/b": {},
        "node_modules/eslint": { dev: true, hasInstallScript: true },
      },
    }),
  );
  expect([...(lock?.names ?? [])]).toEqual(["bcrypt", "@img/sharp-linux-x64", "b"]);
  expect([...(lock?.scripted ?? [])]).toEqual(["bcrypt"]);
  expect([...(lock?.bound ?? [])]).toEqual(["@img/sharp-linux-x64"]);
});

test("yarn.lock and pnpm-lock.yaml tell names alone", () => {
  const yarn = readNodeLock("yarn.lock", '"@a/b@^1.0.0":\n  version "1"\n\nkoa@3.1.1, koa@^3:\n  version "3.1.1"\n');
  expect([...(yarn?.names ?? [])]).toEqual(["@a/b", "koa"]);
  expect(yarn?.scripted).toBeUndefined();
  const pnpm = readNodeLock(
    "pnpm-lock.yaml",
    "packages:\n\n  '@a/b@1.0.0':\n    resolution: {}\n\n  /koa@3.1.1:\n    dev: false\n",
  );
  expect([...(pnpm?.names ?? [])]).toEqual(["@a/b", "koa"]);
});

test.each([
  ["of version 1", '{ "lockfileVersion": 1, "dependencies": { "a": {} } }'],
  ["that is broken", "{"],
  ["that is a list", "[]"],
])("a package-lock.json %s tells nothing", (_, text) => {
  expect(readNodeLock("package-lock.json", text)).toBeUndefined();
});
