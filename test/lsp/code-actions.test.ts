import { beforeEach, expect, test } from "vitest";
import { type CodeAction, CodeActionKind, type Range } from "vscode-languageserver/node";
import { CALCULATOR, FULL, folderOf, LspClient } from "../kit/lsp";

let client: LspClient;
let uri: string;

async function open(text: string = CALCULATOR.Dockerfile, start: Parameters<typeof LspClient.start>[0] = {}) {
  const folder = folderOf({ ...CALCULATOR, Dockerfile: text });
  uri = folder.uri("Dockerfile");
  client = await LspClient.start(start);
  await client.open(uri, text);
}

function actionsAt(text: string, only?: string[]): Promise<CodeAction[]> {
  const range: Range = client.at(uri, text);
  return client.request("textDocument/codeAction", {
    textDocument: { uri },
    range,
    context: { diagnostics: [], ...(only && { only }) },
  });
}

const resolve = (action: CodeAction | undefined) => client.request<CodeAction>("codeAction/resolve", action);

beforeEach(() => open());

test.each(["ubuntu", "go build"])("at %s the light bulb offers both rewrites, with sizes, once", async (place) => {
  const all = await actionsAt(place);
  expect(all.filter(({ isPreferred }) => isPreferred)).toEqual(all.slice(0, 1));
  const actions = all.slice(0, 2);
  expect(all.slice(2).filter(({ title }) => title.includes("ship on"))).toEqual([]);
  expect(actions.map(({ title, kind, isPreferred = false }) => [title, kind, isPreferred])).toEqual([
    [
      expect.stringMatching(/^Build in its own stage, ship on distroless static \(≈ \d+ MB → ≈ [\d.]+ MB\)$/),
      "quickfix",
      true,
    ],
    [expect.stringMatching(/^Build in its own stage, ship on scratch \(≈ \d+ MB → ≈ [\d.]+ MB\)$/), "quickfix", false],
  ]);
  expect(actions[0]?.diagnostics?.map(({ code }) => code)).toEqual(["bloated-base-image", "missing-build-stage"]);
  expect(actions.every(({ edit }) => edit === undefined)).toBe(true);
});

test.each([0, 1])("applying rewrite %i takes its findings away, and nothing at warning or above is new", async (at) => {
  const action = await resolve((await actionsAt("ubuntu"))[at]);
  const after = await client.apply(uri, action.edit);
  expect(after).toMatch(at === 0 ? /\nFROM gcr\.io\/distroless\/static-debian13:nonroot\n/ : /\nFROM scratch\n/);
  const loud = (await client.pull(uri)).filter(({ severity }) => (severity ?? 1) <= 2);
  expect(loud).toEqual([]);
  expect(await actionsAt("go build", [CodeActionKind.QuickFix])).toEqual([]);
});

test("an edit that was offered for an older text is not made", async () => {
  const [action] = await actionsAt("ubuntu");
  await client.replace(uri, "ubuntu", "ubuntu:26.04");
  await expect(resolve(action)).rejects.toThrow("has changed since");
});

test("a client that resolves nothing gets the edits at once, without versions where it has none", async () => {
  const { textDocument, ...rest } = FULL;
  await open(CALCULATOR.Dockerfile, {
    capabilities: { ...rest, workspace: {}, textDocument: { diagnostic: textDocument?.diagnostic ?? {} } },
  });
  const [action] = await actionsAt("ubuntu");
  expect(action).not.toHaveProperty("isPreferred");
  expect(await client.apply(uri, action?.edit)).toContain("FROM gcr.io/distroless");
});

test("the preferred rewrite is that of the setting", async () => {
  await open(CALCULATOR.Dockerfile, { options: { settings: { target: "scratch" } } });
  const preferred = (await actionsAt("go build")).filter(({ isPreferred }) => isPreferred);
  expect(preferred.map(({ title }) => title)).toEqual([expect.stringContaining("ship on scratch")]);
});

test("rewrites are refactorings anywhere in the stage that ships", async () => {
  const actions = await actionsAt("ENTRYPOINT", [CodeActionKind.Refactor]);
  expect(new Set(actions.map(({ kind }) => kind))).toEqual(new Set(["refactor.rewrite"]));
  expect(await client.apply(uri, (await resolve(actions[1])).edit)).toContain("FROM scratch");
});

test("a refusal is a disabled refactoring, with its reason, for whoever asks for refactorings alone", async () => {
  await open(CALCULATOR.Dockerfile.replace('ENTRYPOINT ["/app"]', "ENTRYPOINT /app | tee /log"));
  const refused = await actionsAt("ENTRYPOINT", [CodeActionKind.Refactor]);
  expect(refused.map(({ disabled }) => disabled?.reason)).toEqual([
    expect.stringMatching(/\.$/),
    expect.stringMatching(/\.$/),
  ]);
  expect((await actionsAt("ENTRYPOINT")).filter(({ disabled }) => disabled)).toEqual([]);
  await open(CALCULATOR.Dockerfile.replace('ENTRYPOINT ["/app"]', "ENTRYPOINT /app | tee /log"), {
    capabilities: { ...FULL, textDocument: { diagnostic: {}, codeAction: {} } },
  });
  expect(await actionsAt("ENTRYPOINT", [CodeActionKind.Refactor])).toEqual([]);
});

test("fix-all makes the safe fixes together, no rewrite, and has nothing to do afterwards", async () => {
  const [action, ...others] = await actionsAt("ubuntu", ["source.fixAll"]);
  expect([action?.kind, others]).toEqual(["source.fixAll.ballast", []]);
  const after = await client.apply(uri, action?.edit);
  expect(after).toContain("rm -rf /var/lib/apt/lists/*");
  expect(after.match(/^FROM /gm)).toHaveLength(1);
  expect(await client.codes(uri)).not.toContain("apt-lists-kept");
  expect(await actionsAt("ubuntu", ["source.fixAll.ballast"])).toEqual([]);
  expect((await actionsAt("ubuntu")).filter(({ kind }) => kind?.startsWith("source"))).toEqual([]);
});

test("a rule's own fix is a quick fix of its finding", async () => {
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 80 } };
  const params = { textDocument: { uri }, range, context: { diagnostics: [], only: ["quickfix"] } };
  const actions = await client.request<CodeAction[]>("textDocument/codeAction", params);
  const fix = actions.find(({ diagnostics }) => diagnostics?.some(({ code }) => code === "apt-lists-kept"));
  expect(fix?.isPreferred).toBe(true);
  await client.apply(uri, (await resolve(fix)).edit);
  expect(await client.codes(uri)).not.toContain("apt-lists-kept");
});
