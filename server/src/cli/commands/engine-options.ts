import { dirname } from "node:path";
import type { BuildRequest } from "../../ports";
import { UsageError } from "../errors";
import { contextOf, type Input } from "../input";

/** Options of all commands that build; they mean what they mean to `docker build`. */
export const BUILD_OPTIONS = {
  context: { type: "string" },
  "stdin-filename": { type: "string" },
  "build-arg": { type: "string", multiple: true },
  platform: { type: "string" },
  network: { type: "string" },
  host: { type: "string" },
  format: { type: "string", default: "text" },
} as const;

export interface BuildValues {
  readonly context?: string | undefined;
  readonly "build-arg"?: readonly string[] | undefined;
  readonly platform?: string | undefined;
  readonly network?: string | undefined;
}

/** The request to build an input. Throws a UsageError where there is no context. */
export function buildRequest(input: Input, values: BuildValues): BuildRequest {
  const context = contextOf(input, values.context);
  if (context === undefined)
    throw new UsageError("a Dockerfile from standard input needs --context (or --stdin-filename)");
  return {
    dockerfile: input.text,
    context,
    buildArgs: Object.fromEntries((values["build-arg"] ?? []).map(buildArg)),
    ...(input.file !== undefined && dirname(input.file) !== "" && { dockerfilePath: input.file }),
    ...(values.platform !== undefined && { platform: values.platform }),
    ...(values.network !== undefined && { network: values.network }),
  };
}

/** `NAME=value`, or `NAME` for the value that the environment has. */
function buildArg(text: string): [string, string] {
  const equals = text.indexOf("=");
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
  const value = process.env[text];
  if (equals === 0 || value === undefined)
    throw new UsageError(`--build-arg ${text}: it is NAME=value, or NAME of a variable that is set`);
  return [text, value];
}
