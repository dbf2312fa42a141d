import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Failure, METHODS } from "../../server/src/protocol";
import { CALCULATOR, CLI_SERVER, eventually, FULL, folderOf, LspClient } from "../kit/lsp";

const UNTITLED = "untitled:Untitled-1";
/** An address at which no engine is. */
const NOWHERE = { DOCKER_HOST: "unix:///nowhere/docker.sock" };

function failureOf(promise: Promise<unknown>): Promise<{ readonly message: string; readonly data?: Failure }> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error) => error,
  );
}

test("ballast lsp --stdio is the same server", async () => {
  const client = await LspClient.start({ argv: CLI_SERVER });
  await client.open(UNTITLED, "RUM x\n");
  expect(await client.codes(UNTITLED)).toContain("invalid-syntax");
});

test("shutdown and exit end it with 0, exit alone with 1", async () => {
  const polite = await LspClient.start();
  await polite.request("shutdown", null);
  await polite.notify("exit");
  expect(await polite.exit).toBe(0);
  const rude = await LspClient.start();
  await rude.notify("exit");
  expect(await rude.exit).toBe(1);
});

test("it ends when its client's process does, and when nobody speaks to it any more", async () => {
  const parent = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
  const orphan = await LspClient.start({ processId: parent.pid ?? 0 });
  const alone = await LspClient.start();
  parent.kill("SIGKILL");
  alone.process.stdin?.end();
  expect(await alone.exit).toBe(1);
  expect(await orphan.exit).toBe(1);
});

test("in Restricted Mode findings and estimates work, and builds say why they do not", async () => {
  const { uri } = folderOf(CALCULATOR);
  // An engine that is asked would be said to be missing.
  const client = await LspClient.start({ options: { ui: true, trusted: false }, env: NOWHERE });
  await client.open(uri("Dockerfile"), CALCULATOR.Dockerfile);
  await client.notify(METHODS.active, { uri: uri("Dockerfile") });
  expect(await client.codes(uri("Dockerfile"))).toContain("missing-build-stage");
  const status = await eventually("the status", () => client.statuses.at(-1));
  expect(status).toMatchObject({ kind: "estimate", engine: "Restricted Mode" });
  for (const method of [METHODS.build, METHODS.compare, "workspace/executeCommand"]) {
    const params =
      method === "workspace/executeCommand"
        ? { command: "ballast.server.build", arguments: [uri("Dockerfile")] }
        : { uri: uri("Dockerfile") };
    const { message, data } = await failureOf(client.request(method, params));
    expect([message, data]).toEqual([
      "Ballast does not build, run or compare in Restricted Mode: trust this workspace first.",
      { kind: "untrusted" },
    ]);
  }
  await client.notify(METHODS.trusted);
  await eventually("the engine is looked for", () => client.statuses.at(-1)?.engine === "Docker is not running");
});

test("without an engine all but building works, and one quiet state says why nothing is measured", async () => {
  const { uri } = folderOf(CALCULATOR);
  const client = await LspClient.start({ options: { ui: true }, env: NOWHERE });
  await client.open(uri("Dockerfile"), CALCULATOR.Dockerfile);
  await client.notify(METHODS.active, { uri: uri("Dockerfile") });
  const status = await eventually("the engine's absence", () => client.statuses.find(({ engine }) => engine));
  expect(status).toMatchObject({ engine: "Docker is not running", kind: "estimate" });
  expect(status.tooltip).toContain("No Docker Engine answers at unix:///nowhere/docker.sock");
  const { message, data } = await failureOf(client.request(METHODS.build, { uri: uri("Dockerfile") }));
  expect(message).toBe("No Docker Engine answers at unix:///nowhere/docker.sock: there is no such socket.");
  expect(data).toEqual({ kind: "engine" });
  expect(await client.codes(uri("Dockerfile"))).toContain("missing-build-stage");
  expect(client.messages).toEqual([]);
});

test("the engine of the setting goes before the environment's", async () => {
  const client = await LspClient.start({ options: { ui: true, settings: { host: "unix:///nowhere/other.sock" } } });
  await client.open(UNTITLED, "FROM ubuntu\n");
  const { message } = await failureOf(client.request(METHODS.build, { uri: UNTITLED }));
  expect(message).toContain("unix:///nowhere/other.sock");
  await client.notify("workspace/didChangeConfiguration", { settings: { ballast: { host: "nonsense://x" } } });
  const second = await failureOf(client.request(METHODS.build, { uri: UNTITLED }));
  expect(second.message).toContain("is no address of a Docker Engine");
});

test.each<[string, object, string]>([
  ["a document that is not open", { uri: "file:///nowhere/Dockerfile" }, "That document is not open"],
  ["no document at all", {}, "The argument is the URI"],
  ["a stage that is not there", { uri: UNTITLED, stage: "nope" }, "The file has no stage nope."],
  ["a stage that is no name", { uri: UNTITLED, stage: 1 }, "stage is not what it should be"],
])("a build of %s says so", async (_name, params, words) => {
  const client = await LspClient.start({ env: NOWHERE });
  await client.open(UNTITLED, "FROM ubuntu\n");
  const { message, data } = await failureOf(client.request(METHODS.build, params));
  expect(message).toContain(words);
  expect(data).toEqual({ kind: "input" });
});

test("an untitled file has no folder that COPY could take files from", async () => {
  const client = await LspClient.start({ env: NOWHERE });
  await client.open(UNTITLED, "FROM ubuntu\nCOPY a b\n");
  const { message } = await failureOf(client.request(METHODS.build, { uri: UNTITLED }));
  expect(message).toBe("This file stands in no folder on the disk that COPY could take files from: save it first.");
});

test("a compare without a safe rewrite says why there is none", async () => {
  const client = await LspClient.start({ env: NOWHERE });
  await client.open(UNTITLED, 'FROM busybox\nCMD ["sh"]\n');
  const { message, data } = await failureOf(client.request(METHODS.compare, { uri: UNTITLED }));
  expect(message).toBe(
    "The image starts a shell for whoever runs it, who wants its tools: there is no program that could ship alone.",
  );
  expect(data).toEqual({ kind: "refused" });
});

test("messages that no client should send change nothing", async () => {
  const client = await LspClient.start({ capabilities: FULL });
  await client.notify(METHODS.active, "nonsense");
  await client.notify("workspace/didChangeConfiguration", { settings: null });
  await client.notify("textDocument/didChange", { textDocument: { uri: "file:///x", version: 2 }, contentChanges: [] });
  await client.open(join("not", "a", "uri"), "RUM x\n");
  expect(await client.codes(join("not", "a", "uri"))).toContain("invalid-syntax");
  const nowhere = { textDocument: { uri: "file:///not/open" } };
  const place = {
    position: { line: 3, character: 3 },
    range: { start: { line: 9, character: 9 }, end: { line: 1, character: 1 } },
  };
  for (const method of ["codeAction", "hover", "inlayHint", "codeLens", "documentLink", "diagnostic"])
    await client.request(`textDocument/${method}`, { ...nowhere, ...place, context: { diagnostics: [] } });
});
