/** How far the estimates are off: each app as it stands and rewritten, over what its own instructions add. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APPS, type App, contextOf, dockerfileOf } from "../apps/apps.mts";
import { rewriteOf } from "../apps/convert.mts";
import { ballast } from "../kit/cli.ts";

/** Bytes that the instructions of the shipped stage add to the base: the base's own are the engine's on both sides. */
export interface Estimated {
  readonly app: string;
  readonly version: "before" | "after";
  /** Null where it cannot be told. */
  readonly estimated: number | null;
  readonly measured: number;
  /** |estimated − measured| ÷ measured. */
  readonly error: number | null;
}

interface Layers {
  readonly layers: readonly { readonly instruction: string; readonly size: { readonly bytes: number | null } }[];
}

/** Estimates and builds the apps that CI converts. A string says why it could not be measured. */
export function measureEstimates(): readonly Estimated[] | string {
  const folder = mkdtempSync(join(tmpdir(), "ballast-estimates-"));
  try {
    const converted = APPS.filter(({ runs, pending }) => runs === undefined && !pending);
    return converted.flatMap((app) => [estimateOf(app, "before", dockerfileOf(app)), ...rewritten(app, folder)]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rewritten(app: App, folder: string): readonly Estimated[] {
  const rewrite = rewriteOf(app, "distroless");
  if ("refused" in rewrite) return [];
  const file = join(folder, `Dockerfile.${app.name.replace("/", "-")}`);
  writeFileSync(file, rewrite.text);
  return [estimateOf(app, "after", file)];
}

function estimateOf(app: App, version: Estimated["version"], file: string): Estimated {
  const estimated = added(call("size", app, file));
  const measured = added(call("build", app, file));
  if (measured === null) throw new Error(`${app.name}: the engine did not say what its layers weigh`);
  const error = estimated === null ? null : Math.abs(estimated - measured) / measured;
  return { app: app.name, version, estimated, measured, error };
}

function added({ layers }: Layers): number | null {
  const own = layers.filter(({ instruction }) => !/^FROM\b/i.test(instruction)).map(({ size }) => size.bytes);
  return own.reduce((sum, bytes) => (sum === null || bytes === null ? null : sum + bytes), 0);
}

function call(command: "size" | "build", app: App, file: string): Layers {
  const { status, stdout, stderr } = ballast([command, file, "--context", contextOf(app), "--format", "json"]);
  if (status !== 0) throw new Error(stderr.trim().split("\n").at(-1));
  return JSON.parse(stdout) as Layers;
}

/** The middle one of all that could be told; undefined where none could. */
export function medianError(all: readonly Estimated[]): number | undefined {
  const errors = all.flatMap(({ error }) => error ?? []).sort((a, b) => a - b);
  const [low, high] = [errors[Math.floor((errors.length - 1) / 2)], errors[Math.floor(errors.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
