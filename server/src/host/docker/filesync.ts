import { once } from "node:events";
import { createReadStream } from "node:fs";
import type { ServerDuplexStream } from "@grpc/grpc-js";
import { EngineError } from "../../ports";
import { fileReason } from "./errors";
import { int64, type Packet, type Stat } from "./schema";
import type { ContextEntry } from "./walk";

/** A file of a folder that BuildKit asks for: one of the disk, or a text that is nowhere on it. */
export type SyncEntry = ContextEntry | { readonly path: string; readonly text: string };

/** The kinds of packets, as fsutil counts them. */
const kind = { stat: 0, request: 1, data: 2, finish: 3, error: 4 } as const;

const pieceBytes = 256 * 1024;

/**
 * Sends a folder by fsutil's protocol, the way the docker command does: first what is in it, then the contents of those
 * files that the engine lacks and asks for. Resolves when the engine has all it wanted, and when it gave up, for which
 * it has reasons of its own; rejects with an EngineError where a file cannot be read.
 */
export async function sendFolder(
  call: ServerDuplexStream<Packet, Packet>,
  entries: AsyncIterable<SyncEntry> | Iterable<SyncEntry>,
): Promise<void> {
  const gaveUp = new AbortController();
  call.on("cancelled", () => gaveUp.abort());
  const send = async (packet: Packet) => {
    gaveUp.signal.throwIfAborted();
    if (!call.write(packet)) await once(call, "drain", { signal: gaveUp.signal });
  };
  const files = new Map<number, SyncEntry>();
  try {
    await Promise.all([announce(entries, files, send), answer(call, files, send, () => gaveUp.abort())]);
    await send({ type: kind.finish });
  } catch (error) {
    if (gaveUp.signal.aborted) return;
    const reason = error instanceof Error ? error.message : "the files cannot be read";
    call.write({ type: kind.error, data: Buffer.from(reason) });
    throw error;
  } finally {
    call.end();
  }
}

type Send = (packet: Packet) => Promise<void>;

async function announce(
  entries: AsyncIterable<SyncEntry> | Iterable<SyncEntry>,
  files: Map<number, SyncEntry>,
  send: Send,
): Promise<void> {
  let id = 0;
  for await (const entry of entries) {
    if (!("kind" in entry) || entry.kind === "file") files.set(id, entry);
    await send({ type: kind.stat, stat: statOf(entry) });
    id++;
  }
  await send({ type: kind.stat });
}

async function answer(
  call: ServerDuplexStream<Packet, Packet>,
  files: Map<number, SyncEntry>,
  send: Send,
  gaveUp: () => void,
): Promise<void> {
  // The last word is ours: to stop reading must not end the stream.
  for await (const { type, id = 0 } of call.iterator({ destroyOnReturn: false }) as AsyncIterable<Packet>) {
    if (type === kind.finish) return;
    if (type === kind.error) return gaveUp();
    const entry = files.get(id);
    if (type !== kind.request || entry === undefined) continue;
    files.delete(id);
    await sendContents(entry, (data) => send({ type: kind.data, id, data }));
  }
}

/** Empty data says that the file is complete. */
async function sendContents(entry: SyncEntry, send: (data: Uint8Array) => Promise<void>): Promise<void> {
  if (!("kind" in entry)) {
    if (entry.text !== "") await send(Buffer.from(entry.text));
    return send(Buffer.alloc(0));
  }
  for await (const piece of contents(entry.absolute)) await send(piece);
  await send(Buffer.alloc(0));
}

async function* contents(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: pieceBytes }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new EngineError(`Cannot read ${path}: ${fileReason(error)}.`);
  }
}

function statOf(entry: SyncEntry): Stat {
  if (!("kind" in entry)) {
    // A time of its own, for an engine that has an older text of the same length would not ask for this one.
    const now = BigInt(Date.now()) * 1_000_000n;
    return { path: entry.path, mode: 0o644, size: int64(BigInt(Buffer.byteLength(entry.text))), modified: int64(now) };
  }
  return {
    path: entry.path,
    mode: goMode(entry),
    size: int64(BigInt(entry.bytes)),
    modified: int64(entry.modified),
    ...(entry.target !== undefined && { linkname: entry.target }),
  };
}

function goMode(entry: ContextEntry): number {
  const special = (bit: number, goBit: number) => (entry.mode & bit ? 2 ** goBit : 0);
  const type = entry.kind === "folder" ? 2 ** 31 : entry.kind === "link" ? 2 ** 27 : 0;
  return (entry.mode & 0o777) + type + special(0o4000, 23) + special(0o2000, 22) + special(0o1000, 20);
}
