import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createServer, connect as dial } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { CancellationTokenSource, type InlayHint } from "vscode-languageserver/node";
import { type BuildAnswer, type CompareAnswer, METHODS } from "../../server/src/protocol";
import { describeOnEngine } from "../kit/engine";
import { eventually, folderOf, LspClient } from "../kit/lsp";
import { engineProcesses, running, until } from "./world";

const MINUTES = 60_000;
const SOCKET = "/var/run/docker.sock";
const DOCKERFILE = `FROM busybox
RUN head -c 1000 /dev/zero > /a
COPY Dockerfile /b
RUN head -c 3000000 /dev/zero > /c
CMD ["cat"]
`;

/** A command that no build has run before: the builder remembers what it has. */
const ONCE = `: ${Date.now()}`;

async function open(text = DOCKERFILE, start: Parameters<typeof LspClient.start>[0] = { options: { ui: true } }) {
  const folder = folderOf({ Dockerfile: text, input: "hello\n" });
  const uri = folder.uri("Dockerfile");
  const client = await LspClient.start(start);
  await client.open(uri, text);
  const build = (params = {}, token = new CancellationTokenSource().token) =>
    client.connection.sendRequest<BuildAnswer>(METHODS.build, { uri, ...params }, token);
  const hints = async () =>
    (
      await client.request<InlayHint[]>("textDocument/inlayHint", {
        textDocument: { uri },
        range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
      })
    ).map(({ position, label }) => [position.line, label]);
  return { client, uri, folder, build, hints };
}

function forget(answer: BuildAnswer): void {
  if (answer.image) execFileSync("docker", ["image", "rm", "--force", answer.image], { stdio: "ignore" });
}

await describeOnEngine("the language server on the engine", () => {
  test("builds the editor's text, saved or not; what it measured is shown until the text above changes", {
    timeout: 3 * MINUTES,
  }, async () => {
    const { client, uri, build, hints } = await open();
    await client.replace(uri, "3000000", "2000000");
    const answer = await build({ workDoneToken: "t" });
    expect(answer.failed).toBeUndefined();
    expect(answer.size.source).toBe("measured");
    expect(answer.summary).toMatch(/^Built sha256:/);
    expect(client.log.join("\n")).toMatch(/head -c 2000000/);
    expect(client.progress.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["begin", "report", "end"]));
    const status = await eventually("measured", () => client.statuses.find(({ kind }) => kind === "measured"));
    expect(status.text).not.toContain("≈");
    expect(status.tooltip).toMatch(/\| 2 MB \| 4 \| `RUN head -c 2000000/);
    expect(client.refreshes).toBeGreaterThan(0);
    const [base, ...rest] = await hints();
    expect(base).toEqual([0, expect.stringMatching(/^[\d.]+ MB$/)]);
    expect(rest).toEqual([
      [1, "1 kB"],
      [2, expect.stringMatching(/ B$/)],
      [3, "2 MB"],
    ]);

    await client.replace(uri, "head -c 1000 ", "head -c 1001 ");
    const stale = await eventually("stale", () => client.statuses.find(({ kind }) => kind === "stale"));
    expect(stale.text).toBe(`was ${status.text}`);
    expect(await hints()).toEqual([base, [2, expect.stringMatching(/^was /)], [3, "was 2 MB"]]);
    await client.replace(uri, "head -c 1001 ", "head -c 1000 ");
    await eventually("measured again", () => client.statuses.at(-1)?.kind === "measured");
    expect(await hints()).toHaveLength(4);
    await client.replace(uri, "FROM busybox", "FROM ubuntu");
    await eventually("another base is estimated", () => client.statuses.at(-1)?.kind === "estimate");
    forget(answer);
  });

  test("a failing step is a diagnostic on its line until the text changes", { timeout: 3 * MINUTES }, async () => {
    const { client, uri, build } = await open("FROM busybox\n\nRUN echo begun && \\\n  false\n");
    const answer = await build();
    expect(answer).toMatchObject({ image: null, failed: { line: 3 } });
    const failures = async () => (await client.pull(uri)).filter(({ source }) => source === "ballast build");
    expect(await failures()).toMatchObject([
      {
        severity: 1,
        message: answer.failed?.message,
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 19 } },
      },
    ]);
    await client.replace(uri, "  false", "  true");
    expect(await failures()).toEqual([]);
    await client.replace(uri, "  true", "  false");
    expect(await failures()).toHaveLength(1);
    await client.replace(uri, "  false", "  true");
    forget(await build());
    await client.replace(uri, "  true", "  false");
    expect(await failures()).toEqual([]);
  });

  test("a cancelled build is over at once, and no step of it runs a few seconds later", {
    timeout: 3 * MINUTES,
  }, async () => {
    const { client, build } = await open("FROM busybox\nRUN echo begun && sleep 353\n");
    const source = new CancellationTokenSource();
    const answer = build({}, source.token).catch((error) => error);
    await eventually("it has begun", () => client.log.some((line) => line.endsWith("begun")), MINUTES);
    source.cancel();
    expect(await answer).toMatchObject({ code: -32800 });
    await until("no step runs", () => running("sleep 353").length === 0, 6000);
  });

  test("a second build of the same file is refused, one of another waits for its turn", {
    timeout: 3 * MINUTES,
  }, async () => {
    const { client, build, folder } = await open(`FROM busybox\nRUN echo begun && ${ONCE} && sleep 2\n`);
    const other = folder.uri("Dockerfile.other");
    await client.open(other, "FROM busybox\n");
    const first = build();
    await eventually("it has begun", () => client.log.some((line) => line.endsWith("begun")), MINUTES);
    await expect(build()).rejects.toMatchObject({
      data: { kind: "busy" },
      message: expect.stringContaining("under way"),
    });
    const waiting = client.request<BuildAnswer>(METHODS.build, { uri: other });
    const source = new CancellationTokenSource();
    const cancelled = client.connection.sendRequest(
      METHODS.compare,
      { uri: other, before: "FROM busybox" },
      source.token,
    );
    source.cancel();
    await expect(cancelled).rejects.toMatchObject({ code: -32800 });
    forget(await first);
    expect((await waiting).image).toMatch(/^sha256:/);
  });

  test("a file that is deleted, changed and closed while it builds", { timeout: 3 * MINUTES }, async () => {
    const { client, uri, build, folder } = await open(`FROM busybox\nRUN echo begun && ${ONCE} && sleep 2 && false\n`);
    const answer = build();
    await eventually("it has begun", () => client.log.some((line) => line.endsWith("begun")), MINUTES);
    rmSync(join(folder.path, "Dockerfile"));
    await client.replace(uri, "false", "true");
    expect(await answer).toMatchObject({ failed: { line: 2 } });
    expect((await client.pull(uri)).filter(({ source }) => source === "ballast build")).toEqual([]);
    const second = build();
    await client.notify("textDocument/didClose", { textDocument: { uri } });
    forget(await second);
    expect(client.messages).toEqual([]);
  });

  test("an untitled file is built where it takes nothing from a folder", { timeout: 3 * MINUTES }, async () => {
    const { client } = await open();
    await client.open("untitled:Untitled-1", "FROM busybox\nCOPY <<EOF /x\nhello\nEOF\n");
    const answer = await client.request<BuildAnswer>(METHODS.build, { uri: "untitled:Untitled-1" });
    expect(answer.failed?.message ?? "").not.toContain("context");
    forget(answer);
  });

  test("compare runs both versions with the same input and says so", { timeout: 3 * MINUTES }, async () => {
    const { client, uri, folder } = await open('FROM busybox\nCMD ["cat"]\n');
    const params = { uri, before: 'FROM busybox\nENTRYPOINT ["cat"]\n', stdin: { uri: folder.uri("input") } };
    const same = await client.request<CompareAnswer>(METHODS.compare, params);
    expect(same.report.behaviour.same).toBe(true);
    expect(same.lines[0]).toMatch(/MB → .* MB, 1\.0 times smaller; they did the same\.$/);
    const tr = { ...params, before: 'FROM busybox\nCMD ["tr", "l", "L"]\n', stdin: { text: "hello\n" } };
    const different = await client.request<CompareAnswer>(METHODS.compare, tr);
    expect(different.report.behaviour.same).toBe(false);
    expect(different.lines[0]).toMatch(/they did not do the same\.$/);
    await expect(client.request(METHODS.compare, { ...params, stdin: { uri: folder.uri("nothing") } })).rejects.toThrow(
      "cannot be read",
    );
    await expect(
      client.request(METHODS.compare, { ...params, before: "FROM busybox\nRUN false\n" }),
    ).rejects.toMatchObject({ data: { kind: "build" } });
  });

  test("another editor builds by a command, with a progress of the server's and a message", {
    timeout: 3 * MINUTES,
  }, async () => {
    const { client, uri } = await open("FROM busybox\nENV A=1\n", {});
    const command = { command: "ballast.server.build", arguments: [{ uri }] };
    const answer = await client.request<BuildAnswer>("workspace/executeCommand", command);
    await eventually("the message", () => client.messages.includes(answer.summary));
    expect(client.progress.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["begin", "end"]));
    expect(client.statuses).toEqual([]);
    forget(answer);
  });

  test("the process that talks to the engine may die: the build says so, and the next one works", {
    timeout: 3 * MINUTES,
  }, async () => {
    const { client, uri, build } = await open("FROM busybox\nRUN echo begun && sleep 354\n");
    const answer = build().catch((error) => error);
    await eventually("it has begun", () => client.log.some((line) => line.endsWith("begun")), MINUTES);
    const [child] = engineProcesses(client.process.pid);
    process.kill(child ?? 0, "SIGKILL");
    expect(await answer).toMatchObject({
      data: { kind: "engine" },
      message: expect.stringContaining("ended unexpectedly"),
    });
    await client.replace(uri, "sleep 354", "true");
    forget(await build());
    await until("the engine noticed", () => running("sleep 354").length === 0, 20_000);
  });

  test("a server that is killed leaves no process and no step behind", { timeout: 3 * MINUTES }, async () => {
    const { client, build } = await open("FROM busybox\nRUN echo begun && sleep 355\n");
    build().catch(() => undefined);
    await eventually("it has begun", () => client.log.some((line) => line.endsWith("begun")), MINUTES);
    const children = engineProcesses(client.process.pid);
    expect(children).toHaveLength(1);
    client.process.kill("SIGKILL");
    await until(
      "nothing is left",
      () => !existsSync(`/proc/${children[0]}`) && running("sleep 355").length === 0,
      20_000,
    );
  });

  test("an engine that appears and goes while the editor is open is noticed", { timeout: 3 * MINUTES }, async () => {
    const folder = folderOf({});
    const path = join(folder.path, "docker.sock");
    const { client, uri, build } = await open("FROM busybox\n", {
      options: { ui: true },
      env: { DOCKER_HOST: `unix://${path}` },
    });
    await client.notify(METHODS.active, { uri });
    await eventually("no engine", () => client.statuses.at(-1)?.engine === "Docker is not running");
    const proxy = createServer((from) =>
      from
        .pipe(dial(SOCKET).on("error", () => from.destroy()))
        .pipe(from)
        .on("error", () => undefined),
    );
    proxy.listen(path);
    await eventually("it is there", () => client.statuses.at(-1)?.engine === undefined, 15_000);
    forget(await build());
    proxy.close();
    rmSync(path, { force: true });
    await eventually("it is gone", () => client.statuses.at(-1)?.engine === "Docker is not running", 15_000);
    expect(client.messages).toEqual([]);
    await client.notify(METHODS.active, { uri: null });
    await sleep(100);
  });
});
