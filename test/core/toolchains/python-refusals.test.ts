import { describe, expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** What a Python program cannot ship on, and what is said of it: one sentence with the next best thing. */
const { refuses, offer } = testRecipe("split-build-stage");

const APP = "#- app.py\nimport flask\n";
const file = (base: string, lines: readonly string[], start: string, files: string) =>
  `${[`FROM ${base}`, "WORKDIR /app", "COPY . .", ...lines, start].join("\n")}\n${files}`;
const START = 'CMD ["python", "app.py"]';
const flask = ["RUN pip install flask"];

describe("distroless", () => {
  const refused = (
    name: string,
    base: string,
    lines: readonly string[],
    start: string,
    files: string,
    reason: RegExp,
  ) => refuses(name, "distroless", file(base, lines, start, files), reason);
  refused("another version", "python:3.12", flask, START, APP, /Python 3\.13 alone.*3\.12: python:3\.12-slim/);
  refused("the latest", "python", flask, START, APP, /not said by its tag/);
  refused("Alpine", "python:3.13-alpine", flask, START, APP, /C library of python:3\.13-alpine/);
  refused("two commands", "python:3.13", flask, "CMD python m.py && python app.py", APP, /needs a shell/);
  refused(
    "a script",
    "python:3.13",
    flask,
    'ENTRYPOINT ["./run.sh"]',
    `${APP}#- run.sh\nexec python app.py\n`,
    /script of the shell/,
  );
  refused(
    "a script of a package that is not known",
    "python:3.13",
    flask,
    'CMD ["myworker"]',
    APP,
    /module `myworker` runs is not known/,
  );
  refused(
    "no such file",
    "python:3.13",
    flask,
    'CMD ["python", "main.py"]',
    APP,
    /main\.py, which the program starts with/,
  );
  refused("in /", "python:3.13", ["WORKDIR /"], 'CMD ["python", "app.py"]', APP, /lies in \//);
  refused("the user's own folder", "python:3.13", ["USER 1000", ...flask], START, APP, /above the USER line/);
  refused(
    "a tool that brings Python",
    "python:3.13",
    ["RUN pyenv install 3.13", ...flask],
    START,
    APP,
    /pyenv brings a Python of its own/,
  );
  refused(
    "an environment that nothing makes",
    "python:3.13",
    flask,
    'CMD ["/venv/bin/python", "app.py"]',
    APP,
    /What stands in the environment \/venv/,
  );
  refused(
    "libraries by a variable",
    "python:3.13",
    ["ENV LD_LIBRARY_PATH=/opt/lib", ...flask],
    START,
    APP,
    /ENV LD_LIBRARY_PATH/,
  );
  refused(
    "code that starts a program",
    "python:3.13",
    flask,
    `CMD ["python", "-c", "import os; os.system('ls')"]`,
    APP,
    /behind -c/,
  );
  refuses(
    "packages of another version, from another stage",
    "distroless",
    `FROM python:3.14 AS b\n${flask[0]}\n${file("python:3.13", ["COPY --from=b /usr/local/lib/python3.14/site-packages /usr/local/lib/python3.13/site-packages"], START, APP)}`,
    /installed for Python 3\.14, and the program is run by 3\.13/,
  );
  const source = (text: string, reason: RegExp) =>
    refused(text, "python:3.13", flask, START, `#- app.py\n${text}\n`, reason);
  source(
    "import subprocess\nsubprocess.run(['git', 'log'])",
    /app\.py starts another program \(subprocess\.run\).*slim/,
  );
  source("from os import system\nsystem('ls')", /os\.system/);
  source("import shutil\nshutil.which('git')", /shutil\.which/);
  source("from ctypes.util import find_library\nfind_library('z')", /loads a library of the system/);
  source("import tkinter", /app\.py imports tkinter/);
  const needing = (name: string, reason: RegExp) =>
    refused(name, "python:3.13", [`RUN pip install '${name}'`], START, APP, reason);
  needing("psycopg2==2.9", /psycopg2 needs libpq/);
  needing("psycopg", /psycopg needs libpq/);
  needing("opencv-python", /libGL/);
  needing("GitPython", /gitpython needs the program git/);
  needing("playwright", /of a browser/);
  needing("supervisor", /supervisor starts other programs/);
  refused(
    "packages that pip compiles against a library",
    "python:3.13",
    ["RUN apt-get update && apt-get install -y libxmlsec1-dev", ...flask],
    START,
    APP,
    /libxmlsec1.* is installed in the stage/,
  );
  refused(
    "a list that was not seen",
    "python:3.13",
    ["RUN pip install -r list.txt"],
    START,
    APP,
    /list of the packages was not seen/,
  );
  refuses(
    "a folder that was not seen",
    "distroless",
    file("python:3.13", flask, START, ""),
    /cannot be told without its folder/,
  );

  test.each([
    ["psycopg[binary]", "a package with its library"],
    ["psycopg psycopg-binary", "the same by its own name"],
    ["psycopg2-binary", "another package"],
  ])("%s: %s", (names) => {
    expect(offer(file("python:3.13", [`RUN pip install ${names}`], START, APP), "distroless").target).toBe(
      "distroless",
    );
  });
  test.each([
    "import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'x'])",
    "# subprocess.run('x')\ns = 'os.system'",
  ])("it starts itself alone: %s", (text) => {
    const source = file("python:3.13", flask, START, `#- app.py\n${text}\n`);
    expect(offer(source, "distroless").target).toBe("distroless");
  });
  test("what tests do is no part of the program", () => {
    const files = `${APP}#- tests/test_app.py\nimport subprocess\nsubprocess.run(['git'])\n`;
    expect(offer(file("python:3.13", flask, START, files), "distroless").target).toBe("distroless");
  });
  test("libraries that distroless has may be compiled against", () => {
    const lines = ["RUN apt-get update && apt-get install -y gcc libffi-dev libssl-dev", ...flask];
    expect(offer(file("python:3.13", lines, START, APP), "distroless").target).toBe("distroless");
  });
});

describe("slim", () => {
  const refused = (
    name: string,
    base: string,
    lines: readonly string[],
    start: string,
    files: string,
    reason: RegExp,
  ) => refuses(name, "slim", file(base, lines, start, files), reason);
  refused("it is that already", "python:3.12-slim", flask, START, APP, /stands on python:3\.12-slim already/);
  refused("Alpine has none", "python:3.12-alpine", flask, START, APP, /no slim image of the same C library/);
  refused(
    "a program that only the whole image has",
    "python:3.12",
    flask,
    START,
    "#- app.py\nimport subprocess\nsubprocess.run('hg log', shell=True)\n",
    /starts hg, which python:3\.12-slim has not; installed by name/,
  );
  refused(
    "one that is not named",
    "python:3.12",
    flask,
    START,
    "#- app.py\nimport subprocess\nsubprocess.run(cmd)\n",
    /which one cannot be told/,
  );
  refused("one at the start", "python:3.12", flask, "CMD svn info && python app.py", APP, /starts svn/);
  refused(
    "one in a script",
    "python:3.12",
    flask,
    'ENTRYPOINT ["./run.sh"]',
    `${APP}#- run.sh\nset -e\ngcc -o a a.c && exec python app.py\n`,
    /starts gcc/,
  );
  refused(
    "uv at the start",
    "python:3.12",
    ["RUN pip install uv", ...flask],
    "CMD uv run a && uv run b",
    APP,
    /uv is called at the start/,
  );
  refused(
    "uv with options of its own",
    "python:3.12",
    flask,
    'CMD ["uv", "run", "--with", "x", "python", "app.py"]',
    APP,
    /uv is called/,
  );
  refused("a script that was not seen", "python:3.12", flask, 'ENTRYPOINT ["./run.sh"]', APP, /What the script calls/);

  const packages = (source: string) =>
    offer(source, "slim")
      .change()
      .edits.map(({ text }) => text)
      .join("");
  test("what is installed by name comes along", () => {
    const lines = ["RUN apt-get update && apt-get install -y ffmpeg", ...flask];
    const text = "#- app.py\nimport subprocess\nsubprocess.run(['ffmpeg', '-h'])\n";
    expect(packages(file("python:3.12", lines, START, text))).toContain("apt-get install -y ffmpeg");
  });
  test("what the whole image has of usual tools is installed", () => {
    const text = "#- app.py\nimport subprocess\nsubprocess.run(['git', 'log'])\n";
    const added = packages(file("python:3.12", flask, "CMD curl -s http://x && python app.py", text));
    expect(added).toContain("apt-get install -y --no-install-recommends ca-certificates curl git openssh-client ");
  });
  test("the library that a package wants is installed", () => {
    expect(packages(file("python:3.12", ["RUN pip install psycopg2"], START, APP))).toContain(" libpq5 ");
  });
  test("a script of the shell, with all scripts of packages", () => {
    const files = `${APP}#- entrypoint.sh\n#!/bin/sh\nset -e\npython manage.py migrate\nexec "$@"\n`;
    const start = 'ENTRYPOINT ["/app/entrypoint.sh"]\nCMD ["gunicorn", "app:app"]';
    expect(packages(file("python:3.12", flask, start, files))).toContain(
      "COPY --from=build /usr/local/bin /usr/local/bin",
    );
  });
  test("without a folder, and that is said", () => {
    expect(offer(file("python:3.12", flask, START, ""), "slim").assumes[0]).toMatch(/folder was not seen/);
  });
});

refuses(
  "an environment that is on PATH, and that nothing makes",
  "slim",
  file("python:3.13", ["ENV PATH=/opt/venv/bin:$PATH", ...flask], "CMD java -jar x.jar $A", APP),
  /PATH names the environment \/opt\/venv, which no step makes/,
);
refuses("chainguard's only version floats", "chainguard", file("python:3.13", flask, START, APP), /moves on/);
refuses(
  "the system's own Python",
  "distroless",
  file("debian:trixie", ["RUN apt-get install -y python3-flask"], 'CMD ["python3", "app.py"]', APP),
  /run by the Python of debian:trixie/,
);
