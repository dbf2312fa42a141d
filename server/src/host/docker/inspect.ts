import type { HistoryEntry, ImageDetails } from "../../ports";
import type { Engine } from "./engine";
import { isNotFound, toEngineError } from "./errors";

/**
 * What the engine knows of an image, or undefined where it has none of that name.
 * Rejects with an EngineError where it does not answer.
 */
export async function inspect(engine: Engine, reference: string): Promise<ImageDetails | undefined> {
  // dockerode puts it into the path of the request as it is.
  if (!/^[\w][\w.:/@-]*$/.test(reference) || reference.includes("..")) return undefined;
  try {
    const image = engine.docker.getImage(reference);
    const [details, history] = await Promise.all([image.inspect(), image.history() as Promise<readonly RawHistory[]>]);
    const { Os, Architecture } = details;
    const variant = "Variant" in details && details.Variant ? `/${details.Variant}` : "";
    return {
      id: details.Id,
      platform: `${Os}/${Architecture}${variant}`,
      bytes: details.Size,
      history: history.map(entryOf).reverse(),
      user: details.Config?.User ?? "",
      ports: tcpPorts(details.Config?.ExposedPorts),
      env: variables(details.Config?.Env),
    };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw toEngineError(error, engine.where);
  }
}

/** An entry as the engine lists it: newest first. */
interface RawHistory {
  readonly CreatedBy?: string;
  readonly Size?: number;
}

function entryOf(raw: RawHistory): HistoryEntry {
  return { createdBy: raw.CreatedBy ?? "", bytes: raw.Size ?? 0 };
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
