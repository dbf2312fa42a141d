import { expect, test } from "vitest";
import { CALCULATOR, eventually, FULL, folderOf, LspClient } from "../kit/lsp";

const PUSH = { ...FULL, textDocument: { publishDiagnostics: { relatedInformation: true } } };
const UNTITLED = "untitled:Untitled-1";

test("a client that pulls gets findings with rule, page and related places, and nothing is pushed", async () => {
  const { uri } = folderOf(CALCULATOR);
  const client = await LspClient.start();
  await client.open(uri("Dockerfile"), CALCULATOR.Dockerfile);
  const wanted = ["bloated-base-image", "missing-build-stage"];
  const found = (await client.pull(uri("Dockerfile"))).filter(({ code }) => wanted.includes(String(code)));
  expect(found).toMatchObject([
    { code: "bloated-base-image", source: "ballast", severity: 2 },
    { code: "missing-build-stage", source: "ballast", severity: 2, message: expect.stringContaining("compiler") },
  ]);
  expect(found[0]?.range).toEqual({ start: { line: 0, character: 5 }, end: { line: 0, character: 11 } });
  expect(found[0]?.codeDescription?.href).toMatch(/^file:\/\/.*\/docs\/rules\/bloated-base-image\.md$/);
  expect(found[1]?.relatedInformation?.[0]?.location).toEqual({
    uri: uri("Dockerfile"),
    range: { start: { line: 0, character: 5 }, end: { line: 0, character: 11 } },
  });
  expect(client.published.size).toBe(0);
});

test("what was pulled for the same text and facts is not sent twice", async () => {
  const client = await LspClient.start();
  await client.open(UNTITLED, "FROM scratch\nRUM x\n");
  const pull = (previousResultId?: string) =>
    client.request<{ kind: string; resultId: string }>("textDocument/diagnostic", {
      textDocument: { uri: UNTITLED },
      previousResultId,
    });
  const first = await pull();
  expect(first).toMatchObject({ kind: "full" });
  expect(await client.codes(UNTITLED)).toContain("invalid-syntax");
  expect(await pull(first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
  await client.replace(UNTITLED, "RUM", "RUN");
  expect(await pull(first.resultId)).toMatchObject({ kind: "full" });
  expect(await client.codes(UNTITLED)).not.toContain("invalid-syntax");
});

test("a client that cannot pull is pushed to, for the newest text, and cleared when the document closes", async () => {
  const client = await LspClient.start({ capabilities: PUSH });
  expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
  await client.open(UNTITLED, "FROM scratch\nRUM x\n");
  await eventually("the finding", () => client.published.get(UNTITLED)?.some(({ code }) => code === "invalid-syntax"));
  expect(client.published.get(UNTITLED)?.[0]?.codeDescription).toBeUndefined();
  await client.replace(UNTITLED, "RUM", "RUN");
  const rejected = () => client.published.get(UNTITLED)?.some(({ code }) => code === "invalid-syntax");
  await eventually("no finding", () => rejected() === false || undefined);
  await client.replace(UNTITLED, "RUN", "RUM");
  await eventually("the finding again", rejected);
  await client.notify("textDocument/didClose", { textDocument: { uri: UNTITLED } });
  await eventually("it is cleared", () => client.published.get(UNTITLED)?.length === 0);
});

test("a document is the same however its URI is written", async () => {
  const client = await LspClient.start();
  await client.open("file:///c%3A/nowhere/Dockerfile", "RUM x\n");
  expect(await client.codes("file:///C:/nowhere/Dockerfile")).toContain("invalid-syntax");
});

test("lines that are being typed, one character after the other, never stop the answers", async () => {
  const client = await LspClient.start();
  await client.open(UNTITLED, "");
  let at = 0;
  for (const character of 'FROM scratch\nRUN go build -o "/a\nENTRYPOINT ["/a\nCOPY --from= <<EOF') {
    const { line, character: column } = { line: client.textOf(UNTITLED).split("\n").length - 1, character: at };
    const place = { line, character: column };
    await client.change(UNTITLED, [{ range: { start: place, end: place }, newText: character }]);
    at = character === "\n" ? 0 : at + 1;
    expect(await client.pull(UNTITLED)).toBeInstanceOf(Array);
  }
  expect(client.messages).toEqual([]);
});

test("a binary file has no findings; the same document as text has", async () => {
  const client = await LspClient.start();
  await client.open(UNTITLED, "RUM \0 x\n");
  expect(await client.pull(UNTITLED)).toEqual([]);
  await client.replace(UNTITLED, "\0", "");
  expect(await client.codes(UNTITLED)).toContain("invalid-syntax");
});

test("100,000 lines are answered", async () => {
  const client = await LspClient.start();
  await client.open(UNTITLED, `FROM scratch\n${"RUN echo hello\n".repeat(100_000)}RUM x\n`);
  expect(await client.codes(UNTITLED)).toContain("invalid-syntax");
  await client.open("untitled:blank", `RUM x\n${"\n".repeat(100_000)}`);
  expect(await client.codes("untitled:blank")).toContain("invalid-syntax");
  expect(client.messages).toEqual([]);
});

test("CRLF and a character of two UTF-16 units before a finding leave its place where it is", async () => {
  const client = await LspClient.start();
  await client.open(UNTITLED, "# 😀\r\nFROM scratch\r\nLABEL a=😀 b=c\r\nRUM x\r\n");
  const found = (await client.pull(UNTITLED)).find(({ code }) => code === "invalid-syntax");
  expect(found?.range.start).toEqual({ line: 3, character: 0 });
});
