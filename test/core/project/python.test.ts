import { describe, expect, test } from "vitest";
import { type PythonValue, readPythonSource } from "../../../server/src/core/project/python";

const calls = (text: string) =>
  readPythonSource(text).calls.map(({ name, first, second, named }) =>
    [name, shown(first), shown(second), ...[...named].map(([key, value]) => `${key}=${shown(value)}`)]
      .filter((each) => each !== "-")
      .join(" "),
  );

function shown({ text, name, given, fromEnvironment }: PythonValue): string {
  if (!given) return "-";
  return text !== undefined ? `"${text}"` : (name ?? (fromEnvironment ? "environment" : "?"));
}

describe("calls", () => {
  test("are known by the names of their imports", () => {
    expect(calls('import subprocess\nsubprocess.run(["git", "log"], check=True)')).toEqual([
      'subprocess.run "git" check=True',
    ]);
    expect(calls("import subprocess as sp\nsp.Popen(cmd)")).toEqual(["subprocess.Popen cmd"]);
    expect(calls('from os import system as s, path\ns("ls")')).toEqual(['os.system "ls"']);
    expect(calls('from subprocess import (\n  run,  # one\n  PIPE,\n)\nrun("x", shell=True)')).toEqual([
      'subprocess.run "x" shell=True',
    ]);
    expect(calls("import subprocess, sys\nsubprocess.run([sys.executable, x])")).toEqual([
      "subprocess.run sys.executable",
    ]);
  });
  test("in strings and comments are none", () => {
    expect(calls('import os\n# os.system("a")\ns = """\nos.system("b")\n"""\nt = \'os.system("c")\'')).toEqual([]);
  });
  test("of methods are known by their own name", () => {
    expect(calls('Path("a").write_text("x")\nself.out.mkdir()')).toEqual(['.write_text "x"', ".mkdir"]);
  });
  test("that open files say how", () => {
    expect(calls('open("a.txt", "w")\nopen(os.environ["X"] + "/y", mode="a")\nopen(f"{a}.txt")')).toEqual([
      'open "a.txt" "w"',
      'open environment mode="a"',
      "open ?",
    ]);
  });
});

test("imports are those of other modules", () => {
  expect(
    readPythonSource("import os.path, flask as f\nfrom . import a\nfrom .b import c\nfrom x.y import z").imports,
  ).toEqual(["os.path", "flask", "x.y"]);
  expect(readPythonSource('if a: import b\nx = "import c"').imports).toEqual(["b"]);
});

test("what sets the path of modules", () => {
  expect(readPythonSource("import sys\nsys.path.insert(0, 'x')").setsPath).toBe(true);
  expect(readPythonSource("from sys import path\n# sys.path").setsPath).toBe(false);
  expect(readPythonSource("import site\nsite.addsitedir('x')").setsPath).toBe(true);
});

test("where files are kept", () => {
  expect(readPythonSource('MEDIA_ROOT = BASE_DIR / "media"\nNAME = BASE_DIR / "db.sqlite3"').stores).toEqual([
    "MEDIA_ROOT",
    "db.sqlite3",
  ]);
  expect(readPythonSource('app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///x.db"').stores).toEqual([
    "sqlite:///x.db",
  ]);
});

test("a long, broken or hostile file takes no longer than its length", () => {
  for (const text of [
    "(".repeat(200_000),
    '"'.repeat(200_001),
    "open(".repeat(60_000),
    "import a,".repeat(40_000),
    "a.".repeat(200_000),
    "\\".repeat(99_999),
  ]) {
    const start = performance.now();
    readPythonSource(text);
    expect(performance.now() - start).toBeLessThan(1_000);
  }
});
