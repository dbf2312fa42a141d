import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { bundle, connect, describeOnEngine, engineModule, recorder } from "../kit/engine";
import type { Orders } from "./parent";
import { engineProcesses, folder, processes, running, sockets, until, Witness } from "./world";

const builders = ["buildkit", "classic"] as const;
const labels = { "ballast-test": `cancel-${randomUUID()}` };
const witness = new Witness();

/** A build that does not end by itself, and can be told from all others by what it leaves. */
function endless(seconds: number) {
  const marker = randomUUID();
  return {
    marker,
    command: `sleep ${seconds}`,
    dockerfile: `FROM busybox\nRUN echo ${marker}\nRUN sleep ${seconds}\n`,
  };
}

async function expectNothingLeft(marker: string, command: string): Promise<number> {
  const took = await until(`no ${command} runs`, () => running(command).length === 0, 5_000);
  await until("no container is left", async () => (await witness.containers(command)).length === 0, 5_000 - took);
  await until("no image is left", async () => (await witness.images(marker)).length === 0, 5_000 - took);
  return took;
}

await describeOnEngine("cancel", () => {
  it.each(builders)("ends a build by %s, and all that it had begun", async (builder) => {
    const engine = await connect({ builder });
    const { marker, command, dockerfile } = endless(builder === "buildkit" ? 347 : 346);
    const abort = new AbortController();
    const request = { dockerfile, context: folder(), labels: { "ballast-test": marker } };
    const building = engine.build(request, recorder(), abort.signal);
    building.catch(() => undefined);
    await until(`${command} runs`, () => running(command).length > 0);
    const start = Date.now();
    abort.abort();
    await expect(building).rejects.toBe(abort.signal.reason);
    const rejected = Date.now() - start;
    const gone = await expectNothingLeft(marker, command);
    console.log(`${builder}: rejected after ${rejected} ms, the step gone ${gone} ms later`);
    expect(rejected).toBeLessThan(4_000);
  });

  it.each(builders)("ends a build by %s that has only begun", async (builder) => {
    const engine = await connect({ builder });
    const { marker, command, dockerfile } = endless(345);
    const request = { dockerfile, context: folder() };
    for (const delay of [0, 20, 60]) {
      const reason = new Error("enough");
      const abort = new AbortController();
      const building = engine.build(request, recorder(), abort.signal);
      setTimeout(() => abort.abort(reason), delay);
      await expect(building).rejects.toBe(reason);
    }
    await expect(engine.build(request, recorder(), AbortSignal.abort("before"))).rejects.toBe("before");
    await expectNothingLeft(marker, command);
  });

  it("ends a program, and removes its container", async () => {
    const engine = await connect();
    const abort = new AbortController();
    const run = engine.run({ image: "busybox", args: ["sleep", "344"], timeout: 60_000 }, abort.signal);
    run.catch(() => undefined);
    await until("sleep 344 runs", () => running("sleep 344").length > 0);
    abort.abort();
    await expect(run).rejects.toBe(abort.signal.reason);
    expect(await witness.containers("sleep 344")).toEqual([]);
    expect(running("sleep 344")).toEqual([]);
  });

  it("leaves no socket open, however a build ends", async () => {
    const engine = await connect({ builder: "buildkit" });
    const before = new Set(engineProcesses());
    const context = folder({ "a.txt": "a" });
    const build = (last: string, signal?: AbortSignal) =>
      engine.build({ dockerfile: `FROM busybox\nCOPY . /\n${last}\n`, context, labels }, recorder(), signal);
    await build("RUN true");
    const [pid] = engineProcesses().filter((one) => !before.has(one));
    if (pid === undefined) return expect.fail("the engine's process cannot be found");
    const open = sockets(pid);
    for (let round = 0; round < 5; round++) {
      await build("RUN true");
      await build(`RUN echo ${randomUUID()} && false`);
      await build("NONSENSE");
      await build("RUN true", AbortSignal.timeout(30 + 40 * round)).catch(() => undefined);
    }
    await until("all sockets are closed", () => sockets(pid) <= open, 2_000);
    await engine.sweep(`ballast-test=${labels["ballast-test"]}`);
  });

  it("keeps the session open as long as the build lasts", async () => {
    const engine = await connect({ builder: "buildkit" });
    const before = new Set(engineProcesses());
    await engine.inspect("busybox");
    const [pid = 0] = engineProcesses().filter((one) => !before.has(one));
    // The one to its parent.
    const idle = 1;
    await until("it is idle", () => sockets(pid) === idle);
    const { command, dockerfile } = endless(335);
    const abort = new AbortController();
    const building = engine.build({ dockerfile, context: folder() }, recorder(), abort.signal);
    building.catch(() => undefined);
    await until(`${command} runs`, () => running(command).length > 0);
    // The engine asks every second whether the session is well, and drops one that does not say so.
    await sleep(2_500);
    const [build, session] = [1, 1];
    expect(sockets(pid)).toBe(idle + build + session);
    abort.abort();
    await expect(building).rejects.toBe(abort.signal.reason);
  });

  it("ends what is under way when it is closed", async () => {
    const engine = await connect();
    const before = new Set(engineProcesses());
    const { marker, command, dockerfile } = endless(343);
    const building = engine.build({ dockerfile, context: folder() }, recorder());
    building.catch(() => undefined);
    await until(`${command} runs`, () => running(command).length > 0);
    await engine.close();
    await expect(building).rejects.toThrow("The connection to the Docker Engine was closed.");
    expect(engineProcesses().filter((pid) => !before.has(pid))).toEqual([]);
    await expectNothingLeft(marker, command);
  });
});

await describeOnEngine("a product that is killed", () => {
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
  });

  async function product(orders: Omit<Orders, "modulePath">) {
    const path = await bundle("test/engine/parent.ts", "parent.cjs");
    const modulePath = await engineModule();
    const child = spawn(process.execPath, [path, JSON.stringify({ modulePath, ...orders })], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    const said: string[] = [];
    createInterface(child.stdout).on("line", (line) => said.push(line));
    return { child, said };
  }

  describe.each(builders)("while it builds by %s", (builder) => {
    it("leaves no process, no container and no image", async () => {
      const done = randomUUID();
      const { marker, command, dockerfile } = endless(builder === "buildkit" ? 342 : 341);
      const first = {
        dockerfile: `FROM busybox\nRUN echo ${done}\n`,
        context: folder(),
        labels: { "ballast-test": done },
      };
      const { child, said } = await product({ builder, builds: [first, { dockerfile, context: folder() }] });
      await until(`${command} runs`, () => running(command).length > 0);
      expect(said.length).toBe(1);
      expect(await witness.images(done)).not.toEqual([]);
      const [pid] = engineProcesses(child.pid);
      process.kill(child.pid ?? 0, "SIGKILL");
      await expectNothingLeft(marker, command);
      await until("the engine's process has ended", () => !processes().some((one) => one.pid === pid), 5_000);
      expect(await witness.images(done)).toEqual([]);
    });
  });

  it("leaves no server that it waits for", async () => {
    const ask = [{ port: 80, requests: [] }];
    const serve = { image: "busybox", args: ["sleep", "334"], ask, anyPort: true, timeout: 60_000 };
    const { child } = await product({ serve });
    await until("sleep 334 runs", () => running("sleep 334").length > 0);
    process.kill(child.pid ?? 0, "SIGKILL");
    await until("its container is gone", async () => (await witness.containers("sleep 334")).length === 0, 5_000);
  });

  it("leaves no program that it ran", async () => {
    const { child } = await product({ run: { image: "busybox", args: ["sleep", "340"], timeout: 60_000 } });
    await until("sleep 340 runs", () => running("sleep 340").length > 0);
    process.kill(child.pid ?? 0, "SIGKILL");
    await until("sleep 340 has ended", () => running("sleep 340").length === 0, 5_000);
    await until("its container is gone", async () => (await witness.containers("sleep 340")).length === 0, 5_000);
  });
});
