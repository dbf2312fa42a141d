import { LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import { Refused } from "../app/best-rewrite";
import { VersionFailed } from "../app/compare";
import { Busy, Untrusted } from "../app/engine-access";
import { InputError } from "../app/jobs";
import { EngineError } from "../ports";
import type { Failure } from "../protocol";
import { stackOf } from "./server";

const KINDS: readonly (readonly [new (...args: never[]) => Error, Failure["kind"]])[] = [
  [Untrusted, "untrusted"],
  [EngineError, "engine"],
  [Refused, "refused"],
  [Busy, "busy"],
  [InputError, "input"],
  [VersionFailed, "build"],
];

/** What a job failed with, as the protocol says it; `report` is told a defect of our own. */
export function toResponseError(
  error: unknown,
  signal: AbortSignal,
  report: (defect: string) => void,
): ResponseError<Failure | undefined> {
  if (signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, "Cancelled.");
  const kind = KINDS.find(([type]) => error instanceof type)?.[1];
  if (kind && error instanceof Error) return new ResponseError(LSPErrorCodes.RequestFailed, error.message, { kind });
  report(stackOf(error));
  return new ResponseError(LSPErrorCodes.RequestFailed, "A defect in Ballast itself stopped this; the log has it.");
}
