import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { connect, describeOnEngine } from "../kit/engine";
import { Witness } from "./world";

const timeout = 15_000;
const sh = (script: string) => ({ image: "busybox", args: ["sh", "-c", script], timeout });

await describeOnEngine("run", () => {
  it("gives what a program prints on each stream, and its exit code", async () => {
    const engine = await connect();
    expect(await engine.run(sh("echo out; echo err >&2; printf ' é '; exit 42"))).toEqual({
      exitCode: 42,
      took: expect.any(Number),
      stdout: "out\n é ",
      stderr: "err\n",
    });
  });

  it("hands over the input and then its end; without one, there is none to read", async () => {
    const engine = await connect();
    const long = "0123456789\n".repeat(50_000);
    expect(await engine.run({ ...sh("wc -c"), stdin: long })).toMatchObject({
      exitCode: 0,
      stdout: `${long.length}\n`,
    });
    expect(await engine.run({ ...sh("cat"), stdin: "" })).toEqual({
      exitCode: 0,
      took: expect.any(Number),
      stdout: "",
      stderr: "",
    });
    expect(await engine.run(sh("cat"))).toEqual({ exitCode: 0, took: expect.any(Number), stdout: "", stderr: "" });
    // A program that does not care for its input is no error.
    expect(await engine.run({ ...sh("exit 3"), stdin: long })).toMatchObject({ exitCode: 3 });
  });

  it("stops a program whose time is up, and keeps what it had printed", async () => {
    const engine = await connect();
    const start = Date.now();
    const outcome = await engine.run({ ...sh("echo begun; sleep 336"), timeout: 700 });
    expect(outcome).toEqual({ stdout: "begun\n", stderr: "" });
    expect(Date.now() - start).toBeLessThan(8_000);
    expect(await new Witness().containers("sleep 336")).toEqual([]);
  });

  it("says why a program did not start", async () => {
    const engine = await connect();
    const says = async (args: string[], image = "busybox") => (await engine.run({ image, args, timeout })).notStarted;
    expect(await says(["/app"])).toBe('exec: "/app": no such file or directory.');
    expect(await says(["app"])).toBe('exec: "app": executable file not found in $PATH.');
    expect(await says(["/etc"])).toMatch(/^exec: "\/etc": (permission denied|is a directory)\.$/);
    expect(await says([], "ballast-test:none")).toMatch(/^no such image: \S*ballast-test:none\b[^\n]*\.$/i);
    expect(await engine.run({ image: "busybox", network: "no-such-network", timeout })).toMatchObject({
      notStarted: expect.stringMatching(/^[^\n]*no-such-network[^\n]*\.$/),
    });
  });

  it("keeps a mebibyte of each stream, and says that there was more", async () => {
    const engine = await connect();
    const outcome = await engine.run(sh("yes é | head -c 6000000; echo short >&2"));
    expect(outcome.exitCode).toBe(0);
    expect(outcome.truncated).toBe(true);
    expect(Buffer.byteLength(outcome.stdout)).toBeGreaterThan(1024 * 1024 - 4);
    expect(Buffer.byteLength(outcome.stdout)).toBeLessThanOrEqual(1024 * 1024);
    expect(outcome.stdout).toMatch(/^(?:é\n)+é?$/);
    expect(outcome.stderr).toBe("short\n");
  });

  it("gives a container its labels and network, and removes it", async () => {
    const engine = await connect();
    const marker = randomUUID();
    const outcome = await engine.run({
      ...sh(`: ${marker}; ls /sys/class/net`),
      network: "none",
      labels: { "ballast-test": marker },
    });
    expect(outcome.stdout).toBe("lo\n");
    expect(await new Witness().containers(marker)).toEqual([]);
  });
});

await describeOnEngine("inspect and sweep", () => {
  it("knows no image of a name that there is not, or that is none", async () => {
    const engine = await connect();
    for (const name of ["ballast-test:none", "", "../containers", "a b", "x?y", `sha256:${"0".repeat(64)}`]) {
      expect(await engine.inspect(name)).toBeUndefined();
    }
  });

  it("sweeps what has the label, down to images that stand on each other, and nothing else", async () => {
    const engine = await connect();
    const key = `ballast-test-${randomUUID()}`;
    const build = async (base: string, value: string, tag: string) => {
      const dockerfile = `FROM ${base}\nRUN touch /${value}\n`;
      const request = { dockerfile, context: import.meta.dirname, labels: { [key]: value }, tag };
      return (await engine.build(request, { log: () => undefined })).image ?? "";
    };
    const one = await build("busybox", "one", `${key}:one`);
    const two = await build(`${key}:one`, "two", `${key}:two`);
    const other = await build("busybox", "other", `${key}:other`);
    await engine.sweep(`${key}=one`);
    expect(await engine.inspect(`${key}:one`)).toBeUndefined();
    expect((await engine.inspect(two))?.id).toBe(two);
    await engine.sweep(key);
    for (const image of [one, two, other]) expect(await engine.inspect(image)).toBeUndefined();
    expect(await engine.inspect("busybox")).toBeDefined();
    await expect(engine.sweep("")).rejects.toThrow("There is no label to look for.");
  });
});
