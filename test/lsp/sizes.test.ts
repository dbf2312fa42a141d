import { expect, test } from "vitest";
import type { CodeLens, DocumentLink, Hover, InlayHint } from "vscode-languageserver/node";
import { CALCULATOR, eventually, folderOf, LspClient } from "../kit/lsp";

const ALL = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

async function open(text: string = CALCULATOR.Dockerfile, options = {}) {
  const folder = folderOf({ ...CALCULATOR, Dockerfile: text });
  const uri = folder.uri("Dockerfile");
  const client = await LspClient.start({ options });
  await client.open(uri, text);
  const ask = <R>(method: string, params = {}) =>
    client.request<R>(`textDocument/${method}`, { textDocument: { uri }, ...params });
  return { client, uri, ask, folder };
}

test("each FROM of a known image says at its end what the base weighs", async () => {
  const { ask } = await open(
    "FROM golang:1.26 AS build\nRUN true\nFROM nobody/knows\nFROM ubuntu\nFROM build\nFROM scratch\n",
  );
  const hints = await ask<InlayHint[]>("inlayHint", { range: ALL });
  expect(hints.map(({ position, label }) => [position, label])).toEqual([
    [{ line: 0, character: 25 }, expect.stringMatching(/^≈? ?\d+ MB$/)],
    [{ line: 3, character: 11 }, "100 MB"],
  ]);
  expect(hints[1]?.tooltip).toMatch(/catalog, 20\d\d-\d\d-\d\d, linux\/amd64$/);
  const some = await ask<InlayHint[]>("inlayHint", { range: { ...ALL, end: { line: 1, character: 0 } } });
  expect(some).toHaveLength(1);
});

test("lenses stand above the stage that ships, with our client's commands or the server's", async () => {
  const text = "FROM golang:1.26 AS build\nFROM scratch\nCOPY --from=build /x /x\n";
  for (const ui of [true, false]) {
    const { ask, uri, client } = await open(text, { ui });
    const lenses = await ask<CodeLens[]>("codeLens");
    const prefix = ui ? "ballast" : "ballast.server";
    expect(lenses.map(({ range, command }) => [range.start.line, command])).toEqual([
      [1, { title: "Build image", command: `${prefix}.build`, arguments: [uri] }],
      [1, { title: "Compare with the rewrite", command: `${prefix}.compare`, arguments: [uri] }],
    ]);
    if (!ui) {
      const known = client.initialized.capabilities.executeCommandProvider?.commands;
      expect(known).toEqual(lenses.map(({ command }) => command?.command));
    }
  }
});

test("settings turn hints and lenses off, at start and later", async () => {
  const { client, ask } = await open(undefined, { settings: { inlayHints: false, codeLens: false } });
  expect([await ask("inlayHint", { range: ALL }), await ask("codeLens")]).toEqual([[], []]);
  await client.notify("workspace/didChangeConfiguration", { settings: { ballast: { inlayHints: true } } });
  expect(await ask("inlayHint", { range: ALL })).toHaveLength(1);
  expect(await ask("codeLens")).toHaveLength(2);
});

test("image references lead to their registry's page", async () => {
  const { ask } = await open(
    "FROM golang:1.26 AS build\nFROM build\nFROM registry.example.com/x\nFROM gcr.io/distroless/base-debian13\n",
  );
  const links = await ask<DocumentLink[]>("documentLink");
  expect(links.map(({ range, target }) => [range.start, range.end.character, target])).toEqual([
    [{ line: 0, character: 5 }, 16, "https://hub.docker.com/_/golang"],
    [{ line: 3, character: 5 }, 36, "https://github.com/GoogleContainerTools/distroless"],
  ]);
});

test("hover on a base says what the catalog knows of it, and what it does not", async () => {
  const { client, uri, ask } = await open('FROM ubuntu:26.04\nFROM nobody/knows\nCMD ["x"]\n');
  const at = (text: string) => ask<Hover | null>("hover", { position: client.at(uri, text).start });
  const known = JSON.stringify(await at("ubuntu"));
  for (const fact of [
    "ubuntu:26.04",
    "unpacked",
    "ubuntu resolute",
    "glibc",
    "has a shell",
    "apt",
    "supported until 2031",
  ])
    expect(known).toContain(fact);
  expect(JSON.stringify(await at("nobody"))).toContain("does not know `nobody/knows`");
  expect(await at("CMD")).toBeNull();
});

test("hover on a finding says what its fixes assume, and why a rewrite is not offered", async () => {
  const { client, uri, ask } = await open(
    CALCULATOR.Dockerfile.replace("ENTRYPOINT", "ENV TZ=Europe/Berlin\nENTRYPOINT"),
  );
  const text = await eventually("the offers", async () => {
    const found = JSON.stringify(await ask("hover", { position: client.at(uri, "go build").start }));
    return found.includes("ship on distroless") ? found : undefined;
  });
  expect(text).toContain("Not offered for scratch: ENV TZ names a time zone, and scratch has none");
  expect(text).toContain("no longer as root");
});

test("our client is told what its status bar says, once for each change", async () => {
  const { client, uri } = await open(undefined, { ui: true });
  const first = await eventually("the folder is counted", () =>
    client.statuses.find(({ text }) => text.startsWith("≈")),
  );
  expect(first).toMatchObject({ uri, kind: "estimate", text: expect.stringMatching(/^≈ 6\d0 MB$/) });
  expect(first.tooltip).toMatch(/\| 100 MB \| 1 \| `FROM ubuntu AS build` \|/);
  expect(first.tooltip).toContain("linux/amd64");
  const before = client.statuses.length;
  for (const word of ["a", "b", "c"]) await client.replace(uri, "ENTRYPOINT", `# ${word}\nENTRYPOINT`);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(client.statuses.length).toBe(before);
  await client.replace(uri, "FROM ubuntu", "FROM nobody/knows");
  await eventually("another base", () => client.statuses.at(-1)?.text !== first.text);
});

test("another editor's client is told of no status", async () => {
  const { client } = await open();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(client.statuses).toEqual([]);
});
