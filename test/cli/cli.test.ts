import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rules } from "../../server/src/core";
import { CALCULATOR, CASES, caseOf } from "../cases/cases";
import { ballast } from "../kit/cli";

/** No engine answers there: what needs none has to work all the same. */
const NO_ENGINE = { DOCKER_HOST: "unix:///nowhere/docker.sock" };

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-cli-"));
  writeFileSync(at("Dockerfile"), caseOf(3).dockerfile);
  writeFileSync(at("calculator.go"), CALCULATOR);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("check", () => {
  test("--format json says what section 9 of the design promises", () => {
    const { status, stdout, stderr } = ballast(["check", at("Dockerfile"), "--format", "json"], { env: NO_ENGINE });
    expect([status, stderr]).toEqual([1, ""]);
    const report = JSON.parse(stdout);
    const [file] = report.files;
    expect([report.version, report.files.length, file.path]).toEqual([1, 1, at("Dockerfile")]);
    expect(file.stages).toEqual([{ name: "build", base: "ubuntu", shipped: true }]);
    expect(file.size).toMatchObject({ kind: "unpacked", source: "estimate", platform: "linux/amd64" });
    expect(file.findings.map((finding: { rule: string; range: object }) => [finding.rule, finding.range])).toEqual([
      ["bloated-base-image", { start: { line: 0, character: 5 }, end: { line: 0, character: 11 } }],
      ["root-user", { start: { line: 0, character: 5 }, end: { line: 0, character: 11 } }],
      ["floating-tag", { start: { line: 0, character: 5 }, end: { line: 0, character: 11 } }],
      ["apt-lists-kept", { start: { line: 1, character: 4 }, end: { line: 1, character: 18 } }],
      ["build-tools-shipped", { start: { line: 1, character: 22 }, end: { line: 1, character: 37 } }],
      ["apt-recommends-installed", { start: { line: 1, character: 22 }, end: { line: 1, character: 37 } }],
      ["missing-build-stage", { start: { line: 5, character: 18 }, end: { line: 5, character: 36 } }],
    ]);
    const [bloated, missing] = [file.findings.at(0), file.findings.at(-1)];
    expect(missing).toMatchObject({
      severity: "warning",
      confidence: "certain",
      url: "docs/rules/missing-build-stage.md",
    });
    expect(missing.related.map((each: { range: { start: object } }) => each.range.start)).toEqual([
      { line: 0, character: 5 },
      { line: 6, character: 12 },
    ]);
    expect(missing.fixes).toEqual(bloated.fixes);
    expect(
      missing.fixes.map((fix: { recipe: string; target: string; safety: string }) => [
        fix.recipe,
        fix.target,
        fix.safety,
      ]),
    ).toEqual([
      ["split-build-stage", "distroless", "review"],
      ["split-build-stage", "scratch", "review"],
    ]);
  });

  test("a file that cannot be read does not hide the others", () => {
    writeFileSync(at("binary"), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]));
    const { status, stdout, stderr } = ballast([
      "check",
      at("binary"),
      at("nowhere"),
      folder,
      at("Dockerfile"),
      "--format",
      "json",
    ]);
    expect(status).toBe(2);
    expect(stderr).toBe(`${at("binary")}: a binary file, not a Dockerfile\n${at("nowhere")}: no such file\n`);
    expect(
      JSON.parse(stdout).files.map(
        (file: { error?: string; findings: unknown[] }) => file.error ?? file.findings.length,
      ),
    ).toEqual([`${at("binary")}: a binary file, not a Dockerfile`, `${at("nowhere")}: no such file`, 7, 7]);
  });

  test.each([
    ["error", 0],
    ["warning", 1],
    ["info", 1],
    ["never", 0],
  ])("--fail-on %s exits %i", (level, code) => {
    expect(ballast(["check", at("Dockerfile"), "--fail-on", level]).status).toBe(code);
  });

  test("text says line, severity, rule and fixes", () => {
    const { stdout } = ballast(["check", "Dockerfile"], { cwd: folder });
    expect(stdout).toMatch(/^Dockerfile {2}image ≈ .* \(estimate\)\n/);
    expect(stdout).toMatch(
      /\n {2}6:19 {2}warning {2}.* {2}missing-build-stage\n {6}fix {2}Build in its own stage, ship on distroless static \(≈ .+ → ≈ .+\)\n/,
    );
    expect(stdout).toMatch(/\n6 warnings, 1 info in 1 file\.\n$/);
  });

  test("standard input has a name if it is given one", () => {
    const { status, stdout } = ballast(["check", "-", "--stdin-filename", "x/Dockerfile", "--format", "json"], {
      input: caseOf(11).dockerfile,
    });
    const [{ path, findings }] = JSON.parse(stdout).files;
    expect([status, path, findings.map(({ rule }: { rule: string }) => rule)]).toEqual([
      0,
      "x/Dockerfile",
      ["unstripped-binary", "root-user"],
    ]);
  });

  test.each(CASES.map(({ number, dockerfile }) => [number, dockerfile] as const))(
    "case %i is answered",
    (_number, dockerfile) => {
      const { status, stdout } = ballast(["check", "-", "--format", "json"], { input: dockerfile });
      expect([0, 1]).toContain(status);
      expect(JSON.parse(stdout).files[0].error).toBeUndefined();
    },
  );

  test("the first line of a started script is read in the folder, where nothing is built too", () => {
    const own = mkdtempSync(join(tmpdir(), "ballast-script-"));
    try {
      writeFileSync(
        join(own, "Dockerfile"),
        'FROM debian:trixie-slim\nCOPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]\n',
      );
      writeFileSync(join(own, "entrypoint.sh"), "#!/bin/sh\r\necho hello\r\n");
      const { stdout } = ballast(["check", join(own, "Dockerfile"), "--format", "json"], { env: NO_ENGINE });
      const found = JSON.parse(stdout).files[0].findings.map((each: { rule: string }) => each.rule);
      expect(found).toContain("interpreter-mismatch");
    } finally {
      rmSync(own, { recursive: true });
    }
  });

  test("what BuildKit would reject is a finding", () => {
    const { status, stdout } = ballast(["check", "-", "--format", "json"], { input: "FROM alpine\nRUM echo\n" });
    const { findings } = JSON.parse(stdout).files[0];
    expect([status, findings.find(({ rule }: { rule: string }) => rule === "invalid-syntax")]).toMatchObject([
      1,
      { rule: "invalid-syntax", severity: "error", message: "unknown instruction: RUM (did you mean RUN?)" },
    ]);
  });
});

describe("fix", () => {
  test("prints a diff that git applies, and a second run has nothing to do", () => {
    const own = mkdtempSync(join(tmpdir(), "ballast-fix-"));
    writeFileSync(join(own, "Dockerfile"), caseOf(2).dockerfile);
    writeFileSync(join(own, "calculator.go"), CALCULATOR);
    const { status, stdout, stderr } = ballast(
      ["fix", "Dockerfile", "--recipe", "split-build-stage", "--target", "scratch"],
      { cwd: own, env: NO_ENGINE },
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^Build in its own stage, ship on scratch .*\n {2}- names the stage build\n {2}- sets CGO_ENABLED=0\n/,
    );
    execFileSync("git", ["apply", "-"], { cwd: own, input: stdout });
    const fixed = readFileSync(join(own, "Dockerfile"), "utf8");
    expect(fixed).toBe(
      ballast(
        [
          "fix",
          "-",
          "--stdin-filename",
          join(own, "Dockerfile"),
          "--recipe",
          "split-build-stage",
          "--target",
          "scratch",
          "--stdout",
        ],
        { input: caseOf(2).dockerfile },
      ).stdout,
    );
    expect(ballast(["fix", "Dockerfile", "--recipe", "split-build-stage", "--write"], { cwd: own }).status).toBe(1);
    expect(readFileSync(join(own, "Dockerfile"), "utf8")).toBe(fixed);
    rmSync(own, { recursive: true });
  });

  test("a refusal is exit 1 with its reason on standard error", () => {
    const { status, stdout, stderr } = ballast(["fix", "-", "--recipe", "split-build-stage"], {
      input: caseOf(6).dockerfile,
    });
    expect([status, stdout, stderr]).toEqual([
      1,
      "",
      "The image starts a shell for whoever runs it, who wants its tools: there is no program that could ship alone.\n",
    ]);
  });

  test("without more it applies the safe fixes, of which there may be none", () => {
    const fix = (input: string, ...more: readonly string[]) => ballast(["fix", "-", ...more], { input });
    const said = "No fix is safe to make unasked; --recipe split-build-stage rewrites the file.\n";
    expect(fix(caseOf(3).dockerfile, "--rule", "missing-build-stage")).toEqual({ status: 0, stdout: "", stderr: said });
    const look = "No fix is safe to make unasked; `ballast check` lists those that want a look.\n";
    expect(fix("FROM ubuntu\nUSER 1\n")).toEqual({ status: 0, stdout: "", stderr: look });
    expect(fix("FROM scratch\n")).toEqual({ status: 0, stdout: "", stderr: "There is nothing to fix.\n" });
  });

  test("the safe fixes are made together, and a second run has nothing to do", () => {
    const run = "RUN apt-get update && apt-get install -y curl";
    const input = `FROM ubuntu:26.04\n${run}\n${run} git\nCMD ["bash"]\n`;
    const lists = " && rm -rf /var/lib/apt/lists/*";
    const once = ballast(["fix", "-", "--stdout"], { input });
    expect([once.status, once.stdout]).toEqual([
      0,
      `FROM ubuntu:26.04\n${run}${lists}\n${run} git${lists}\nCMD ["bash"]\n`,
    ]);
    expect(once.stderr).toMatch(/^Remove the package lists at the end of this RUN\n/);
    expect(ballast(["fix", "-", "--stdout"], { input: once.stdout }).stdout).toBe(once.stdout);
    expect(ballast(["fix", "-", "--rule", "floating-tag", "--stdout"], { input }).stdout).toBe(input);
  });

  test.skipIf(process.platform !== "linux" || process.getuid?.() !== 0)(
    "a full disk is one clear line, and the old file is still there",
    () => {
      const own = mkdtempSync(join(tmpdir(), "ballast-full-"));
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=8k", "tmpfs", own]);
      try {
        writeFileSync(join(own, "Dockerfile"), caseOf(3).dockerfile);
        writeFileSync(join(own, "filler"), "x".repeat(4096));
        const { status, stderr } = ballast([
          "fix",
          join(own, "Dockerfile"),
          "--recipe",
          "split-build-stage",
          "--write",
        ]);
        expect([status, stderr.trim().split("\n").at(-1)]).toEqual([
          2,
          `ballast: ${join(own, "Dockerfile")}: cannot be written: no space left on the disk`,
        ]);
        expect(readFileSync(join(own, "Dockerfile"), "utf8")).toBe(caseOf(3).dockerfile);
      } finally {
        execFileSync("umount", [own]);
        rmSync(own, { recursive: true, force: true });
      }
    },
  );

  test.skipIf(process.platform === "win32")("a folder that is read-only is one clear line", () => {
    const own = mkdtempSync(join(tmpdir(), "ballast-readonly-"));
    const mounted = join(own, "mnt");
    mkdirSync(mounted);
    writeFileSync(join(own, "Dockerfile"), caseOf(3).dockerfile);
    // Root may write anywhere but to a file system that is mounted read-only; others are stopped by the mode.
    const asRoot = process.getuid?.() === 0;
    if (asRoot) execFileSync("mount", ["-t", "tmpfs", "tmpfs", mounted]);
    writeFileSync(join(mounted, "Dockerfile"), caseOf(3).dockerfile);
    if (asRoot) execFileSync("mount", ["-o", "remount,ro", mounted]);
    else for (const path of [join(mounted, "Dockerfile"), mounted]) chmodSync(path, 0o555);
    try {
      const { status, stderr } = ballast([
        "fix",
        join(mounted, "Dockerfile"),
        "--recipe",
        "split-build-stage",
        "--write",
      ]);
      expect([status, stderr.trim().split("\n").at(-1)]).toEqual([
        2,
        `ballast: ${join(mounted, "Dockerfile")}: cannot be written: ${asRoot ? "the folder is read-only" : "permission denied"}`,
      ]);
    } finally {
      if (asRoot) execFileSync("umount", [mounted]);
      rmSync(own, { recursive: true, force: true });
    }
  });
});

describe("size and explain", () => {
  test("size of a file is an estimate with its layers, without an engine", () => {
    const { status, stdout } = ballast(["size", at("Dockerfile"), "--format", "json"], { env: NO_ENGINE });
    const { version, size, layers } = JSON.parse(stdout);
    expect([status, version, size.source]).toEqual([0, 1, "estimate"]);
    expect(
      layers.map((layer: { line: number; instruction: string }) => [layer.line, layer.instruction.split(" ", 1)[0]]),
    ).toEqual([
      [1, "FROM"],
      [2, "RUN"],
      [5, "COPY"],
      [6, "RUN"],
    ]);
    expect(size.bytes).toBe(
      layers.reduce((sum: number, layer: { size: { bytes: number } }) => sum + layer.size.bytes, 0),
    );
  });

  test("explain prints the rule's docs", () => {
    const { status, stdout } = ballast(["explain", "missing-build-stage"]);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^missing-build-stage \(size, warning\): .*\n\nThe stage that is shipped compiles/),
    ]);
  });
});

describe("wrong use and no engine", () => {
  test.each([
    [["frobnicate"], "unknown command frobnicate; ballast help lists them"],
    [["check", "--format", "xml"], "--format xml: it is one of text, json"],
    [["fix"], "usage: ballast fix FILE [--recipe ID] [--target T] [--rule ID] [--write|--diff|--stdout]"],
    [["fix", "x", "--recipe", "none"], "x: no such file"],
    [["explain", "nothing"], `rule nothing: it is one of ${rules.map(({ id }) => id).join(", ")}`],
    [["size", "-", "--bogus"], "Unknown option '--bogus'"],
    [["build", "-"], "a Dockerfile from standard input needs --context (or --stdin-filename)"],
  ])("%j is exit 2 and one line", (args, message) => {
    expect(ballast(args)).toEqual({ status: 2, stdout: "", stderr: `ballast: ${message}\n` });
  });

  test("an unknown recipe and target are listed", () => {
    expect(ballast(["fix", at("Dockerfile"), "--recipe", "none"]).stderr).toBe(
      "ballast: --recipe none: it is one of split-build-stage, slim-final-stage\n",
    );
    expect(ballast(["fix", at("Dockerfile"), "--recipe", "split-build-stage", "--target", "moon"]).stderr).toBe(
      "ballast: --target moon: it is one of distroless, slim, scratch, chainguard, jlink\n",
    );
  });

  test.each(["build", "compare"])("%s without an engine is exit 3 and one sentence", (command) => {
    const { status, stdout, stderr } = ballast([command, at("Dockerfile")], { env: NO_ENGINE });
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr.trim().split("\n").at(-1)).toMatch(/^ballast: .*\/nowhere\/docker\.sock.*\.$/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("help is not an error", () => {
    expect(ballast(["--help"])).toMatchObject({ status: 0, stdout: expect.stringContaining("ballast check [PATH…]") });
    expect(ballast([]).status).toBe(2);
  });
});
