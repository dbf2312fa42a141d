import { once } from "node:events";
import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { type LayerFacts, LayerScan } from "./layer-scan";
import { cleanName, isTar, type Sink, TarError, TarReader } from "./tar-reader";

/** The layers of a saved image, the lowest first, and which entries of its history made one. */
export interface ArchivedImage {
  readonly layers: readonly { readonly diffId: string; readonly facts: LayerFacts }[];
  readonly history: readonly { readonly empty: boolean }[];
}

/** A larger one is no manifest and no config. */
const mostJson = 8 * 1024 * 1024;

/**
 * Reads what `docker save` writes (the layout of OCI, Docker's older one, Podman's), in one pass: which of its files are
 * layers is said only at its end, so all that can be one is read as one.
 */
export class ImageArchive {
  private readonly reader = new TarReader(({ name, kind, bytes, target }) => {
    if (kind === "file") return this.file(name, bytes);
    // Engines of old store a layer that comes twice as a link to the first.
    if (kind === "symlink") this.links.set(name, resolve(name, target));
    if (kind === "link") this.links.set(name, cleanName(target));
    return undefined;
  });
  private readonly json = new Map<string, unknown>();
  private readonly scans = new Map<string, LayerScan>();
  private readonly links = new Map<string, string>();

  /** Rejects with a TarError where it is no archive, or a layer is damaged. */
  push(chunk: Buffer): Promise<void> {
    return this.reader.push(chunk);
  }

  /** The image for a platform (`linux/amd64`), or the first. Throws a TarError where the archive holds none whole. */
  end(platform: string): ArchivedImage {
    this.reader.end();
    const images = this.images();
    const image = images.find(({ config }) => platform.startsWith(`${config.os}/${config.architecture}`)) ?? images[0];
    if (!image) throw new TarError("the archive holds no image");
    const { config, paths } = image;
    const diffIds = config.rootfs?.diff_ids ?? [];
    if (diffIds.length !== paths.length) throw new TarError("the archive does not hold all layers");
    return {
      layers: diffIds.map((diffId, at) => ({ diffId, facts: this.layer(paths[at] ?? "") })),
      history: (config.history ?? []).map(({ empty_layer: empty }) => ({ empty: empty === true })),
    };
  }

  private images(): readonly { readonly config: Config; readonly paths: readonly string[] }[] {
    const manifests = this.json.get("manifest.json") as readonly DockerManifest[] | undefined;
    if (Array.isArray(manifests))
      return manifests.flatMap(({ Config, Layers }: DockerManifest) => {
        const config = this.json.get(cleanName(Config)) as Config | undefined;
        return config ? [{ config, paths: Layers ?? [] }] : [];
      });
    const blob = ({ digest }: Descriptor) => `blobs/${digest.replace(":", "/")}`;
    const inIndex = (index: OciIndex | undefined): readonly OciManifest[] =>
      (index?.manifests ?? []).flatMap((each) => {
        const found = this.json.get(blob(each)) as (OciManifest & OciIndex) | undefined;
        return found?.manifests ? inIndex(found) : found?.layers ? [found] : [];
      });
    return inIndex(this.json.get("index.json") as OciIndex | undefined).flatMap(({ config: at, layers }) => {
      const config = this.json.get(blob(at)) as Config | undefined;
      return config?.rootfs ? [{ config, paths: layers.map(blob) }] : [];
    });
  }

  private layer(path: string): LayerFacts {
    const name = cleanName(path);
    const scan = this.scans.get(this.links.get(name) ?? name);
    if (!scan) throw new TarError("the archive does not hold all layers");
    return scan.facts();
  }

  private file(name: string, bytes: number): Sink {
    return new Guess(bytes, (first) => {
      if (bytes <= mostJson && (first[0] === 0x7b || first[0] === 0x5b)) return this.collect(name);
      const scan = new LayerScan();
      const sink = unpack(first, scan);
      if (sink) this.scans.set(name, scan);
      return sink;
    });
  }

  private collect(name: string): Sink {
    const pieces: Buffer[] = [];
    return {
      write: (piece) => void pieces.push(piece),
      end: () => {
        try {
          this.json.set(name, JSON.parse(Buffer.concat(pieces).toString("utf8")));
        } catch {
          // Something else that begins like it. Where it was needed, its lack is said.
        }
      },
    };
  }
}

interface Descriptor {
  readonly digest: string;
}
interface DockerManifest {
  readonly Config: string;
  readonly Layers: readonly string[] | null;
}
interface OciIndex {
  readonly manifests?: readonly Descriptor[];
}
interface OciManifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}
interface Config {
  readonly os?: string;
  readonly architecture?: string;
  readonly rootfs?: { readonly diff_ids?: readonly string[] };
  readonly history?: readonly { readonly empty_layer?: boolean }[];
}

/** Waits for the first block of a file, and hands it on to what it is then known to be. */
class Guess implements Sink {
  private first: Buffer = Buffer.alloc(0);
  private sink: Sink | undefined;
  private known = false;

  constructor(
    private readonly bytes: number,
    private readonly choose: (first: Buffer) => Sink | undefined,
  ) {}

  async write(piece: Buffer): Promise<void> {
    if (this.known) return this.sink?.write(piece);
    this.first = Buffer.concat([this.first, piece]);
    if (this.first.length < Math.min(this.bytes, 512)) return;
    this.known = true;
    // No shorter one can be a layer, and this one is long enough to look at.
    this.sink = this.choose(this.first.length < 4 ? Buffer.concat([this.first, Buffer.alloc(4)]) : this.first);
    await this.sink?.write(this.first);
  }

  async end(): Promise<void> {
    await this.sink?.end();
  }
}

/** The way from what a file begins with to its entries; undefined where it is no archive. */
function unpack(first: Buffer, scan: LayerScan): Sink | undefined {
  if (first.readUInt16BE(0) === 0x1f8b) return new Unpacked(zlib.createGunzip(), scan);
  if (first.readUInt32BE(0) === 0x28b52ffd) return new Unpacked(zstd(), scan);
  return isTar(first) ? scan : undefined;
}

/** Unpacks what it is given on the way to a layer. */
class Unpacked implements Sink {
  private readonly done: Promise<void>;

  constructor(
    private readonly stream: Transform,
    scan: LayerScan,
  ) {
    this.done = this.pump(scan);
    // Whoever writes or ends it learns of it.
    this.done.catch(() => undefined);
  }

  async write(piece: Buffer): Promise<void> {
    if (!this.stream.write(piece)) await Promise.race([once(this.stream, "drain"), this.done]);
  }

  async end(): Promise<void> {
    this.stream.end();
    await this.done;
  }

  private async pump(scan: LayerScan): Promise<void> {
    try {
      for await (const piece of this.stream as AsyncIterable<Buffer>) await scan.write(piece);
    } catch (error) {
      throw error instanceof TarError ? error : new TarError("a layer of the archive is damaged");
    }
    scan.end();
  }
}

/** Node has it from 22.15 on. */
function zstd(): Transform {
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };
  if (!createZstdDecompress)
    throw new TarError("a layer is packed with zstd, which this version of Node cannot unpack");
  return createZstdDecompress();
}

function resolve(name: string, target: string): string {
  const parts: string[] = [];
  for (const part of [...name.split("/").slice(0, -1), ...target.split("/")]) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
