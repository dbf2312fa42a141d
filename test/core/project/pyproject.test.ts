import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { admits, closureOf, readPyproject, readPythonLock } from "../../../server/src/core/project/pyproject";

const names = (list: readonly { readonly name: string }[] = []) => list.map(({ name }) => name);

describe("pyproject.toml", () => {
  test("of the standard, with groups", () => {
    const read = readPyproject(
      '[project]\nname = "x"\nrequires-python = ">=3.12"\ndependencies = ["Flask>=3", "a @ https://x"]\nscripts = { run = "x:main" }\n[dependency-groups]\ndev = ["pytest", { include-group = "b" }]\nb = ["ruff"]\n',
      parse,
    );
    expect(names(read?.packages)).toEqual(["flask", "a"]);
    expect(names(read?.development)).toEqual(["pytest", "ruff"]);
    expect([read?.name, read?.python, read?.scripts.get("run")]).toEqual(["x", ">=3.12", "x:main"]);
  });
  test("of poetry's own tables", () => {
    const read = readPyproject(
      '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "^3.11"\nflask = "*"\nlib = { path = "../lib" }\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n',
      parse,
    );
    expect(read?.packages).toEqual([
      { name: "flask", extras: [], elsewhere: false },
      { name: "lib", extras: [], elsewhere: true },
    ]);
    expect([names(read?.development), read?.python]).toEqual([["pytest"], "^3.11"]);
  });
  test.each(["", "project = 1", "[project]\ndependencies = 'x'", "[tool.poetry]\ngroup = 3"])("odd: %s", (text) => {
    expect(readPyproject(text, parse)?.packages).toEqual([]);
  });
  test("broken", () => expect(readPyproject("[[", parse)).toBeUndefined());
});

describe("lock files", () => {
  test("of uv: what each wants, and whether it has a wheel", () => {
    const lock = readPythonLock(
      "uv.lock",
      '[[package]]\nname = "a"\ndependencies = [{ name = "b" }]\nwheels = [{ url = "https://x/a-1-py3-none-any.whl", size = 7 }]\n[[package]]\nname = "b"\nsdist = { url = "https://x/b.tar.gz" }\n[[package]]\nname = "c"\n',
      parse,
    );
    expect(lock?.packages.get("a")).toEqual({ wants: ["b"], hasWheel: true, bytes: 7 });
    expect(lock?.packages.get("b")).toEqual({ wants: [], hasWheel: false, bytes: undefined });
    expect([...closureOf(["a"], lock ?? { packages: new Map() })]).toEqual(["a", "b"]);
  });
  test("of poetry and pipenv", () => {
    const poetry = readPythonLock(
      "poetry.lock",
      '[[package]]\nname = "A"\nfiles = [{ file = "a-1-cp313-cp313-manylinux_2_17_x86_64.whl" }]\n[package.dependencies]\nB = ">=1"\n',
      parse,
    );
    expect(poetry?.packages.get("a")).toEqual({ wants: ["b"], hasWheel: true, bytes: undefined });
    const pipenv = readPythonLock(
      "x/Pipfile.lock",
      '{ "default": { "Flask": {} }, "develop": { "pytest": {} } }',
      parse,
    );
    expect([...(pipenv?.packages.keys() ?? [])]).toEqual(["flask"]);
  });
  test("a wheel for another system does not count", () => {
    const lock = readPythonLock(
      "uv.lock",
      '[[package]]\nname = "a"\nwheels = [{ url = "https://x/a-1-cp313-cp313-win_amd64.whl" }]\n',
      parse,
    );
    expect(lock?.packages.get("a")?.hasWheel).toBe(false);
  });
  test("packages that want each other", () => {
    const lock = readPythonLock(
      "uv.lock",
      '[[package]]\nname = "a"\ndependencies = [{ name = "b" }]\n[[package]]\nname = "b"\ndependencies = [{ name = "a" }]\n',
      parse,
    );
    expect([...closureOf(["a"], lock ?? { packages: new Map() })]).toEqual(["a", "b"]);
  });
  test("broken", () => expect(readPythonLock("Pipfile.lock", "{", parse)).toBeUndefined());
});

test.each([
  [">=3.11", "3.13", true],
  [">=3.11,<4.0", "3.13", true],
  [">=3.14", "3.13", false],
  ["<3.13", "3.13", false],
  ["==3.12.*", "3.13", false],
  ["==3.13.*", "3.13", true],
  ["^3.12", "3.13", true],
  ["~3.12", "3.13", false],
  [">=2.7", "3.13", true],
  ["~=3.11", "3.13", true],
  ["!=3.12", "3.13", undefined],
  ["something", "3.13", undefined],
])("%s admits %s: %s", (requirement, version, answer) => {
  expect(admits(requirement, version)).toBe(answer);
});
