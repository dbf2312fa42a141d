import { createHash } from "node:crypto";
import { type IncomingMessage, request as send } from "node:http";
import type { HttpAnswer, HttpRequest, NoAnswer } from "../../ports";
import type { Address } from "./reach";

/** How long an answer may take, in milliseconds. */
const patience = 10_000;
/** So much of a body is kept to be shown. */
const shown = 2_048;
/** A longer one is not kept to be compared part by part. */
const kept = 256 * 1024;

/**
 * Asks a server once. `port` is the one inside its container: the server sees that one in `Host`, wherever it is published.
 * Nothing rejects: what keeps it from answering is the answer.
 */
export function ask(
  address: Address,
  port: number,
  request: HttpRequest,
  cancel: AbortSignal,
): Promise<HttpAnswer | NoAnswer> {
  return new Promise((resolve) => {
    const signal = AbortSignal.any([AbortSignal.timeout(patience), cancel]);
    const headers = { Host: `localhost:${port}`, "User-Agent": "ballast", Accept: "*/*", Connection: "close" };
    // As browsers and curl do it: many small servers end their lines with LF alone.
    const lenient = { insecureHTTPParser: true };
    const sent = send({ ...address, ...request, ...lenient, headers, agent: false, signal });
    sent.on("response", (response) => void read(response).then(resolve));
    sent.on("error", (error) => resolve({ failed: reasonOf(error) }));
    sent.end();
  });
}

/** Node names an aborted request, and one whose answer is no HTTP, by their codes. */
function reasonOf(error: Error): NoAnswer["failed"] {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code.startsWith("HPE_")) return "speaks no HTTP";
  if (code === "ABORT_ERR") return "no answer in time";
  return code === "ECONNREFUSED" ? "refuses connections" : "hangs up";
}

async function read(response: IncomingMessage): Promise<HttpAnswer> {
  const hash = createHash("sha256");
  const pieces: Buffer[] = [];
  let bytes = 0;
  let whole = true;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      hash.update(chunk);
      if (bytes < kept) pieces.push(chunk.subarray(0, kept - bytes));
      bytes += chunk.length;
    }
  } catch {
    whole = false;
  }
  const { "content-type": contentType = "", location } = response.headers;
  const beginning = Buffer.concat(pieces);
  const head = textOf(beginning.subarray(0, shown), bytes > shown);
  const body = bytes > kept || !whole ? undefined : textOf(beginning, false);
  return {
    status: response.statusCode ?? 0,
    contentType,
    ...(location !== undefined && { location }),
    bytes,
    digest: hash.digest("hex"),
    ...(head !== undefined && { head }),
    ...(body !== undefined && { body }),
    ...(!whole && { endless: true }),
  };
}

/** Undefined where it is no text. A character that was cut in two at the end is left out. */
function textOf(bytes: Buffer, cut: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut });
  } catch {
    return undefined;
  }
}
