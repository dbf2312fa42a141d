import { expect, test } from "vitest";
import type { CodeAction, CodeLens } from "vscode-languageserver/node";
import { type InitializationOptions, METHODS } from "../../server/src/protocol";
import { CALCULATOR, FULL, folderOf, LspClient } from "../kit/lsp";

/** An editor that has made the rewrite for scratch, and what it is asked for then. */
async function rewritten(options: InitializationOptions = { ui: true }, lazy = true) {
  const folder = folderOf(CALCULATOR);
  const uri = folder.uri("Dockerfile");
  const { codeAction, ...textDocument } = FULL.textDocument ?? {};
  const eager = { ...FULL, textDocument: { ...textDocument, codeAction: {} } };
  const client = await LspClient.start({ options, capabilities: lazy ? FULL : eager });
  await client.open(uri, CALCULATOR.Dockerfile);
  const { start } = client.at(uri, "ubuntu");
  const params = { textDocument: { uri }, range: { start, end: start }, context: { diagnostics: [] } };
  const actions = await client.request<CodeAction[]>("textDocument/codeAction", params);
  const action = actions.find(({ title }) => title.includes("scratch"));
  const { edit } = lazy ? await client.request<CodeAction>("codeAction/resolve", action) : (action ?? {});
  const apply = () => client.apply(uri, edit);
  const lenses = () => client.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
  const proves = async () => (await lenses()).some(({ command }) => command?.title.startsWith("Prove it"));
  const setText = (text: string) => client.replace(uri, client.textOf(uri), text);
  return { client, uri, apply, lenses, proves, setText };
}

test.each([true, false])("a rewrite that was made may be proven (edits on demand: %s)", async (lazy) => {
  const { client, uri, apply, lenses, proves } = await rewritten({ ui: true }, lazy);
  expect(await proves()).toBe(false);
  await apply();
  const [, prove] = await lenses();
  const line = client.at(uri, "FROM scratch").start.line;
  expect(prove).toMatchObject({
    range: { start: { line } },
    command: { title: "Prove it: build and run both versions", command: "ballast.prove", arguments: [uri] },
  });
});

test("as long as the file makes what the rewrite made of it", async () => {
  const { client, uri, apply, proves, setText } = await rewritten();
  const made = await apply();
  await client.replace(uri, "FROM scratch", "# small\n\nFROM scratch");
  expect(await proves()).toBe(true);
  await client.replace(uri, "golang-go", "golang-go curl");
  expect(await proves()).toBe(false);
  await setText(made);
  expect(await proves()).toBe(true);
  await setText(CALCULATOR.Dockerfile);
  expect(await proves()).toBe(false);
  await client.notify("textDocument/didClose", { textDocument: { uri } });
  await client.open(uri, made);
  expect(await proves()).toBe(false);
});

test("but not in an untrusted folder, until it is trusted", async () => {
  const { client, apply, proves } = await rewritten({ ui: true, trusted: false });
  await apply();
  expect(await proves()).toBe(false);
  await client.notify(METHODS.trusted);
  expect(await proves()).toBe(true);
});

test("other editors have the server's command for it; without a rewrite it says so", async () => {
  const { client, uri, apply, lenses } = await rewritten({});
  const command = { command: "ballast.server.compare", arguments: [{ uri, sinceRewrite: true }] };
  await expect(client.request("workspace/executeCommand", command)).rejects.toThrow(
    "No rewrite was made in this file, or it was changed since: use Compare.",
  );
  await apply();
  expect((await lenses())[1]?.command).toMatchObject(command);
});
