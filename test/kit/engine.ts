import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { afterAll, describe, it, vi } from "vitest";
import { type ConnectOptions, connectEngine } from "../../server/src/host/docker/client";
import type { BuildEngine, BuildListener, BuildStep } from "../../server/src/ports";

// An engine that others use too takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A bundle of the tests' own, in out/test-engine/; made again at each call, so that no test runs a stale one. */
export async function bundle(entry: string, name: string): Promise<string> {
  const outfile = `${root}out/test-engine/${name}`;
  const options: BuildOptions = {
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "warning",
  };
  await build({ ...options, entryPoints: [`${root}${entry}`], outfile });
  return outfile;
}

/** The bundle of the child process: the one that ships, or one made for the tests where that is not up to date. */
export async function engineModule(): Promise<string> {
  const shipped = `${root}dist/engine.js`;
  const sources = `${root}server/src/host/docker/`;
  const changed = readdirSync(sources, { recursive: true, encoding: "utf8" }).map(
    (name) => statSync(sources + name).mtimeMs,
  );
  if (existsSync(shipped) && statSync(shipped).mtimeMs > Math.max(...changed)) return shipped;
  const script = new URL("../../scripts/bundle-engine.mts", import.meta.url).href;
  const { engineBundle } = (await import(/* @vite-ignore */ script)) as { engineBundle: BuildOptions };
  const outfile = `${root}out/test-engine/engine.js`;
  await build({ ...engineBundle, outfile });
  return outfile;
}

const connections: BuildEngine[] = [];
afterAll(() => Promise.all(connections.map((engine) => engine.close())));

/** A connection that is closed after the tests of the file. */
export async function connect(options: Omit<ConnectOptions, "modulePath"> = {}): Promise<BuildEngine> {
  const engine = connectEngine({ ...options, modulePath: await engineModule() });
  connections.push(engine);
  return engine;
}

async function whatIsMissing(host?: string): Promise<string | undefined> {
  const engine = connectEngine({ modulePath: await engineModule(), ...(host && { host }) });
  try {
    return (await engine.inspect("busybox")) ? undefined : "the engine has no image busybox to build on";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await engine.close();
  }
}

/** Which engine these tests run on: vitest's configuration says where it is the second one. */
const part = process.env.BALLAST_ENGINE_PART ?? "engine";
const noSecond = "BALLAST_SECOND_ENGINE names no engine";

/**
 * Tests on the real engine. Without one they are skipped, which is printed with the reason; where BALLAST_REQUIRE names
 * `engine` (or `engine-modern`, for the second one), the lack of it is a failure.
 */
export async function describeOnEngine(name: string, tests: () => void): Promise<void> {
  const reason = part !== "engine" && !process.env.DOCKER_HOST ? noSecond : await whatIsMissing();
  describeUnless(reason, part, name, tests);
}

/**
 * Tests that need a second engine, with another image store than the first: its address is in BALLAST_SECOND_ENGINE, its
 * part is called `engine-modern`; see describeOnEngine.
 */
export async function describeOnBothEngines(name: string, tests: (second: string) => void): Promise<void> {
  const second = process.env.BALLAST_SECOND_ENGINE ?? "";
  const reason =
    second === ""
      ? "BALLAST_SECOND_ENGINE names no engine"
      : ((await whatIsMissing()) ?? (await whatIsMissing(second)));
  describeUnless(reason, "engine-modern", name, () => tests(second));
}

/** Tests of a part that a machine may lack, for a reason; see describeOnEngine. */
export function describeUnless(reason: string | undefined, part: string, name: string, tests: () => void): void {
  if (reason === undefined) return void describe(name, tests);
  if ((process.env.BALLAST_REQUIRE ?? "").split(/[\s,]+/).includes(part)) {
    it(`${name}: BALLAST_REQUIRE names ${part}`, () => {
      throw new Error(reason);
    });
    return;
  }
  console.warn(`SKIPPED ${name}: ${reason}`);
  describe.skip(`${name} (${reason})`, tests);
}

/** Remembers what a build reports. */
export function recorder(): BuildListener & { readonly lines: string[]; readonly steps: BuildStep[] } {
  const lines: string[] = [];
  const steps: BuildStep[] = [];
  return { lines, steps, log: (line) => lines.push(line), step: (step) => steps.push(step) };
}
