import type { BuildEngine, BuildListener, BuildRequest } from "../ports";
import type { Behaviour, Check } from "./behaviour";
import { type BuildReport, buildQuickly } from "./build";
import { compareInside, withInside } from "./inside";
import { type KnownImage, knowImage } from "./known-image";
import type { NamedRequest } from "./requests";
import { type StartUp, Trials } from "./trial";

/** The JSON of `compare`, version 1 (section 9 of the design). What was not gathered is null. */
export interface CompareReport {
  readonly version: 1;
  readonly before: ImageReport;
  readonly after: ImageReport;
  /** Bytes before ÷ bytes after. */
  readonly ratio: number | null;
  readonly behaviour: Behaviour;
  /** What was found in the files of both images: a check that failed is in `behaviour` too. Null where they were not read. */
  readonly inside: readonly Check[] | null;
}

export interface ImageReport {
  readonly image: string;
  readonly bytes: number | null;
  readonly packages: number | null;
  readonly executables: number | null;
  readonly setuid: number | null;
  readonly shell: boolean | null;
  readonly user: string | null;
  readonly startUp: StartUp | null;
}

export interface CompareRequest {
  readonly before: BuildRequest;
  readonly after: BuildRequest;
  readonly stdin?: string;
  readonly args: readonly string[];
  /** What servers are asked; `GET /` at each port that they EXPOSE where there are none. */
  readonly requests?: readonly NamedRequest[];
  readonly network?: string;
}

/** One of the two versions could not be built. */
export class VersionFailed extends Error {
  override readonly name = "VersionFailed";
  constructor(
    readonly version: "before" | "after",
    readonly report: BuildReport,
  ) {
    super(
      `The version ${version} does not build${report.failed?.line ? ` (line ${report.failed.line})` : ""}: ${report.failed?.message ?? "no image"}`,
    );
  }
}

const LABEL = "ballast.compare";

/**
 * Builds both versions, starts both the same way, and says whether they did the same. What it makes carries a label
 * of its own and is removed in any case. Rejects with VersionFailed, and as BuildEngine does.
 */
export async function compareVersions(
  engine: BuildEngine,
  request: CompareRequest,
  runId: string,
  listener: BuildListener,
  now: () => number,
  signal?: AbortSignal,
): Promise<CompareReport> {
  const labels = { [LABEL]: runId };
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const readings: Promise<KnownImage>[] = [];
  const build = async (version: "before" | "after") => {
    listener.log(`Building the version ${version}`);
    const built = await buildQuickly(engine, { ...request[version], labels }, listener, now, signal);
    if (!built.image) throw new VersionFailed(version, built.report());
    // Of the version before all is looked at: what it lacks itself is no fault of the one after.
    const start = { args: request.args, ...(version === "after" && { own: built.own ?? 0 }) };
    const wanted = { log: (line: string) => listener.log(line), contents: true, start };
    // A fat image takes its time to read; meanwhile the next thing is done.
    const reading = knowImage(engine, built.image, wanted, either);
    reading.catch(() => undefined);
    readings.push(reading);
    return { image: built.image, reading };
  };
  try {
    const [before, after] = [await build("before"), await build("after")];
    const trial = { ...request, requests: request.requests ?? [], labels };
    const trials = new Trials(engine, before.image, after.image, trial, listener, signal);
    const behaviour = await trials.compare();
    const [first, second] = [await before.reading, await after.reading];
    const inside = first.inside && second.inside ? ([first.inside, second.inside] as const) : undefined;
    return {
      version: 1,
      before: imageReport(first, trials.startUp(first)),
      after: imageReport(second, trials.startUp(second)),
      ratio: ratioOf(first, second),
      behaviour: inside ? withInside(behaviour, ...inside) : behaviour,
      inside: inside ? compareInside(...inside) : null,
    };
  } finally {
    stop.abort();
    await Promise.allSettled(readings);
    await engine.sweep(`${LABEL}=${runId}`);
  }
}

function imageReport({ id, bytes, approximate, user, contents }: KnownImage, startUp: StartUp | null): ImageReport {
  return {
    image: id,
    // A figure of the engine's disk is not to be set against another's.
    bytes: approximate ? null : bytes,
    packages: contents?.packages ?? null,
    executables: contents?.executables ?? null,
    setuid: contents?.setuid ?? null,
    shell: contents?.shell ?? null,
    user: user === "" ? "root" : user,
    startUp,
  };
}

function ratioOf(before: KnownImage, after: KnownImage): number | null {
  return before.approximate || after.approximate || after.bytes === 0 ? null : before.bytes / after.bytes;
}
