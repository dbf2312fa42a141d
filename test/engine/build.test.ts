import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { BuildOutcome, BuildRequest } from "../../server/src/ports";
import { connect, describeOnEngine, recorder } from "../kit/engine";
import { engineProcesses, folder, Witness } from "./world";

const label = `ballast-test-${randomUUID()}`;
const labels = { [label]: "build" };

await describeOnEngine("build", () => {
  describe.each(["buildkit", "classic"] as const)("by %s", async (builder) => {
    const engine = await connect({ builder });
    afterAll(async () => {
      await engine.sweep(label);
      // What the classic builder keeps of a build that failed, for the next one.
      const witness = new Witness();
      for (const image of await witness.images("echo twice && test -e /once")) await witness.remove(image);
    });

    const build = async (request: Partial<BuildRequest> & { readonly dockerfile: string }, listener = recorder()) => {
      const outcome = await engine.build({ context: folder(), labels, ...request }, listener);
      return { outcome, ...listener };
    };
    const built = ({ image, failed }: BuildOutcome) => {
      expect(failed).toBeUndefined();
      return image ?? "";
    };
    /** What a build's `COPY . /context` copied, as `find` lists it. */
    const copied = async (request: Partial<BuildRequest>) => {
      const dockerfile = "FROM busybox\nCOPY . /context\n";
      const image = built((await build({ dockerfile, ...request })).outcome);
      const { stdout } = await engine.run({ image, args: ["find", "/context", "-mindepth", "1"], timeout: 10_000 });
      return stdout.replaceAll("/context/", "").trim().split("\n").sort();
    };

    it("makes an image that runs, and says what is in it", async () => {
      const dockerfile = "FROM busybox\nWORKDIR /app\nCOPY in.txt .\nUSER nobody\nCMD cat - in.txt\n";
      const { outcome, lines } = await build({ dockerfile, context: folder({ "in.txt": "from the file\n" }) });
      const image = built(outcome);
      const ran = await engine.run({ image, stdin: "from stdin\n", timeout: 10_000 });
      expect(ran).toEqual({ exitCode: 0, took: expect.any(Number), stdout: "from stdin\nfrom the file\n", stderr: "" });
      const details = await engine.inspect(image);
      expect(details).toMatchObject({ id: image, user: "nobody", platform: expect.stringMatching(/^linux\/\w+/) });
      const base = await engine.inspect("busybox");
      expect(details?.history.slice(0, base?.history.length)).toEqual(base?.history);
      const grown = (details?.bytes ?? 0) - (base?.bytes ?? 0);
      const copied = details?.history.find((entry) => entry.createdBy.includes("COPY"))?.bytes ?? 0;
      // containerd's store counts in blocks, and what describes the image.
      expect(grown).toBeGreaterThanOrEqual("from the file\n".length);
      expect(grown).toBeLessThan(100_000);
      expect(copied).toBeGreaterThanOrEqual("from the file\n".length);
      expect(copied).toBeLessThan(20_000);
      expect(lines.join("\n")).toContain("COPY in.txt .");
    });

    it("builds a stage, under a name, with arguments", async () => {
      const tag = `ballast-test:${randomUUID()}`;
      const dockerfile = "FROM busybox AS first\nARG WHAT\nENV WHAT=$WHAT\nFROM first\nRUN false\n";
      const image = built((await build({ dockerfile, stage: "first", tag, buildArgs: { WHAT: "a b" } })).outcome);
      expect((await engine.inspect(tag))?.id).toBe(image);
      const { stdout } = await engine.run({ image: tag, args: ["sh", "-c", 'echo "$WHAT"'], timeout: 10_000 });
      expect(stdout).toBe("a b\n");
    });

    it("names the failing step among equal ones, with its last lines", async () => {
      const script = "RUN echo twice && test -e /once || \\\n    { touch /once && seq 80; }\n";
      const dockerfile = `FROM busybox\n${script}${script}RUN seq 80 && \\\n    # a comment\n    exit 7\n`;
      const { outcome, steps } = await build({ dockerfile });
      expect(outcome.image).toBeUndefined();
      const { step, message, log, line } = outcome.failed ?? {};
      expect(step).toMatchObject({
        builder,
        index: 4,
        total: 4,
        text: expect.stringMatching(/^RUN seq 80 && +exit 7$/),
      });
      expect(message).toBe("RUN seq 80 && exit 7 ended with exit code 7.");
      expect(log).toBe(Array.from({ length: 50 }, (_, at) => at + 31).join("\n"));
      expect(line).toBeUndefined();
      expect(steps.map(({ index }) => index).slice(-3)).toEqual([2, 3, 4]);
      expect(steps[1]?.text).toBe(steps[2]?.text);
    });

    it("says which line it cannot read", async () => {
      const { outcome } = await build({ dockerfile: "FROM busybox\n\nFOO bar\n" });
      expect(outcome.failed).toMatchObject({ line: 3, message: expect.stringMatching(/^unknown instruction: FOO/) });
    });

    it("says which file a COPY lacks", async () => {
      const { outcome } = await build({ dockerfile: "FROM busybox\nCOPY missing.txt /\n" });
      expect(outcome.failed?.message).toBe("missing.txt is not in the build context, or is ignored there.");
      expect(outcome.failed?.step).toMatchObject({ index: 2, text: "COPY missing.txt /" });
    });

    it("logs lines as a terminal would leave them", async () => {
      const print = String.raw`printf '\033[31mred\033[0m\n\033]0;title\007\tx\rdone\nprogress 1\rprogress 2\n\001bell\007'`;
      const { lines } = await build({ dockerfile: `FROM busybox\nRUN : ${randomUUID()} && ${print}\n` });
      const printed = lines.map((line) => line.trim());
      expect(printed).toEqual(expect.arrayContaining(["red", "done", "progress 2", "bell"]));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what it looks for
      expect(lines.filter((line) => /[\x00-\x1f\x7f-\x9f]/.test(line))).toEqual([]);
    });

    it("sends what .dockerignore leaves, as it is, and no file of its own", async () => {
      const context = folder({
        ".dockerignore": "*\n!src\nsrc/*.log\n!src/keep.log\n!deep/er/still\n!(in)+\n!link\n!.dockerignore\n",
        Dockerfile: "FROM scratch\n",
        "src/a.txt": "a",
        "src/b.log": "b",
        "src/keep.log": "keep",
        "deep/er/still/here.txt": "here",
        "deep/er/not.txt": "not",
        "(in)+/x": "x",
        "other.txt": "other",
      });
      mkdirSync(join(context, "src", "empty"));
      writeFileSync(join(context, "src", "run.sh"), "#!/bin/sh\n");
      chmodSync(join(context, "src", "run.sh"), 0o750);
      symlinkSync("src/a.txt", join(context, "link"));
      const dockerfile = "FROM busybox\nCOPY . /context\nRUN stat -c '%a %u %N' /context/src/run.sh /context/link\n";
      const listener = recorder();
      const files = await copied({ context, dockerfilePath: join(context, "Dockerfile"), dockerfile });
      expect(files).toEqual([
        ...["(in)+", "(in)+/x", ".dockerignore", "deep", "deep/er", "deep/er/still", "deep/er/still/here.txt"],
        ...["link", "src", "src/a.txt", "src/empty", "src/keep.log", "src/run.sh"],
      ]);
      const { outcome } = await build({ context, dockerfile }, listener);
      const { stdout } = await engine.run({
        image: built(outcome),
        args: ["stat", "-c", "%a %u %N", "/context/src/run.sh", "/context/link"],
        timeout: 10_000,
      });
      expect(stdout).toBe("750 0 /context/src/run.sh\n777 0 '/context/link' -> 'src/a.txt'\n");
    });

    it("prefers the rules beside the Dockerfile, wherever that is", async () => {
      const context = folder({ ".dockerignore": "a.txt\n", "a.txt": "a", "b.txt": "b" });
      const elsewhere = folder({ "My.Dockerfile.dockerignore": "b.txt\n.dockerignore\n" });
      expect(await copied({ context, dockerfilePath: join(elsewhere, "My.Dockerfile") })).toEqual(["a.txt"]);
      expect(await copied({ context })).toEqual([".dockerignore", "b.txt"].filter((name) => name !== "a.txt"));
    });

    it("keeps its cache when nothing but the time has changed", async () => {
      const marker = randomUUID();
      const dockerfile = `FROM busybox\nCOPY . /context\nRUN echo ${marker}\n`;
      const context = folder({ "a.txt": "a", ".dockerignore": "Dockerfile\n" });
      await build({ dockerfile, context });
      const { lines } = await build({ dockerfile, context });
      expect(lines.filter((line) => /CACHED .*RUN|Using cache/.test(line)).length).toBeGreaterThan(0);
      expect(lines.filter((line) => line.trim() === marker)).toEqual([]);
    });
  });

  it("chooses BuildKit by itself, and finds the images of the engine", async () => {
    const engine = await connect();
    const listener = recorder();
    const dockerfile = "FROM busybox\nRUN --mount=type=cache,target=/cache true\n";
    const outcome = await engine.build({ dockerfile, context: folder(), labels }, listener);
    expect(outcome.failed).toBeUndefined();
    expect(listener.steps.every((step) => step.builder === "buildkit")).toBe(true);
    await engine.sweep(`${label}=build`);
    expect(await engine.inspect(outcome.image ?? "")).toBeUndefined();
    expect(await new Witness().images("")).not.toContain(outcome.image);
  });

  it("sends BuildKit what the COPY lines name, and nothing else", async () => {
    const before = new Set(engineProcesses());
    const engine = await connect({ builder: "buildkit" });
    const context = folder({ "app/main.txt": "main", "go.mod": "module", "huge.bin": "" });
    truncateSync(join(context, "huge.bin"), 200 * 1024 ** 2);
    const dockerfile = `FROM busybox\nCOPY go.mod /x/\nCOPY app /x/app\nRUN find /x -type f # ${randomUUID()}\n`;
    const listener = recorder();
    const outcome = await engine.build({ dockerfile, context, labels }, listener);
    expect(outcome.failed).toBeUndefined();
    expect(listener.lines.map((line) => line.trim())).toEqual(expect.arrayContaining(["/x/go.mod", "/x/app/main.txt"]));
    const [pid] = engineProcesses().filter((one) => !before.has(one));
    const [, read] = /^rchar: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, "utf8")) ?? [];
    expect(Number(read)).toBeLessThan(50 * 1024 ** 2);
    await engine.sweep(label);
  });

  it("sends BuildKit what the COPY lines mean: wildcards, links, names with commas", async () => {
    const engine = await connect({ builder: "buildkit" });
    const files = {
      "real/a.txt": "a",
      "b1.json": "b1",
      "b2.json": "b2",
      "c, d.txt": "c",
      "é.txt": "é",
      "unnamed.txt": "",
    };
    const context = folder(files);
    symlinkSync("real/a.txt", join(context, "link.txt"));
    const copies = 'COPY link.txt b?.json /x/\nCOPY ["c, d.txt", "é.txt", "/x/"]\n';
    const dockerfile = `FROM busybox\n${copies}RUN cat /x/* # ${randomUUID()}\n`;
    const listener = recorder();
    const outcome = await engine.build({ dockerfile, context, labels }, listener);
    expect(outcome.failed).toBeUndefined();
    expect(listener.lines.at(-2)?.trim()).toBe("b1b2caé");
    await engine.sweep(label);
  });
});
