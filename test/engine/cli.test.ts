import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { ballast } from "../kit/cli";
import { describeOnEngine } from "../kit/engine";

const folder = mkdtempSync(join(tmpdir(), "ballast-engine-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file below the folder of these tests. */
function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const docker = (...args: string[]) => execFileSync("docker", args, { encoding: "utf8" });
const MINUTES = 60_000;

await describeOnEngine("the command line on the engine", () => {
  describe("build", () => {
    test("says what each line weighs, to the byte", { timeout: 3 * MINUTES }, () => {
      const text =
        'FROM busybox\nENV A=1\nRUN head -c 1000 /dev/zero > /a\nWORKDIR /w\nCOPY Dockerfile.layers /b\nCMD ["true"]\n';
      const path = file("Dockerfile.layers", text);
      const { status, stdout, stderr } = ballast(["build", path, "--tag", "ballast-test:layers", "--format", "json"]);
      expect(status, stderr).toBe(0);
      const report = JSON.parse(stdout);
      const bytes = (line: number) => report.layers.find((layer: { line: number }) => layer.line === line).size.bytes;
      expect([bytes(2), bytes(3), bytes(6)]).toEqual([0, 1000, 0]);
      expect(bytes(5)).toBe(text.length);
      expect(report).toMatchObject({
        version: 1,
        size: { kind: "unpacked", source: "measured", platform: "linux/amd64" },
      });
      const size = (name: string) => JSON.parse(ballast(["size", name, "--format", "json"]).stdout).size;
      expect(report.size.bytes).toBe(size("busybox").bytes + 1000 + text.length);
      expect(size("ballast-test:layers")).toEqual(report.size);
      docker("image", "rm", "ballast-test:layers");
    });

    test.each([
      [
        "the first of two identical lines",
        "FROM busybox\nRUN test -e /once && touch /twice\nRUN test -e /once && touch /twice\n",
        2,
      ],
      [
        "the second of two identical lines",
        "FROM busybox\nRUN test ! -e /once && touch /once\nRUN test ! -e /once && touch /once\n",
        3,
      ],
      [
        "a RUN of several lines",
        "FROM busybox\nENV A=1\n# a comment\nRUN true && \\\n  # another\n  echo before && \\\n  false\nRUN true\n",
        4,
      ],
      [
        "a stage without a name",
        "FROM busybox AS a\nRUN true\nFROM busybox\nCOPY --from=a /bin/busybox /x\nRUN exit 7\n",
        5,
      ],
      ["a COPY of what is not there", "FROM busybox\nRUN true\nCOPY nothing-of-the-kind /x\n", 3],
      ["a line that BuildKit cannot read", "FROM busybox\nRUM true\n", 2],
    ])("a failing step leads to its line: %s", { timeout: 3 * MINUTES }, (_name, text, line) => {
      const { status, stdout } = ballast(["build", file("Dockerfile.failing", text), "--format", "json"]);
      const { failed, image } = JSON.parse(stdout);
      expect([status, image, failed.line], failed.message).toEqual([3, null, line]);
      expect(failed.message).toMatch(/\S/);
      expect(failed.message).not.toContain("\n");
    });

    test("--build-arg, --stage, --network and --platform mean what they mean to docker build", {
      timeout: 3 * MINUTES,
    }, () => {
      const path = file(
        "Dockerfile.options",
        "FROM busybox AS first\nARG WHAT=nothing\nRUN echo said $WHAT && ! ip route | grep -q default\nFROM first\nRUN false\n",
      );
      const { status, stderr } = ballast([
        "build",
        path,
        "--stage",
        "first",
        "--build-arg",
        "WHAT=this",
        "--network",
        "none",
        "--platform",
        "linux/amd64",
      ]);
      expect(status, stderr).toBe(0);
      expect(stderr).toContain("said this");
    });

    test("Ctrl+C ends it: five seconds later no container, no step and no process is left", {
      timeout: 3 * MINUTES,
    }, async () => {
      const path = file("Dockerfile.sleeping", "FROM busybox\nRUN echo begun && sleep 351\n");
      const running = spawn(process.execPath, ["dist/cli.js", "build", path], { stdio: ["ignore", "ignore", "pipe"] });
      let log = "";
      running.stderr.on("data", (chunk) => {
        log += chunk;
      });
      const ended = new Promise<number | null>((resolve) => running.on("close", resolve));
      while (!log.includes("begun\n")) await sleep(100);
      running.kill("SIGINT");
      expect(await ended).toBe(3);
      expect(log.trim().split("\n").at(-1)).toBe("ballast: cancelled");
      await sleep(5000);
      expect(execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })).not.toMatch(/^sleep 351$/m);
      expect(docker("ps", "-aq", "--filter", "status=running")).not.toContain("sleep 351");
    });
  });

  describe("compare", () => {
    const compare = (before: string, after: string, ...args: string[]) => {
      const first = file("Dockerfile.before", before);
      const { status, stdout, stderr } = ballast([
        "compare",
        file("Dockerfile.after", after),
        "--before",
        first,
        "--format",
        "json",
        ...args,
      ]);
      return { status, stderr, report: stdout === "" ? undefined : JSON.parse(stdout) };
    };
    const input = file("input", "hello\n");

    test("two programs that differ on one input are different, and how is said", { timeout: 3 * MINUTES }, () => {
      const { status, report } = compare(
        'FROM busybox\nCMD ["cat"]\n',
        'FROM busybox\nCMD ["tr", "l", "L"]\n',
        "--stdin",
        input,
      );
      expect([status, report.behaviour.same, report.behaviour.why]).toEqual([
        1,
        false,
        "They differ in standard output.",
      ]);
      expect(report.behaviour.checks[1]).toEqual({
        name: "standard output",
        before: "hello\n",
        after: "heLLo\n",
        same: false,
      });
    });

    test("the same answer is the same, with what follows -- given to both", { timeout: 3 * MINUTES }, () => {
      const { status, report } = compare(
        'FROM busybox\nENTRYPOINT ["cat"]\n',
        'FROM busybox\nWORKDIR /x\nENTRYPOINT ["/bin/cat"]\n',
        "--stdin",
        input,
        "--",
        "-",
        "/etc/passwd",
      );
      expect([status, report.behaviour.same]).toEqual([0, true]);
      expect(report.behaviour.checks[1].before).toMatch(/^hello\nroot:x:0:0/);
      expect(report.before).toEqual({
        image: expect.stringMatching(/^sha256:/),
        bytes: report.after.bytes,
        packages: 0,
        executables: 1,
        setuid: 0,
        shell: true,
        user: "root",
        startUp: { milliseconds: expect.any(Number), until: "exit" },
      });
      expect(report.ratio).toBe(1);
    });

    test.each<[string, string, string, string[], boolean | null, RegExp]>([
      [
        "other exit codes",
        'FROM busybox\nCMD ["true"]\n',
        'FROM busybox\nCMD ["false"]\n',
        [],
        false,
        /^They differ in exit code\.$/,
      ],
      [
        "no input and no output",
        'FROM busybox\nCMD ["true"]\n',
        'FROM busybox\nCMD ["true"]\n',
        [],
        null,
        /nothing to compare/,
      ],
      [
        "an answer that changes by itself",
        "FROM busybox\nCMD cat /proc/sys/kernel/random/uuid\n",
        "FROM busybox\nCMD cat /proc/sys/kernel/random/uuid\n",
        [],
        null,
        /does not answer alike twice/,
      ],
      [
        "a version that cannot be started",
        'FROM busybox\nCMD ["cat"]\n',
        'FROM busybox\nCMD ["/nowhere"]\n',
        ["--stdin", input],
        false,
        /^The version after could not be started: .*nowhere/,
      ],
      [
        "a version before that cannot be started",
        'FROM busybox\nCMD ["/nowhere"]\n',
        'FROM busybox\nCMD ["cat"]\n',
        ["--stdin", input],
        null,
        /^The version before could not be started/,
      ],
      [
        "programs that do not end",
        'FROM busybox\nCMD ["sleep", "352"]\n',
        'FROM busybox\nCMD ["sleep", "352"]\n',
        [],
        null,
        /^Both still ran after 10 s/,
      ],
    ])("%s", { timeout: 3 * MINUTES }, (_name, before, after, args, same, why) => {
      const { status, report } = compare(before, after, ...args);
      expect([status, report.behaviour.same]).toEqual([1, same]);
      expect(report.behaviour.why).toMatch(why);
    });

    test("a version that does not build is exit 3 and one sentence", { timeout: 3 * MINUTES }, () => {
      const { status, stderr } = compare("FROM busybox\nRUN false\n", "FROM busybox\n");
      expect(status).toBe(3);
      expect(stderr.trim().split("\n").at(-1)).toMatch(/^ballast: The version before does not build \(line 2\): /);
    });

    test("a refusal is exit 1 with its reason", () => {
      const { status, stderr } = ballast(["compare", file("Dockerfile.toolbox", 'FROM busybox\nCMD ["sh"]\n')]);
      expect([status, stderr.split("\n")[0]]).toEqual([
        1,
        "The image starts a shell for whoever runs it, who wants its tools: there is no program that could ship alone.",
      ]);
    });

    test("nothing of it is left", () => {
      expect(
        docker("ps", "-aq", "--filter", "label=ballast.compare") +
          docker("images", "-aq", "--filter", "label=ballast.compare"),
      ).toBe("");
    });
  });
});
