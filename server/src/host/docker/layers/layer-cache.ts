import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { LayerFacts } from "./layer-scan";

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** More layers are not remembered: those that were not asked for the longest go first. */
const mostLayers = 1_000;
/** Of what is unpacked: a damaged file must not fill the memory. */
const mostBytes = 256 * 1024 * 1024;

/**
 * What is known of layers, by diff id, in files of the user's cache folder. A layer never changes, so nothing here gets old.
 * A file that cannot be read, or a folder that cannot be written, only costs time: nothing rejects.
 */
export class LayerCache {
  private readonly known = new Map<string, LayerFacts>();

  /** Without a folder it lasts as long as the process. */
  constructor(private readonly folder: string | undefined) {}

  async get(diffId: string): Promise<LayerFacts | undefined> {
    const found = this.known.get(diffId) ?? (await this.read(diffId));
    if (found) this.known.set(diffId, found);
    return found;
  }

  async set(diffId: string, facts: LayerFacts): Promise<void> {
    this.known.set(diffId, facts);
    const file = this.file(diffId);
    if (file === undefined || this.folder === undefined) return;
    const temporary = join(this.folder, `${randomUUID()}.tmp`);
    try {
      await mkdir(this.folder, { recursive: true });
      // Packed last, its checksum covers all of it; renamed, nobody sees a half of it.
      await writeFile(temporary, await pack(JSON.stringify(facts)));
      await rename(temporary, file);
      await this.prune();
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  private async read(diffId: string): Promise<LayerFacts | undefined> {
    const file = this.file(diffId);
    if (file === undefined) return undefined;
    try {
      const facts: unknown = JSON.parse(
        (await unpack(await readFile(file), { maxOutputLength: mostBytes })).toString(),
      );
      if (!isFacts(facts)) return undefined;
      const now = new Date();
      await utimes(file, now, now).catch(() => undefined);
      return facts;
    } catch {
      return undefined;
    }
  }

  private file(diffId: string): string | undefined {
    const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(diffId) ?? [];
    return this.folder === undefined || hex === undefined ? undefined : join(this.folder, `${hex}.json.gz`);
  }

  private async prune(): Promise<void> {
    const folder = this.folder ?? "";
    const names = await readdir(folder);
    if (names.length <= mostLayers) return;
    const times = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
    );
    const oldest = times.sort((a, b) => a.at - b.at).slice(0, names.length - Math.floor(mostLayers * 0.9));
    for (const { name } of oldest) await rm(join(folder, name), { force: true });
  }
}

function isFacts(value: unknown): value is LayerFacts {
  if (!isObject(value)) return false;
  const { bytes, paths, packages, details } = value as Partial<Record<keyof LayerFacts, unknown>>;
  return (
    Number.isSafeInteger(bytes) &&
    Array.isArray(paths) &&
    paths.every((path) => typeof path === "string") &&
    isObject(packages) &&
    isObject(details)
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
