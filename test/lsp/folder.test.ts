import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Hover } from "vscode-languageserver/node";
import { projectReader } from "../../server/src/host/project/reader";
import { CALCULATOR, eventually, folderOf, LspClient } from "../kit/lsp";

async function open(files: Readonly<Record<string, string>> = CALCULATOR) {
  const folder = folderOf(files);
  const uri = folder.uri("Dockerfile");
  const client = await LspClient.start({ options: { ui: true } });
  await client.open(uri, files.Dockerfile ?? "");
  const hover = async (text: string) =>
    JSON.stringify(
      await client.request<Hover | null>("textDocument/hover", {
        textDocument: { uri },
        position: client.at(uri, text).start,
      }),
    );
  const changed = (name: string, type = 2) =>
    client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: folder.uri(name), type }] });
  return { client, uri, folder, hover, changed };
}

const HTTPS = 'package main\n\nimport "net/http"\n\nfunc main() { http.Get("https://example.com") }\n';

test("the client is asked to watch the files that facts come from", async () => {
  const { client } = await open();
  await eventually("the registration", () => client.registered.includes("workspace/didChangeWatchedFiles"));
});

test("a source that changes changes what is offered, and the client is asked to pull again", async () => {
  const { client, folder, hover, changed } = await open();
  await eventually("scratch is offered", async () => (await hover("go build")).includes("ship on scratch"));
  const before = client.refreshes;
  writeFileSync(join(folder.path, "calculator.go"), HTTPS);
  await changed("calculator.go");
  const text = await eventually("scratch is refused", async () => {
    const found = await hover("go build");
    return found.includes("Not offered for scratch") ? found : undefined;
  });
  expect(text).toContain("CA certificates");
  expect(client.refreshes).toBeGreaterThan(before);
});

test("a change in another folder, or of a folder whose name only begins alike, is nobody's", async () => {
  const { client, hover, folder } = await open();
  await eventually("scratch is offered", async () => (await hover("go build")).includes("ship on scratch"));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const before = client.refreshes;
  await client.notify("workspace/didChangeWatchedFiles", {
    changes: [
      { uri: `${folder.uri("")}-other/a.go`, type: 1 },
      { uri: "file:///elsewhere/a.go", type: 1 },
    ],
  });
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(client.refreshes).toBe(before);
});

test(".dockerignore decides what COPY brings", async () => {
  const { client, folder, changed } = await open({
    Dockerfile: "FROM scratch\nCOPY . /\n",
    "big.bin": "x".repeat(5_000_000),
  });
  await eventually("5 MB", () => client.statuses.at(-1)?.text === "≈ 5 MB");
  writeFileSync(join(folder.path, ".dockerignore"), "*.bin\n");
  await changed(".dockerignore", 1);
  await eventually("a few bytes", () => client.statuses.at(-1)?.text.endsWith(" B"));
});

test("a folder is listed in many short turns, so that keystrokes are answered meanwhile", async () => {
  const { path } = folderOf({});
  for (let each = 0; each < 50; each++) {
    mkdirSync(join(path, `${each}`));
    for (let file = 0; file < 100; file++) writeFileSync(join(path, `${each}`, `${file}`), "");
  }
  let turns = 0;
  let listing = true;
  const turn = () => {
    turns++;
    if (listing) setImmediate(turn);
  };
  setImmediate(turn);
  expect(await projectReader(path).files(true)).toHaveLength(5_000);
  listing = false;
  expect(turns).toBeGreaterThan(50);
});

test("a folder that is gone, and one with too many files, are unknown", { timeout: 60_000 }, async () => {
  const gone = await open();
  rmSync(gone.folder.path, { recursive: true });
  await gone.changed("calculator.go", 3);
  await eventually("no facts", async () => (await gone.hover("go build")).includes("≥"));
  expect(await gone.client.codes(gone.uri)).toContain("missing-build-stage");

  const huge = folderOf({ Dockerfile: "FROM scratch\nCOPY . /\n" });
  for (let each = 0; each < 30; each++) {
    mkdirSync(join(huge.path, `${each}`));
    for (let file = 0; file < 700; file++) writeFileSync(join(huge.path, `${each}`, `${file}`), "");
  }
  const client = await LspClient.start({ options: { ui: true } });
  await client.open(huge.uri("Dockerfile"), "FROM scratch\nCOPY . /\nRUM x\n");
  await eventually("unknown", () => client.statuses.at(-1)?.kind === "unknown");
});
