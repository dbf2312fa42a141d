import type { BuildEngine } from "../../ports";
import type { Builder } from "./engine";
import { Link } from "./link";
import { protocol } from "./protocol";

export interface ConnectOptions {
  /** The engine's address, as DOCKER_HOST has it; without it, the engine that the `docker` command would use. */
  readonly host?: string;
  /** Overrides the choice of the builder. */
  readonly builder?: Builder;
  /** Where what is known of layers is kept from one time to the next, absolute; without it, it is not. */
  readonly cacheFolder?: string;
  /** The bundle of the child process (dist/engine.js), absolute. */
  readonly modulePath: string;
}

/**
 * An engine, held by a child process that starts with the first call. Connecting itself never fails; each call says what
 * keeps it from the engine. Where the child dies, calls under way reject with an EngineError, and the next starts another.
 */
export function connectEngine({ modulePath, ...options }: ConnectOptions): BuildEngine {
  let link: Link | undefined;
  const open = () => {
    if (link === undefined || link.ended) link = new Link(modulePath, options);
    return link;
  };
  return {
    build: (request, listener, signal) => open().build(request, listener, signal),
    inspect: async (reference) => (await open().call(protocol.inspect, { reference })) ?? undefined,
    measure: (reference, options, signal) => open().measure(reference, options, signal),
    run: (request, signal) => open().call(protocol.run, request, signal),
    serve: (request, signal) => open().call(protocol.serve, request, signal),
    sweep: async (label) => {
      await open().call(protocol.sweep, { label });
    },
    close: async () => {
      await link?.close();
    },
  };
}
