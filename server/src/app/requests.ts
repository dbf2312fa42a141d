import type { HttpRequest, ImageDetails, PortRequests } from "../ports";

/** A request as the user names it: without a port it goes to each that the image EXPOSEs. */
export interface NamedRequest extends HttpRequest {
  readonly port?: number;
}

/** Where servers that EXPOSE nothing usually listen. */
const USUAL_PORTS = [8080, 80, 3000, 8000, 5000, 8888, 9000, 9090, 50051];

const DEFAULT: HttpRequest = { method: "GET", path: "/" };

/** Reads `METHOD PATH`, or `METHOD :PORT/PATH`; undefined where it is neither. */
export function readRequest(text: string): NamedRequest | undefined {
  const [, method = "", port, path = ""] = /^([A-Za-z]+) +(?::(\d{1,5}))?(\/[!-~]*)$/.exec(text.trim()) ?? [];
  if (method === "" || method.toUpperCase() === "CONNECT") return undefined;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return undefined;
  return { method: method.toUpperCase(), path, ...(port !== undefined && { port: Number(port) }) };
}

/** What two versions are asked. */
export interface Questions {
  readonly ask: readonly PortRequests[];
  /** Whether the user chose the requests; without that, it is only knocked. */
  readonly named: boolean;
  /** Ports that the user named: they have to answer. Of the others those are asked that do. */
  readonly required: readonly number[];
  /** Whether nothing says that these are the ports. */
  readonly guessed: boolean;
}

/**
 * The ports of a server and what each is asked: those that the version before EXPOSEs, else those of the version after,
 * else those that are usual; `GET /` where no request is named.
 */
export function questionsFor(before: ImageDetails, after: ImageDetails, named: readonly NamedRequest[]): Questions {
  const exposed = before.ports.length > 0 ? before.ports : after.ports;
  const anywhere = named.filter(({ port }) => port === undefined);
  const own = [...new Set(named.flatMap(({ port }) => port ?? []))];
  const guessed = exposed.length === 0 && (anywhere.length > 0 || named.length === 0);
  const open = named.length > 0 && anywhere.length === 0 ? [] : guessed ? usualPorts(before) : exposed;
  const plain = ({ method, path }: NamedRequest): HttpRequest => ({ method, path });
  return {
    guessed,
    named: named.length > 0,
    required: own,
    ask: [...new Set([...own, ...open])].map((port) => ({
      port,
      requests:
        named.length === 0
          ? [DEFAULT]
          : named.filter((each) => each.port === port || (each.port === undefined && open.includes(port))).map(plain),
    })),
  };
}

/** Many servers take their port from the environment. */
function usualPorts({ env }: ImageDetails): readonly number[] {
  const port = Number(env.PORT);
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? [...new Set([port, ...USUAL_PORTS])] : USUAL_PORTS;
}
