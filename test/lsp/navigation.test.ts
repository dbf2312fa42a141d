import { expect, test } from "vitest";
import type {
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  Range,
  SymbolInformation,
  WorkspaceEdit,
} from "vscode-languageserver/node";
import { METHODS } from "../../server/src/protocol";
import { CLI_SERVER, eventually, FULL, folderOf, LspClient, type Start } from "../kit/lsp";

const TEXT = `ARG VERSION=1.26
FROM golang:\${VERSION} AS build
ARG VERSION
# one
# two
RUN <<EOF
echo "$VERSION"
EOF
FROM scratch
COPY --link \\
  --from=build /a /a
ENV X=\${VERSION:-x}
CMD ["/a"]
`;

const NAVIGATION = ["definition", "references", "documentHighlight", "rename", "documentSymbol", "foldingRange"].map(
  (each) => `textDocument/${each}`,
);

async function open(start: Start = {}, files: Readonly<Record<string, string>> = {}) {
  const folder = folderOf({ Dockerfile: TEXT, ...files });
  const uri = folder.uri("Dockerfile");
  const client = await LspClient.start(start);
  await client.open(uri, TEXT);
  const ask = <R>(method: string, params = {}) =>
    client.request<R>(`textDocument/${method}`, { textDocument: { uri }, ...params });
  return { client, uri, ask };
}

/** Behind the first character of the n-th place of a text. */
function at(what: string, nth = 0) {
  let offset = -1;
  for (let each = 0; each <= nth; each++) offset = TEXT.indexOf(what, offset + 1);
  const before = TEXT.slice(0, offset + 1).split("\n");
  return { position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
}

/** `line:character-character`, from 0. */
function short({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.character}`;
}

test("definition, references and highlights of a variable and of a stage", async () => {
  const { ask, uri } = await open();
  const definition = async (...where: Parameters<typeof at>) => {
    const found = await ask<Location | null>("definition", at(...where));
    expect(found?.uri ?? uri).toBe(uri);
    return found && short(found.range);
  };
  expect(await definition("VERSION", 1)).toBe("0:4-11");
  expect(await definition("VERSION", 3)).toBe("2:4-11");
  expect(await definition("VERSION", 2)).toBe("0:4-11");
  expect(await definition("build", 1)).toBe("1:26-31");
  expect(await definition("golang")).toBeNull();
  const references = (includeDeclaration: boolean) =>
    ask<Location[]>("references", { ...at("VERSION"), context: { includeDeclaration } });
  expect((await references(true)).map(({ range }) => short(range))).toEqual(["0:4-11", "1:14-21", "2:4-11", "6:7-14"]);
  expect((await references(false)).map(({ range }) => short(range))).toEqual(["1:14-21", "6:7-14"]);
  const highlights = await ask<DocumentHighlight[]>("documentHighlight", at("build"));
  expect(highlights.map(({ range, kind }) => [short(range), kind])).toEqual([
    ["1:26-31", 3],
    ["10:9-14", 2],
  ]);
});

test("rename writes every place, tied to the version", async () => {
  const { ask, client, uri } = await open();
  expect(short(await ask<Range>("prepareRename", at("build", 1)))).toBe("10:9-14");
  const edit = await ask<WorkspaceEdit>("rename", { ...at("build", 1), newName: "compile" });
  expect(await client.apply(uri, edit)).toBe(TEXT.replaceAll("build", "compile"));
});

test("what is not renamed says why", async () => {
  const { ask, client, uri } = await open({}, { "compose.yaml": "services: { a: { build: { target: build } } }" });
  const renamed = (newName: string) => ask("rename", { ...at("VERSION"), newName });
  await expect(renamed("1")).rejects.toThrow("A variable's name has letters, digits and _");
  await expect(renamed("TARGETARCH")).rejects.toThrow("BuildKit gives TARGETARCH a meaning of its own");
  await expect(ask("prepareRename", at("X="))).rejects.toThrow("Programs read X from the environment");
  expect(await ask("prepareRename", at("golang"))).toBeNull();
  // The folder's files are known a moment later.
  await eventually("compose.yaml to be known", async () => {
    const answer = await ask("prepareRename", at("build")).catch(({ message }) => message as string);
    return answer === "compose.yaml builds the stage build by its name." || undefined;
  });
  expect(client.textOf(uri)).toBe(TEXT);
});

test("the outline is a tree, or a list for a client that knows no tree", async () => {
  const tree = await (await open()).ask<DocumentSymbol[]>("documentSymbol");
  const names = (symbols: readonly DocumentSymbol[]): unknown[] =>
    symbols.map(({ name, detail, children }) => (children?.length ? [name, detail, names(children)] : [name, detail]));
  const build = [
    ["VERSION", "ARG"],
    ["RUN", "<<EOF"],
  ];
  const final = [
    ["COPY", "/a /a"],
    ["X", "ENV"],
    ["CMD", '["/a"]'],
  ];
  const base = `golang:\${VERSION}`;
  expect(names(tree)).toEqual([
    ["VERSION", "ARG"],
    ["build", base, build],
    ["scratch", "", final],
  ]);
  expect(tree.map(({ range, selectionRange }) => [range.start.line, range.end.line, short(selectionRange)])).toEqual([
    [0, 0, "0:4-11"],
    [1, 7, "1:26-31"],
    [8, 12, "8:5-12"],
  ]);
  const list = await (await open({ capabilities: {} })).ask<SymbolInformation[]>("documentSymbol");
  expect(list.map(({ name, containerName }) => [name, containerName])).toContainEqual(["CMD", "scratch"]);
});

test("stages, heredocs, continued lines and comments fold", async () => {
  const { ask } = await open();
  const folds = await ask<FoldingRange[]>("foldingRange");
  expect(folds.map(({ startLine, endLine, kind }) => `${startLine}-${endLine} ${kind ?? ""}`.trim())).toEqual([
    "1-7",
    "8-12",
    "5-7",
    "9-10",
    "3-4 comment",
  ]);
});

test("hover says what a name stands for, and where its value is from", async () => {
  const { ask } = await open();
  const hover = async (...where: Parameters<typeof at>) => {
    const contents = (await ask<Hover | null>("hover", at(...where)))?.contents;
    return typeof contents === "object" && "value" in contents ? contents.value : undefined;
  };
  expect(await hover("VERSION", 3)).toBe(
    "**VERSION** = `1.26`\n\nThe default of the `ARG` in line 1; `--build-arg VERSION=…` sets another.",
  );
  expect(await hover("VERSION", 4)).toContain("`ARG VERSION` here brings it in");
  expect(await hover("X=")).toBe("**X** = `x`\n\n`ENV` in line 12.");
  expect(await hover("build", 1)).toMatch(/^\*\*build\*\* is the stage in line 2 on `golang:\$\{VERSION\}`\.\n\n/);
});

test("another editor is told at once, by the command line's server too", async () => {
  for (const argv of [undefined, CLI_SERVER]) {
    const { client, ask } = await open({ ...(argv && { argv }), capabilities: {} });
    expect(client.initialized.capabilities).toMatchObject({
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      renameProvider: { prepareProvider: true },
      documentSymbolProvider: true,
      foldingRangeProvider: true,
    });
    expect(await ask("definition", at("build", 1))).not.toBeNull();
    expect(client.registered).toEqual([]);
  }
});

test("a client that can is told later, and told when it changes", async () => {
  const { client } = await open();
  expect(client.initialized.capabilities).not.toHaveProperty("definitionProvider");
  const are = (expected: readonly string[]) =>
    eventually(`[${expected}] to be registered`, () => {
      const now = client.registered.filter((method) => NAVIGATION.includes(method));
      return [...now].sort().join() === [...expected].sort().join() || undefined;
    });
  const set = (navigation: string) =>
    client.notify("workspace/didChangeConfiguration", { settings: { ballast: { navigation } } });
  await are(NAVIGATION);
  await client.notify(METHODS.elsewhere, { navigates: true });
  await are([]);
  await set("on");
  await are(NAVIGATION);
  await set("auto");
  await are([]);
  await client.notify(METHODS.elsewhere, { navigates: false });
  await are(NAVIGATION);
  await set("off");
  await are([]);
});

test.each([
  [{ navigatesElsewhere: true }, false],
  [{ navigatesElsewhere: true, settings: { navigation: "on" as const } }, true],
  [{ settings: { navigation: "off" as const } }, false],
])("with %j it answers: %s", async (options, answers) => {
  // A client that cannot be told gets no answers.
  for (const capabilities of [FULL, {}]) {
    const { ask } = await open({ options, capabilities });
    expect((await ask("definition", at("build", 1))) !== null).toBe(answers);
    expect((await ask("documentSymbol")) !== null).toBe(answers);
    expect((await ask("rename", { ...at("build", 1), newName: "b" })) !== null).toBe(answers);
    expect((await ask("hover", at("VERSION", 3))) !== null).toBe(answers);
    expect(await ask("hover", at("build", 1)), "its size is known to nobody else").not.toBeNull();
  }
});
