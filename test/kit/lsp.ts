import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach } from "vitest";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type InitializationOptions, type Log, METHODS, type Status } from "../../server/src/protocol";

const root = join(import.meta.dirname, "../..");
export const SERVER: readonly string[] = [join(root, "dist/server.js"), "--stdio"];
export const CLI_SERVER: readonly string[] = [join(root, "dist/cli.js"), "lsp", "--stdio"];

/** What VS Code's client says that it can, as far as the server asks. */
export const FULL: ClientCapabilities = {
  workspace: {
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
  },
  textDocument: {
    diagnostic: { relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    codeAction: {
      dataSupport: true,
      resolveSupport: { properties: ["edit"] },
      disabledSupport: true,
      isPreferredSupport: true,
      codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
    },
    definition: { dynamicRegistration: true },
    references: { dynamicRegistration: true },
    documentHighlight: { dynamicRegistration: true },
    rename: { dynamicRegistration: true, prepareSupport: true },
    documentSymbol: { dynamicRegistration: true, hierarchicalDocumentSymbolSupport: true },
    foldingRange: { dynamicRegistration: true },
  },
  window: { workDoneProgress: true },
};

export interface Start {
  readonly argv?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly options?: InitializationOptions;
  readonly env?: Readonly<Record<string, string>>;
  /** The process whose end the server must notice; this one where it is left out. */
  readonly processId?: number;
}

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

/** A client of the real server over stdio; it remembers what the server says. */
export class LspClient {
  readonly published = new Map<string, Diagnostic[]>();
  readonly statuses: Status[] = [];
  readonly log: string[] = [];
  readonly messages: string[] = [];
  readonly progress: { readonly kind: string; readonly message?: string }[] = [];
  /** The methods that are registered now. */
  readonly registered: string[] = [];
  refreshes = 0;
  private version = 1;
  private readonly documents = new Map<string, TextDocument>();

  private constructor(
    readonly process: ChildProcess,
    readonly connection: ProtocolConnection,
    readonly initialized: InitializeResult,
  ) {}

  static async start({ argv = SERVER, capabilities = FULL, options, env, processId }: Start = {}): Promise<LspClient> {
    const child = spawn(process.execPath, argv, {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, ...env },
    });
    running.push(child);
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.onError(() => undefined);
    child.stdin.on("error", () => undefined);
    connection.listen();
    const initialized = await connection.sendRequest<InitializeResult>("initialize", {
      processId: processId ?? process.pid,
      rootUri: null,
      capabilities,
      ...(options && { initializationOptions: options }),
    });
    const client = new LspClient(child, connection, initialized);
    client.listen();
    await connection.sendNotification("initialized", {});
    return client;
  }

  private listen(): void {
    const { connection } = this;
    connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
      this.published.set(uri, diagnostics);
    });
    connection.onNotification(METHODS.status, (status: Status) => void this.statuses.push(status));
    connection.onNotification(METHODS.log, ({ lines }: Log) => void this.log.push(...lines));
    connection.onNotification("window/logMessage", ({ message }) => void this.messages.push(message));
    connection.onNotification("window/showMessage", ({ message }) => void this.messages.push(message));
    connection.onNotification("$/progress", ({ value }) => void this.progress.push(value));
    for (const what of ["diagnostic", "inlayHint"])
      connection.onRequest(`workspace/${what}/refresh`, () => {
        this.refreshes++;
        return null;
      });
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.onRequest("client/registerCapability", ({ registrations }) => {
      for (const { method } of registrations as { method: string }[]) this.registered.push(method);
      return null;
    });
    connection.onRequest("client/unregisterCapability", ({ unregisterations }) => {
      for (const { method } of unregisterations as { method: string }[])
        this.registered.splice(this.registered.indexOf(method), 1);
      return null;
    });
  }

  async open(uri: string, text: string): Promise<void> {
    const document = TextDocument.create(uri, "dockerfile", this.version, text);
    this.documents.set(uri, document);
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "dockerfile", version: this.version, text },
    });
  }

  /** An incremental change of the one place where `from` stands. */
  async replace(uri: string, from: string, to: string): Promise<void> {
    const document = this.documents.get(uri);
    const at = document?.getText().indexOf(from) ?? -1;
    if (!document || at < 0) throw new Error(`${from} is not in ${uri}`);
    const range = { start: document.positionAt(at), end: document.positionAt(at + from.length) };
    await this.change(uri, [{ range, newText: to }]);
  }

  /** Makes edits as an editor does, and tells the server each as a change of a range. */
  async change(uri: string, edits: readonly TextEdit[]): Promise<string> {
    const document = this.documents.get(uri);
    if (!document) throw new Error(`${uri} is not open`);
    const text = TextDocument.applyEdits(document, [...edits]);
    const whole = { start: document.positionAt(0), end: document.positionAt(document.getText().length) };
    const [only] = edits;
    const change = edits.length === 1 && only ? { range: only.range, text: only.newText } : { range: whole, text };
    TextDocument.update(document, [{ text }], ++this.version);
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: this.version },
      contentChanges: [change],
    });
    return text;
  }

  /** Makes a workspace edit, as long as it is of the document's version; gives the text afterwards. */
  async apply(uri: string, edit: WorkspaceEdit | undefined): Promise<string> {
    const versioned = edit?.documentChanges?.[0];
    if (versioned && "edits" in versioned) {
      if (versioned.textDocument.version !== this.version) throw new Error("an edit of another version");
      return this.change(uri, versioned.edits as TextEdit[]);
    }
    const edits = edit?.changes?.[uri];
    if (!edits) throw new Error("there is no edit to make");
    return this.change(uri, edits);
  }

  textOf(uri: string): string {
    return this.documents.get(uri)?.getText() ?? "";
  }

  at(uri: string, text: string) {
    const document = this.documents.get(uri);
    const at = document?.getText().indexOf(text) ?? -1;
    if (!document || at < 0) throw new Error(`${text} is not in ${uri}`);
    return { start: document.positionAt(at), end: document.positionAt(at) };
  }

  request<R>(method: string, params: unknown): Promise<R> {
    return this.connection.sendRequest<R>(method, params);
  }

  notify(method: string, params?: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  /** The diagnostics, pulled. */
  async pull(uri: string): Promise<Diagnostic[]> {
    const report = await this.request<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } });
    return report.items;
  }

  async codes(uri: string): Promise<unknown[]> {
    return (await this.pull(uri)).map(({ code, source }) => code ?? source);
  }

  get exit(): Promise<number | null> {
    if (this.process.exitCode !== null) return Promise.resolve(this.process.exitCode);
    return new Promise((resolve) => this.process.once("exit", resolve));
  }
}

/** A Dockerfile that every rewrite is offered for, and the source it builds, in a folder of the test's own. */
export const CALCULATOR = {
  Dockerfile: `FROM ubuntu AS build
RUN apt-get update && apt-get install -y golang-go
COPY calculator.go .
RUN CGO_ENABLED=0 go build -o /app calculator.go
ENTRYPOINT ["/app"]
`,
  "calculator.go": 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println(42) }\n',
};

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files: its path, and the URI of a file in it. */
export function folderOf(files: Readonly<Record<string, string>>) {
  const path = mkdtempSync(join(tmpdir(), "ballast-lsp-"));
  folders.push(path);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return { path, uri: (name: string) => pathToFileURL(join(path, name)).href };
}

/** Waits until it gives something; fails after so many milliseconds, and says what it waited for. */
export async function eventually<T>(
  what: string,
  get: () => T | undefined | Promise<T | undefined>,
  patience = 10_000,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const value = await get();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`after ${patience} ms still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
