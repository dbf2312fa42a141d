import type { HistoryEntry, ImageDetails } from "../../ports";
import type { Engine } from "./engine";
import { isNotFound, toEngineError } from "./errors";

/** What an engine says of an image, and how far its sizes can be trusted. */
export interface InspectedImage {
  readonly details: ImageDetails;
  /** Its layers, the lowest first. */
  readonly diffIds: readonly string[];
  /** Whether the sizes are the bytes of the files in the layers. */
  readonly exact: boolean;
  readonly start: InspectedStart;
}

/** What its config says of its start. */
export interface InspectedStart {
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  /** "/" where there is no WORKDIR. */
  readonly folder: string;
}

/**
 * What the engine knows of an image, or undefined where it has none of that name.
 * Rejects with an EngineError where it does not answer.
 */
export async function inspect(engine: Engine, reference: string): Promise<ImageDetails | undefined> {
  return (await lookAt(engine, reference))?.details;
}

/** As `inspect`, with the layers. */
export async function lookAt(engine: Engine, reference: string): Promise<InspectedImage | undefined> {
  // dockerode puts it into the path of the request as it is.
  if (!/^[\w][\w.:/@-]*$/.test(reference) || reference.includes("..")) return undefined;
  try {
    const image = engine.docker.getImage(reference);
    const [found, history] = await Promise.all([image.inspect(), image.history() as Promise<readonly RawHistory[]>]);
    const trusted = !engine.podman && measuresFiles.has(found.GraphDriver?.Name ?? "");
    const entries = history.map(entryOf).reverse();
    const { Os, Architecture, Config } = found;
    const variant = "Variant" in found && found.Variant ? `/${found.Variant}` : "";
    const details: ImageDetails = {
      id: found.Id,
      platform: `${Os}/${Architecture}${variant}`,
      // Where layers are kept packed too, Size adds both.
      bytes: trusted ? found.Size : entries.reduce((sum, { bytes }) => sum + bytes, 0),
      ...(!trusted && { approximate: true, listed: found.Size }),
      history: entries,
      user: Config?.User ?? "",
      ports: tcpPorts(Config?.ExposedPorts),
      env: variables(Config?.Env),
    };
    const exact = trusted && !history.some(isBuildKitsLayer);
    const start = { entrypoint: words(Config?.Entrypoint), cmd: words(Config?.Cmd), folder: Config?.WorkingDir || "/" };
    return { details, diffIds: found.RootFS?.Layers ?? [], exact, start };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw toEngineError(error, engine.where);
  }
}

/** Storage drivers that add up the files of a layer when it comes in; others count blocks, or folders too. */
const measuresFiles = new Set(["overlay2", "fuse-overlayfs"]);

/** Of what BuildKit made, engines leave out the symbolic links: some 25 kB of a Debian with a compiler. */
function isBuildKitsLayer({ Comment = "", CreatedBy = "" }: RawHistory): boolean {
  return Comment?.startsWith("buildkit") && /^(?:RUN|COPY|ADD)\b/.test(CreatedBy);
}

/** An entry as the engine lists it: newest first. */
interface RawHistory {
  readonly CreatedBy?: string;
  readonly Comment?: string;
  readonly Size?: number;
}

function entryOf(raw: RawHistory): HistoryEntry {
  return { createdBy: raw.CreatedBy ?? "", bytes: raw.Size ?? 0 };
}

/** Old images have a text where others have a list. */
function words(given: string | readonly string[] | null | undefined): readonly string[] {
  return typeof given === "string" ? [given] : (given ?? []);
}

/** Of `8080/tcp`, `53/udp` and the like. */
function tcpPorts(exposed: Readonly<Record<string, unknown>> | null | undefined): number[] {
  return Object.keys(exposed ?? {})
    .filter((name) => !name.includes("/") || name.endsWith("/tcp"))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);
}

function variables(env: readonly string[] | null | undefined): Record<string, string> {
  return Object.fromEntries(
    (env ?? []).map((each) => [each.split("=", 1)[0] ?? "", each.slice(each.indexOf("=") + 1)]),
  );
}
