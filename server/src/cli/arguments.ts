import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./errors";

type Options = NonNullable<ParseArgsConfig["options"]>;

type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>
>;

/** The arguments of a command; throws a UsageError on what it does not know. */
export function readArguments<T extends Options>(args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(
      (error instanceof Error ? error.message : String(error))
        .split("\n", 1)[0]
        ?.replace(/\. To specify a positional.*$/, "") ?? "",
    );
  }
}

/** One of the allowed words; throws a UsageError that lists them. */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new UsageError(`${option} ${value}: it is one of ${allowed.join(", ")}`);
  return found;
}

/** The one argument that a command takes. */
export function single(positionals: readonly string[], usage: string): string {
  const [only, ...more] = positionals;
  if (only === undefined || more.length > 0) throw new UsageError(`usage: ballast ${usage}`);
  return only;
}
