import { randomUUID } from "node:crypto";
import { type Analysis, applyEdits } from "../core";
import type { BuildEngine, BuildListener, BuildRequest, ImageDetails } from "../ports";
import { bestRewrite, type Wish } from "./best-rewrite";
import { type BuildReport, buildQuickly } from "./build";
import { type CompareReport, compareVersions } from "./compare";
import type { EngineAccess } from "./engine-access";
import { type KnownImage, knowImage } from "./known-image";
import type { Measured } from "./measured";
import type { NamedRequest } from "./requests";
import type { OpenFile, Place, Session } from "./session";

/** What was asked for cannot be done with this document; the message is one sentence for the user. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** What a job uses of the disk. */
export interface JobFiles {
  /** The text of a file; undefined where it cannot be read. */
  read(path: string): Promise<string | undefined>;
  /** A new empty folder, and the way to be rid of it. */
  emptyFolder(): Promise<{ readonly path: string; remove(): Promise<void> }>;
}

export interface BuildJob {
  /** The author's name of a stage; the one that ships where there is none. */
  readonly stage?: string;
  readonly tag?: string;
}

export interface CompareJob extends Wish {
  /** The text of an earlier version; the file's best rewrite is the later one where there is none. */
  readonly before: string | undefined;
  /** The path of a file, or the text itself. */
  readonly stdin: { readonly file: string } | { readonly text: string } | undefined;
  readonly args: readonly string[];
  /** What servers are asked; `GET /` at each port where there are none. */
  readonly requests: readonly NamedRequest[];
}

export interface Compared {
  readonly report: CompareReport;
  /** The title of the rewrite that the file was set against. */
  readonly rewrite: string | undefined;
}

/** Who listens to a job, and how it is cancelled. */
export interface Watcher {
  readonly listener: BuildListener;
  readonly signal: AbortSignal;
}

/** Builds and compares open documents, as they are in the editor. */
export class Jobs {
  private readonly readings = new Map<string, AbortController>();
  private readonly failures = new Map<string, { readonly text: string; readonly failed: Failed }>();

  /** `ended` is told the document of which something new is known. */
  constructor(
    private readonly session: Session,
    private readonly access: EngineAccess,
    private readonly measured: Measured,
    private readonly files: JobFiles,
    private readonly ended: (id: string) => void,
    private readonly now: () => number,
  ) {}

  /** Why the last build of this very text failed; undefined where it did not, or the text has changed since. */
  failureOf(id: string): Failed | undefined {
    const failure = this.failures.get(id);
    return failure && failure.text === this.session.get(id)?.analysis.text ? failure.failed : undefined;
  }

  /**
   * Builds a stage of a document, the one that ships where none is named. The engine's own figures are in the report; the
   * exact ones are remembered when they are known. Rejects with InputError, and as EngineAccess.work does.
   */
  async build(id: string, { stage: stageName, tag }: BuildJob, { listener, signal }: Watcher): Promise<BuildReport> {
    const { analysis, place } = this.document(id);
    const { model } = analysis.context;
    const stage =
      stageName === undefined
        ? model.final
        : model.stages.find(({ name }) => name?.text.toLowerCase() === stageName.toLowerCase());
    if (!stage)
      throw new InputError(
        stageName === undefined ? "The file has no stage to build." : `The file has no stage ${stageName}.`,
      );
    return this.inFolder(analysis, place, (folder) =>
      this.access.work(`build ${id}`, signal, async (engine) => {
        this.readings.get(id)?.abort();
        const request = {
          ...requestOf(analysis.text, folder, place),
          ...(stageName !== undefined && { stage: stageName }),
          ...(tag !== undefined && { tag }),
        };
        const built = await buildQuickly(engine, request, listener, this.now, signal);
        const report = built.report();
        const learn = (known: BuildReport) => {
          this.measured.remember(place.folder ?? id, analysis, stage, known);
          this.ended(id);
        };
        if (report.failed) this.failures.set(id, { text: analysis.text, failed: report.failed });
        else this.failures.delete(id);
        learn(report);
        if (built.image) this.read(id, engine, built.image, listener, (known) => learn(built.report(known)));
        return report;
      }),
    );
  }

  /**
   * Sets a document against its best rewrite, or against an earlier version. Rejects with Refused where no rewrite is safe,
   * InputError, VersionFailed, and as EngineAccess.work does.
   */
  async compare(id: string, job: CompareJob, { listener, signal }: Watcher): Promise<Compared> {
    const { analysis, place } = await this.settled(id);
    const stdin = await this.stdin(job.stdin);
    const change = job.before === undefined ? bestRewrite(analysis, job) : undefined;
    const [before, after] =
      change === undefined
        ? [job.before ?? "", analysis.text]
        : [analysis.text, applyEdits(analysis.text, change.edits)];
    return this.inFolder(analysis, place, (folder) =>
      this.access.work(`compare ${id}`, signal, async (engine) => {
        const request = {
          before: requestOf(before, folder, place),
          after: requestOf(after, folder, place),
          args: job.args,
          requests: job.requests,
          ...(stdin !== undefined && { stdin }),
        };
        const report = await compareVersions(engine, request, randomUUID(), listener, this.now, signal);
        return { report, rewrite: change?.title };
      }),
    );
  }

  /** Finds out the exact sizes beside all else; a newer build of the document ends it. */
  private read(
    id: string,
    engine: BuildEngine,
    image: ImageDetails,
    { log }: BuildListener,
    learn: (known: KnownImage) => void,
  ): void {
    const abort = new AbortController();
    this.readings.set(id, abort);
    // What keeps the layers from being read is in the log, or the next build says it.
    knowImage(engine, image, { log }, abort.signal).then(learn, () => undefined);
  }

  private document(id: string): OpenFile {
    const file = this.session.get(id);
    if (!file) throw new InputError("That document is not open, or is no Dockerfile.");
    return file;
  }

  private async settled(id: string): Promise<OpenFile> {
    await this.session.settled(id);
    return this.document(id);
  }

  private async stdin(from: CompareJob["stdin"]): Promise<string | undefined> {
    if (from === undefined || "text" in from) return from?.text;
    const text = await this.files.read(from.file);
    if (text === undefined) throw new InputError(`${from.file} cannot be read as text, so there is no input.`);
    return text;
  }

  /** A document that stands in no folder is built in an empty one, where it takes nothing from there. */
  private async inFolder<T>(analysis: Analysis, { folder }: Place, task: (folder: string) => Promise<T>): Promise<T> {
    if (folder !== undefined) return task(folder);
    if (copiesFromContext(analysis))
      throw new InputError("This file stands in no folder on the disk that COPY could take files from: save it first.");
    const empty = await this.files.emptyFolder();
    return task(empty.path).finally(() => empty.remove());
  }
}

type Failed = NonNullable<BuildReport["failed"]>;

function requestOf(dockerfile: string, context: string, { file }: Place): BuildRequest {
  return { dockerfile, context, ...(file !== undefined && { dockerfilePath: file }) };
}

function copiesFromContext({ context }: Analysis): boolean {
  return context.model.syntax.instructions.some(
    ({ keyword, flags, heredocs }) =>
      (keyword === "COPY" || keyword === "ADD") && heredocs.length === 0 && !flags.some(({ name }) => name === "from"),
  );
}
