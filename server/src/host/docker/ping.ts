import { request } from "node:http";
import { request as requestOverTls } from "node:https";
import { EngineError } from "../../ports";
import { findEndpoint } from "./endpoint";
import { toEngineError } from "./errors";

/** An engine that takes longer, in milliseconds, is as good as none for somebody who looks at a status bar. */
const patience = 3_000;

/**
 * Asks whether an engine answers, with one small request and without dockerode: cheap enough to be repeated.
 * Rejects with an EngineError where none does.
 */
export async function pingEngine(
  host: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { where, options } = await findEndpoint(host, env);
  const { socketPath, host: hostname, port, agent } = options;
  const to = socketPath === undefined ? { hostname, port } : { socketPath };
  const send = options.protocol === "https" ? requestOverTls : request;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(toEngineError(error, where));
    const ask = send({ ...to, agent, path: "/_ping", signal: AbortSignal.timeout(patience) }, (response) => {
      response.on("error", () => undefined).resume();
      if (response.statusCode === 200) resolve();
      else fail(new EngineError(`What answers at ${where} is no Docker Engine.`));
    });
    ask.on("error", (error) => fail(error.name === "AbortError" ? new DOMException("", "TimeoutError") : error));
    ask.end();
  });
}
