import { EngineError } from "../../ports";
import { sentence } from "./text";

/** What the engine answered with a status that is no success. */
export interface HttpError extends Error {
  readonly statusCode: number;
}

export function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number";
}

/** The engine's own words, without what docker-modem puts around them: "(HTTP code 404) no such image - …". */
export function httpReason(error: HttpError): string {
  const text = error.message.replace(/^\(HTTP code \d+\) [^-]*- /, "").trim();
  return text === "" || text === "null" ? `the engine answered with HTTP status ${error.statusCode}` : text;
}

/** Whether the engine said that it has no such thing. */
export function isNotFound(error: unknown): boolean {
  return isHttpError(error) && error.statusCode === 404;
}

/** What the user reads where the engine ran out of disk. */
export const diskFull = "The disk of the engine is full: no space left on device.";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such socket",
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no host of that name",
  EAI_AGAIN: "the name of the host could not be looked up",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ETIMEDOUT: "it did not answer in time",
  TimeoutError: "it did not answer in time",
  EACCES: "permission denied",
  EPERM: "permission denied",
};

/**
 * An error of the connection as one sentence for the user; where the engine did answer, its words.
 * `where` is the engine's address.
 */
export function toEngineError(error: unknown, where: string): EngineError {
  if (error instanceof EngineError) return error;
  if (isHttpError(error)) {
    const reason = httpReason(error);
    return new EngineError(
      reason.includes("no space left on device") ? diskFull : sentence(`The engine refused: ${reason}`),
    );
  }
  if (!(error instanceof Error)) return new EngineError(`The engine at ${where} could not be used.`);
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  const reason = reasons[code];
  if (reason !== undefined) return new EngineError(`No Docker Engine answers at ${where}: ${reason}.`);
  if (code.startsWith("HPE_")) return new EngineError(`What answers at ${where} is no Docker Engine.`);
  if (code === "ECONNRESET" || code === "EPIPE" || /socket hang up|aborted/.test(error.message)) return lost(where);
  return new EngineError(sentence(`The Docker Engine at ${where} could not be used: ${error.message.split("\n")[0]}`));
}

/** The engine was there and is gone. */
export function lost(where: string): EngineError {
  return new EngineError(`The Docker Engine at ${where} stopped answering.`);
}

/** What the file system said, in words. */
export function fileReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "ENOENT") return "it does not exist";
  if (code === "ENOTDIR") return "it is not a folder";
  return error instanceof Error ? error.message.replace(/^E[A-Z]+: |, \w+ '.*'$/g, "") : "unknown error";
}
