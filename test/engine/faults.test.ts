import { execFileSync, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, closeSync, ftruncateSync, openSync, statSync } from "node:fs";
import { createServer as createHttpServer, type ServerResponse } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { connectEngine } from "../../server/src/host/docker/client";
import { EngineError } from "../../server/src/ports";
import { bundle, connect, describeOnEngine, describeUnless, engineModule, recorder } from "../kit/engine";
import type { Orders } from "./parent";
import { startSecondEngine, whyNoSecondEngine } from "./second-engine";
import { engineProcesses, folder, running, until, Witness } from "./world";

/** The message of an EngineError, which must be one clear line. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => expect.fail("it should have been refused"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EngineError);
  const { message } = error as EngineError;
  expect(message).toMatch(/^[^\n]{10,300}\.$/);
  expect(message).not.toMatch(/Error:|\bat .*:\d+:\d+/);
  return message;
}

const request = { dockerfile: "FROM busybox\n", context: "/" };

describe("an engine that is not there", () => {
  it("has no socket", async () => {
    const engine = await connect({ host: "unix:///nowhere/docker.sock" });
    const says = "No Docker Engine answers at unix:///nowhere/docker.sock: there is no such socket.";
    expect(await refusal(engine.inspect("busybox"))).toBe(says);
    expect(await refusal(engine.build(request, recorder()))).toBe(says);
    expect(await refusal(engine.run({ image: "busybox", timeout: 1_000 }))).toBe(says);
    expect(await refusal(engine.sweep("label"))).toBe(says);
  });

  it("has left its socket behind", async () => {
    const socket = join(folder(), "dead.sock");
    const listen = `require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))`;
    spawnSync(process.execPath, ["-e", listen, socket]);
    expect(statSync(socket).isSocket()).toBe(true);
    const engine = await connect({ host: `unix://${socket}` });
    expect(await refusal(engine.inspect("busybox"))).toBe(
      `No Docker Engine answers at unix://${socket}: nothing listens there.`,
    );
  });

  it("hangs up, or is no engine", async () => {
    const socket = join(folder(), "odd.sock");
    let answer = "";
    const server = createServer((connection) => connection.on("error", () => undefined).end(answer)).listen(socket);
    afterAll(() => server.close());
    const engine = await connect({ host: `unix://${socket}` });
    expect(await refusal(engine.inspect("busybox"))).toBe(`The Docker Engine at unix://${socket} stopped answering.`);
    answer = "SSH-2.0-OpenSSH_9.6\r\n";
    expect(await refusal(engine.inspect("busybox"))).toBe(`What answers at unix://${socket} is no Docker Engine.`);
    answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 7\r\n\r\nnot yet";
    expect(await refusal(engine.inspect("busybox"))).toBe("The engine refused: not yet.");
  });

  it("has an address that is none, or one that Ballast cannot use", async () => {
    expect(await refusal((await connect({ host: "tcp://" })).inspect("busybox"))).toContain("is no address");
    const ssh = await refusal((await connect({ host: "ssh://me:secret@there" })).inspect("busybox"));
    expect(ssh).toContain("ssh://me@there");
    const nobody = await refusal((await connect({ host: "tcp://127.0.0.1:9" })).inspect("busybox"));
    expect(nobody).toBe("No Docker Engine answers at tcp://127.0.0.1:9: nothing listens there.");
  });
});

describe("an engine that hands over an image", () => {
  /** An engine that knows one image, which is not measured yet, and answers the wish for its layers in its own way. */
  async function handingOver(answer: (response: ServerResponse) => void) {
    const socket = join(folder(), "engine.sock");
    const image = {
      ...{ Id: `sha256:${"1".repeat(64)}`, Os: "linux", Architecture: "amd64", Size: 9, Config: {} },
      ...{ RootFS: { Layers: [`sha256:${"2".repeat(64)}`] }, GraphDriver: { Name: "overlayfs" } },
    };
    const server = createHttpServer(({ url = "" }, response) => {
      response.setHeader("Api-Version", "1.51");
      if (url.endsWith("/get")) answer(response);
      else if (url.endsWith("/history")) response.end(JSON.stringify([{ CreatedBy: "COPY", Size: 4096 }]));
      else response.end(url.endsWith("/json") ? JSON.stringify(image) : "OK");
    }).listen(socket);
    afterAll(() => server.close());
    return { engine: await connect({ host: `unix://${socket}` }), where: `unix://${socket}` };
  }

  it("dies, is out of disk, or sends what is no image", async () => {
    const dying = await handingOver((response) => {
      response.write(Buffer.alloc(512));
      setTimeout(() => response.destroy(), 50);
    });
    expect(await refusal(dying.engine.measure("some"))).toBe(`The Docker Engine at ${dying.where} stopped answering.`);
    const full = await handingOver((response) => {
      response.writeHead(500).end(JSON.stringify({ message: "write /tmp/x: no space left on device" }));
    });
    expect(await refusal(full.engine.measure("some"))).toBe("The disk of the engine is full: no space left on device.");
    const odd = await handingOver((response) => void response.end("something else".repeat(100)));
    expect(await refusal(odd.engine.measure("some"))).toBe(
      "The layers of sha256:111111111111 cannot be read: a header of the archive is damaged.",
    );
    const empty = await handingOver((response) => void response.end());
    expect(await refusal(empty.engine.measure("some"))).toBe(
      "The layers of sha256:111111111111 cannot be read: the archive holds no image.",
    );
    const gone = await handingOver((response) => {
      response.writeHead(404).end(JSON.stringify({ message: "No such image" }));
    });
    expect(await refusal(gone.engine.measure("some"))).toBe(
      "The image sha256:111111111111 was removed while it was read.",
    );
    // What the engine itself says of it is known all the same.
    expect(await gone.engine.inspect("some")).toMatchObject({ bytes: 4096, approximate: true });
  });
});

await describeOnEngine("a process that dies", () => {
  it("says that it could not be started, each time it is asked for", async () => {
    const engine = connectEngine({ modulePath: "/nowhere/engine.js" });
    const says = "The process that talks to the Docker Engine ended unexpectedly (exit code 1).";
    expect(await refusal(engine.inspect("busybox"))).toBe(says);
    expect(await refusal(engine.inspect("busybox"))).toBe(says);
    await engine.close();
    await engine.close();
  });

  it("rejects what was under way, and the next call starts another", async () => {
    const engine = await connect();
    const before = new Set(engineProcesses());
    const building = engine.build({ dockerfile: "FROM busybox\nRUN sleep 339\n", context: folder() }, recorder());
    building.catch(() => undefined);
    await until("sleep 339 runs", () => running("sleep 339").length > 0);
    for (const pid of engineProcesses().filter((one) => !before.has(one))) process.kill(pid, "SIGKILL");
    const says = "The process that talks to the Docker Engine ended unexpectedly (SIGKILL).";
    expect(await refusal(building)).toBe(says);
    expect((await engine.inspect("busybox"))?.platform).toMatch(/^linux/);
    await until("the engine has ended the step", () => running("sleep 339").length === 0, 5_000);
  });
});

await describeOnEngine("a context that cannot be read", () => {
  it.each(["buildkit", "classic"] as const)("is named, for %s", async (builder) => {
    const engine = await connect({ builder });
    const missing = join(folder(), "missing");
    const build = (context: string, dockerfile = "FROM busybox\nCOPY . /\n") =>
      engine.build({ dockerfile, context }, recorder());
    expect(await refusal(build(missing))).toBe(`The build context ${missing} cannot be read: it does not exist.`);
    const file = join(folder({ "a.txt": "" }), "a.txt");
    expect(await refusal(build(file))).toBe(`The build context ${file} is not a folder.`);
    const broken = folder({ ".dockerignore": "fine\n[z-a]\n" });
    expect(await refusal(build(broken))).toBe(".dockerignore has a malformed pattern: [z-a].");
  });

  it.each(["buildkit", "classic"] as const)("has a file that is not ours to read, for %s", async (builder) => {
    const context = folder({ "fine.txt": "fine", "private.txt": "private" });
    chmodSync(context, 0o755);
    chmodSync(join(context, "private.txt"), 0);
    const marker = randomUUID();
    const dockerfile = `FROM busybox\nCOPY . /context\nRUN echo ${marker}\n`;
    const path = await bundle("test/engine/parent.ts", "parent.cjs");
    const orders: Orders = { modulePath: await engineModule(), builder, builds: [{ dockerfile, context }] };
    // Root can read everything, so somebody else has to try who may use the socket.
    const group = statSync("/var/run/docker.sock").gid;
    const other = process.getuid?.() === 0 ? { uid: 65534, gid: group } : {};
    const child = spawn(process.execPath, [path, JSON.stringify(orders)], {
      ...other,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    for await (const piece of child.stdout) said += String(piece);
    expect(JSON.parse(said)).toEqual({
      error: `EngineError: Cannot read ${join(context, "private.txt")}: permission denied.`,
    });
    expect(await new Witness().images(marker)).toEqual([]);
  });
});

describeUnless(whyNoSecondEngine(), "engine", "a second engine", () => {
  it.each(["buildkit", "classic"] as const)(
    "dies in the middle of a build by %s",
    { timeout: 60_000 },
    async (builder) => {
      const second = await startSecondEngine();
      try {
        const engine = await connect({ host: second.host, builder });
        const seconds = builder === "buildkit" ? 338 : 337;
        const dockerfile = `FROM busybox\nRUN sleep ${seconds}\n`;
        const building = engine.build({ dockerfile, context: folder(), network: "none" }, recorder());
        building.catch(() => undefined);
        await until("its step runs", () => running(`sleep ${seconds}`).length > 0);
        second.kill();
        expect(await refusal(building)).toBe(`The Docker Engine at ${second.host} stopped answering.`);
        const says = `No Docker Engine answers at ${second.host}: nothing listens there.`;
        await until("it is gone", async () => (await refusal(engine.inspect("busybox"))) === says);
      } finally {
        await second.dispose();
      }
    },
  );

  it("runs out of disk, says so in one line and keeps nothing", { timeout: 60_000 }, async () => {
    const second = await startSecondEngine(48);
    try {
      const context = folder();
      const huge = openSync(join(context, "huge.bin"), "w");
      ftruncateSync(huge, 100 * 1024 * 1024);
      closeSync(huge);
      const witness = new Witness(second.socket);
      const before = await witness.counts();
      for (const builder of ["classic", "buildkit"] as const) {
        const engine = await connect({ host: second.host, builder });
        const outcome = await engine.build({ dockerfile: "FROM busybox\nCOPY . /\n", context }, recorder());
        expect(outcome.image).toBeUndefined();
        expect(outcome.failed?.message).toBe("The disk of the engine is full: no space left on device.");
        expect(await witness.counts()).toEqual(before);
        const data = join(second.socket, "..", "data");
        const used = () => Number(execFileSync("du", ["-sm", data], { encoding: "utf8" }).split("\t")[0]);
        await until("its disk has room again", () => used() < 20);
      }
    } finally {
      await second.dispose();
    }
  });
});
