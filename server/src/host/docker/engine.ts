import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type DockerModem from "docker-modem";
import Docker from "dockerode";
import { findEndpoint } from "./endpoint";
import { toEngineError } from "./errors";

/** BuildKit where the engine has it; the classic builder where that is all there is. */
export type Builder = "buildkit" | "classic";

/** An engine that has just answered, spoken to in a version of the API that it knows. */
export interface Engine {
  readonly docker: Docker;
  /** Its address, for the user. */
  readonly where: string;
  readonly builder: Builder;
  readonly podman: boolean;
}

/** The newest version of the API that Ballast was written for; every newer engine still speaks it. */
const newest = "1.51";
const patience = 10_000;

/**
 * Finds the engine, asks it for its version and settles on one that both know.
 * Rejects with an EngineError where none answers within ten seconds.
 */
export async function openEngine(
  options: { readonly host?: string; readonly builder?: Builder },
  env: Readonly<Record<string, string | undefined>>,
): Promise<Engine> {
  const endpoint = await findEndpoint(options.host, env);
  const headers = await ping(new Docker(endpoint.options), endpoint.where);
  const api = older(headers["api-version"] ?? "1.24", newest);
  const podman = "libpod-api-version" in headers || /^libpod/i.test(headers.server ?? "");
  return {
    docker: new Docker({ ...endpoint.options, version: `v${env.DOCKER_API_VERSION || api}` }),
    where: endpoint.where,
    builder: options.builder ?? builderOf(headers, podman),
    podman,
  };
}

/** One request to the engine. Rejects with what docker-modem reports. */
export function dial(docker: Docker, options: DockerModem.DialOptions): Promise<unknown> {
  return new Promise((resolve, reject) =>
    docker.modem.dial(options, (error, result) => (error ? reject(error) : resolve(result))),
  );
}

/**
 * A request that becomes a connection of its own. docker-modem would send its options, or an empty chunk, as its body;
 * Podman takes either for the first that is said on the connection.
 */
export async function hijack(
  docker: Docker,
  path: string,
  query: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<Duplex> {
  const nothing = Buffer.alloc(0);
  const options = { _query: query, _body: {} };
  const request = { path: `${path}?`, method: "POST", hijack: true, file: nothing, options, headers: { ...headers } };
  return (await dial(docker, { ...request, statusCodes: { 200: true } } as DockerModem.DialOptions)) as Duplex;
}

type Headers = Readonly<Partial<Record<string, string>>>;

async function ping(docker: Docker, where: string): Promise<Headers> {
  try {
    const response = (await dial(docker, {
      path: "/_ping",
      method: "GET",
      isStream: true,
      statusCodes: { 200: true },
      abortSignal: AbortSignal.timeout(patience),
    })) as IncomingMessage;
    response.on("error", () => undefined).resume();
    return Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    // Node hides the reason of an aborted request behind an AbortError; the only one who aborts here is the clock.
    const timedOut = error instanceof Error && error.name === "AbortError";
    throw toEngineError(timedOut ? new DOMException("", "TimeoutError") : error, where);
  }
}

function builderOf(headers: Headers, podman: boolean): Builder {
  if (podman || headers.ostype === "windows") return "classic";
  const preferred = headers["builder-version"];
  if (preferred === "2") return "buildkit";
  // Before 23.0 engines do not say that they have BuildKit, except where an administrator chose.
  return preferred === "1" || older(headers["api-version"] ?? "1.24", "1.39") !== "1.39" ? "classic" : "buildkit";
}

function older(a: string, b: string): string {
  const number = (version: string) => version.split(".").reduce((sum, part) => sum * 1000 + Number(part), 0);
  return number(a) < number(b) ? a : b;
}
