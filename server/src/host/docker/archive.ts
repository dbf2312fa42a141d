import { once } from "node:events";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type Pack, pack } from "tar-stream";
import { EngineError } from "../../ports";
import type { BuildContext } from "./context";
import { fileReason } from "./errors";
import { type ContextEntry, walkContext } from "./walk";

/**
 * The Dockerfile's name inside an archive, which none of the author's files has. It is the same in each build: names are
 * part of what the builder's cache goes by.
 */
export const archivedDockerfile = ".ballast-5f1d0c3e9a7b.Dockerfile";

type EntryHeader = Parameters<Pack["entry"]>[0];

/** An archive that is made while it is read. */
export interface ContextArchive {
  readonly stream: Readable;
  /** What kept it from being complete; undefined while nothing did. */
  failure(): EngineError | undefined;
}

/**
 * The context as a tar archive, for builders that take nothing else. It is never in memory as a whole. Owners are left
 * out, as the docker command does; links stay links. Podman differs in how its Dockerfile is kept out of the image.
 */
export function packContext(context: BuildContext, podman: boolean): ContextArchive {
  const archive = pack();
  // What tar-stream makes is no stream of Node's own, which docker-modem needs.
  const stream = Readable.from(archive, { objectMode: false });
  let failure: EngineError | undefined;
  fill(archive, context, podman).catch((error: unknown) => {
    if (stream.destroyed) return;
    const explained = new EngineError(`The build context ${context.root} cannot be sent: ${fileReason(error)}.`);
    failure = error instanceof EngineError ? error : explained;
    archive.destroy(failure);
  });
  return { stream, failure: () => failure };
}

async function fill(archive: Pack, context: BuildContext, podman: boolean): Promise<void> {
  const own = await ownFiles(context, podman);
  for (const [name, text] of own) await addText(archive, { name, mode: 0o644, mtime: new Date(0) }, text);
  for await (const entry of walkContext(context.root, context.rules)) {
    if (!own.has(entry.path)) await add(archive, entry);
  }
  archive.finalize();
}

/**
 * The Dockerfile, and what keeps it out of `COPY . .`: Docker takes it out of the context again where `.dockerignore`
 * names it (and that file itself likewise). Podman heeds `<name of the Dockerfile>.dockerignore`, which goes before the
 * author's; the author's rules have been applied, and would mean something else to it.
 */
async function ownFiles(context: BuildContext, podman: boolean): Promise<Map<string, string>> {
  const { root, rules, dockerfile } = context;
  const files = new Map([[archivedDockerfile, dockerfile]]);
  if (podman) {
    const name = `${archivedDockerfile}.dockerignore`;
    return files.set(name, `${archivedDockerfile}\n${name}\n`);
  }
  const seen = !rules.ignores(".dockerignore");
  const authors = seen ? await readFile(join(root, ".dockerignore"), "utf8").catch(() => undefined) : undefined;
  return files.set(".dockerignore", `${authors ?? ".dockerignore"}\n${archivedDockerfile}\n`);
}

async function add(archive: Pack, entry: ContextEntry): Promise<void> {
  const header = { name: entry.path, mode: entry.mode, mtime: new Date(Number(entry.modified / 1_000_000n)) };
  if (entry.kind === "folder") {
    archive.entry({ ...header, name: `${entry.path}/`, type: "directory" });
  } else if (entry.kind === "link") {
    archive.entry({ ...header, type: "symlink", linkname: entry.target ?? "" });
  } else {
    await addFile(archive, entry.absolute, header);
  }
}

function addText(archive: Pack, header: EntryHeader, text: string): Promise<void> {
  return new Promise((resolve, reject) => archive.entry(header, text, (error) => (error ? reject(error) : resolve())));
}

async function addFile(archive: Pack, path: string, header: EntryHeader): Promise<void> {
  const file = await open(path).catch((error: unknown) => {
    throw new EngineError(`Cannot read ${path}: ${fileReason(error)}.`);
  });
  try {
    // As large as it is now, for the archive says the size before the contents.
    const { size } = await file.stat();
    await new Promise<void>((resolve, reject) => {
      const sink = archive.entry({ ...header, size }, (error) => (error ? reject(error) : resolve()));
      // It emits the error that ends the archive too, and would take the process with it.
      sink.on("error", reject);
      copy(file, path, size, sink).catch(reject);
    });
  } finally {
    await file.close();
  }
}

const pieceBytes = 256 * 1024;

async function copy(file: FileHandle, path: string, size: number, sink: NodeJS.WritableStream): Promise<void> {
  for (let at = 0; at < size; ) {
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, size - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at).catch((error: unknown) => {
      throw new EngineError(`Cannot read ${path}: ${fileReason(error)}.`);
    });
    if (bytesRead === 0) throw new EngineError(`${path} became shorter while it was being sent.`);
    at += bytesRead;
    if (!sink.write(piece.subarray(0, bytesRead))) await once(sink, "drain");
  }
  sink.end();
}
