/** A session with one language server over stdio, timed: start, open, keystrokes, memory. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

export interface LspServer {
  readonly name: string;
  /** The command, after `node`. */
  readonly argv: readonly string[];
  readonly pulls: boolean;
}

/** Milliseconds, and MiB. */
export interface SessionTimes {
  readonly initialize: number;
  readonly open: number;
  readonly keystrokes: readonly number[];
  /** What the main thread computed for one keystroke on the average, whoever else the machine served meanwhile. */
  readonly work: number | undefined;
  /** Undefined where the system does not tell. */
  readonly memory: number | undefined;
}

const URI = "file:///bench/Dockerfile";
/** Milliseconds from the first diagnostics to the first keystroke. */
const LOOKS = 1_000;

/** Opens a text and makes so many keystrokes in its middle; each waits for its diagnostics. */
export async function timeSession(server: LspServer, text: string, keystrokes: number): Promise<SessionTimes> {
  const began = performance.now();
  const child = spawn(process.execPath, server.argv, { stdio: ["pipe", "pipe", "ignore"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  try {
    await connection.sendRequest("initialize", initialization(server));
    const initialize = performance.now() - began;
    await connection.sendNotification("initialized", {});
    const client = new Diagnosed(connection, server.pulls);
    const open = await client.timed("textDocument/didOpen", {
      textDocument: { uri: URI, languageId: "dockerfile", version: 1, text },
    });
    // Who opens a file looks at it before typing: the same for every server.
    await sleep(LOOKS);
    const line = text.split("\n").length >> 1;
    const times: number[] = [];
    const before = computed(child);
    for (let each = 0; each < keystrokes; each++) {
      const end = { line, character: each === 0 ? 0 : 1 };
      times.push(
        await client.timed("textDocument/didChange", {
          textDocument: { uri: URI, version: each + 2 },
          contentChanges: [{ range: { start: { line, character: 0 }, end }, text: each % 2 === 0 ? "#" : " " }],
        }),
      );
    }
    const work = before === undefined ? undefined : ((computed(child) ?? before) - before) / keystrokes;
    return { initialize, open, keystrokes: times, work, memory: memoryInStatus(child, "VmHWM") };
  } finally {
    connection.dispose();
    child.kill("SIGKILL");
  }
}

/** Opens so many files, each with its diagnostics; MiB that the server then keeps, undefined where the system does not tell. */
export async function memoryOf(server: LspServer, texts: readonly string[]): Promise<number | undefined> {
  const child = spawn(process.execPath, server.argv, { stdio: ["pipe", "pipe", "ignore"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  try {
    await connection.sendRequest("initialize", initialization(server));
    await connection.sendNotification("initialized", {});
    for (const [at, text] of texts.entries()) {
      const uri = `file:///bench/${at}/Dockerfile`;
      const client = new Diagnosed(connection, server.pulls, uri);
      await client.timed("textDocument/didOpen", { textDocument: { uri, languageId: "dockerfile", version: 1, text } });
    }
    await sleep(LOOKS);
    return memoryInStatus(child, "VmRSS");
  } finally {
    connection.dispose();
    child.kill("SIGKILL");
  }
}

function initialization({ pulls }: LspServer): object {
  return {
    processId: process.pid,
    rootUri: null,
    capabilities: pulls ? { textDocument: { diagnostic: {} } } : { textDocument: { publishDiagnostics: {} } },
  };
}

/** Sends a document's news and waits for the diagnostics that follow. */
class Diagnosed {
  private answered: (() => void) | undefined;

  constructor(
    private readonly connection: ProtocolConnection,
    private readonly pulls: boolean,
    private readonly uri = URI,
  ) {
    connection.onNotification("textDocument/publishDiagnostics", () => this.answered?.());
  }

  async timed(method: string, params: object): Promise<number> {
    const published = new Promise<void>((resolve) => {
      this.answered = resolve;
    });
    const began = performance.now();
    await this.connection.sendNotification(method, params);
    if (this.pulls) await this.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri: this.uri } });
    else await published;
    return performance.now() - began;
  }
}

/** Milliseconds that the main thread of a process has computed so far. */
function computed({ pid }: ChildProcess): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ", 1)[0]) / 1e6;
  } catch {
    return undefined;
  }
}

/** MiB: `VmHWM` is the most it ever had, `VmRSS` what it has. */
function memoryInStatus({ pid }: ChildProcess, field: "VmHWM" | "VmRSS"): number | undefined {
  try {
    const kib = new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}
