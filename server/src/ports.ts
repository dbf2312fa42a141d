/**
 * What the product asks of the world. `host/` answers, `app/` asks, and only the `main.ts` files put them together.
 */

/** Reads the files of a build context. Paths are relative to it, with `/` between their parts. Nothing rejects. */
export interface ProjectReader {
  /** The Dockerfile's own path in the folder; absent where it stands elsewhere. */
  readonly dockerfile?: string;
  /** The text of a file; undefined where there is none, or where it is no text or too large to read. */
  read(path: string): Promise<string | undefined>;
  /**
   * The files that a build would see (under .dockerignore), and the folders without any (their paths end in a slash);
   * undefined where the folder cannot be listed or has too many. Without `sizes` their bytes are 0, and who may read them
   * is not said: asking the disk takes longer than all the rest.
   */
  files(sizes: boolean): Promise<readonly ProjectFile[] | undefined>;
}

export interface ProjectFile {
  readonly path: string;
  readonly bytes: number;
  /** Others than its owner may not read it, by its mode or that of a folder above it. */
  readonly isPrivate?: boolean;
}

/** The engine is not there, or stopped answering. Its message is one sentence for the user. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}

export interface BuildRequest {
  /** The Dockerfile's text, saved or not. */
  readonly dockerfile: string;
  /** The folder of the build context, absolute. */
  readonly context: string;
  /** The Dockerfile's own path, absolute, where it has one: `<path>.dockerignore` beside it goes before `.dockerignore`. */
  readonly dockerfilePath?: string;
  /** The stage to build; the last one where there is none. */
  readonly stage?: string;
  readonly tag?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly platform?: string;
  readonly network?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A step as the builder names it: its place among the steps of its stage (BuildKit) or of the file (classic). */
export interface BuildStep {
  readonly builder: "buildkit" | "classic";
  /** BuildKit's name of the stage: the author's, or `stage-N`. Podman's is `stage-N`, and it counts all of its instructions. */
  readonly stage?: string;
  /** From 1. BuildKit counts FROM, RUN, COPY, ADD and WORKDIR of the stage; the classic builder every instruction. */
  readonly index: number;
  readonly total: number;
  /** The instruction as the builder prints it. */
  readonly text: string;
}

export interface BuildFailure {
  /** The step that failed, where the builder named one. */
  readonly step?: BuildStep;
  /** The line of a Dockerfile that the builder could not read, from 1. */
  readonly line?: number;
  /** One sentence. */
  readonly message: string;
  /** The last lines that the failing step printed. */
  readonly log: string;
}

export interface BuildOutcome {
  /** The image's id (sha256:…), or undefined where the build failed. */
  readonly image?: string;
  readonly failed?: BuildFailure;
}

export interface BuildListener {
  /** A line of the log, without its line ending and without control characters. */
  log(line: string): void;
  /** A step begins. */
  step?(step: BuildStep): void;
}

/** An entry of an image's history, oldest first. */
export interface HistoryEntry {
  readonly createdBy: string;
  /** Unpacked bytes of the layer it made, 0 where it made none. */
  readonly bytes: number;
}

export interface ImageDetails {
  readonly id: string;
  /** As `linux/amd64`. */
  readonly platform: string;
  /** Bytes of the files in the layers, as the engine says it; those that layers with only symbolic links add may lack. */
  readonly bytes: number;
  /** Where the engine counts what its disk needs instead (containerd's store, Podman): the same holds of the history. */
  readonly approximate?: true;
  /** What `docker images` prints there: it adds the packed layers, and counts whole blocks. */
  readonly listed?: number;
  readonly history: readonly HistoryEntry[];
  /** The user of its config; "" is root. */
  readonly user: string;
  /** The TCP ports that it EXPOSEs, ascending. */
  readonly ports: readonly number[];
  /** The environment of its config. */
  readonly env: Readonly<Record<string, string>>;
}

/** What a container of the image sees. */
export interface ImageContents {
  /** Null where the package database cannot be read. */
  readonly packages: number | null;
  readonly executables: number;
  readonly setuid: number;
  readonly shell: boolean;
}

/** Something that an image lacks and that what is in it asks for. */
export interface Fault {
  /** What is started; libraries; what reads a script; WORKDIR. */
  readonly check: "program" | "libraries" | "scripts" | "folder";
  /** The file that asks for it. */
  readonly file: string;
  /** The same in every image that lacks it. */
  readonly lacks: string;
  /** One sentence that names both. */
  readonly says: string;
}

/** Whether an image holds what it takes to be started, as far as its files tell. */
export interface Inside {
  /** The file that is started, links followed; null where there is none that could be. */
  readonly program: string | null;
  /** How many programs and libraries, and how many scripts, were looked at. */
  readonly looked: { readonly libraries: number; readonly scripts: number };
  readonly faults: readonly Fault[];
}

/** An image whose layers were read: its bytes, and those of its history, are the same on every engine. */
export interface MeasuredImage extends Omit<ImageDetails, "approximate"> {
  /** Null where the engine knew the bytes and nothing was read, since nobody asked for it. */
  readonly contents: ImageContents | null;
  /** Null where nobody asked for it, and of other systems than Linux. */
  readonly inside: Inside | null;
}

export interface MeasureListener {
  /** How many bytes were read, of about so many. */
  progress?(read: number, about: number): void;
}

export interface MeasureOptions extends MeasureListener {
  /** Whether what a container would see is wanted too: then the layers are read in any case. */
  readonly contents?: boolean;
  /** Whether it could be started is wanted, too. */
  readonly start?: StartQuestion;
}

/** How an image is to be started, and which of its files are looked at beside what that reaches. */
export interface StartQuestion {
  /** What its ENTRYPOINT is given in place of CMD; CMD where there is nothing. */
  readonly args: readonly string[];
  /** So many entries of its history, from the end, are the author's own, and not the base image's; all where it is left out. */
  readonly own?: number;
}

export interface RunRequest {
  readonly image: string;
  readonly args?: readonly string[];
  /** What the program reads from its standard input; no input where undefined. */
  readonly stdin?: string;
  readonly network?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Milliseconds after which the program is stopped. */
  readonly timeout: number;
}

export interface RunOutcome {
  /** Undefined where it was stopped because it did not end in time. */
  readonly exitCode?: number;
  /** Milliseconds from the order to start it to its end; undefined where it was stopped. */
  readonly took?: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Where the program printed more than 1 MiB on one of them: the rest was left out. */
  readonly truncated?: true;
  /** Why the container could not be started at all, e.g. "exec: no such file". */
  readonly notStarted?: string;
}

/** One request to a server. */
export interface HttpRequest {
  readonly method: string;
  /** With its query, beginning with `/`. */
  readonly path: string;
}

/** What a server is asked at one of its TCP ports. */
export interface PortRequests {
  readonly port: number;
  readonly requests: readonly HttpRequest[];
}

export interface ServeRequest {
  readonly image: string;
  readonly args?: readonly string[];
  readonly network?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ask: readonly PortRequests[];
  /** Whether one of the ports is enough: then the others get two seconds more, and what is still silent is left out. */
  readonly anyPort: boolean;
  /** Milliseconds until the ports must accept connections. */
  readonly timeout: number;
}

/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  /** "" where it names none. */
  readonly contentType: string;
  /** Where it leads to another address. */
  readonly location?: string;
  /** Of the body; `digest` is its SHA-256 in hexadecimal. */
  readonly bytes: number;
  readonly digest: string;
  /** The beginning of the body, where it is text: at most 2 KiB. */
  readonly head?: string;
  /** All of the body, where it is text of at most 256 KiB. */
  readonly body?: string;
  /** Where the body did not end in time: bytes, digest and head say nothing. */
  readonly endless?: true;
}

/** Why a request has no answer over HTTP. */
export interface NoAnswer {
  readonly failed: "speaks no HTTP" | "hangs up" | "no answer in time" | "refuses connections";
}

export interface PortAnswers {
  readonly port: number;
  /** In the order of the requests: each was made twice, one after the other. */
  readonly answers: readonly (readonly [HttpAnswer | NoAnswer, HttpAnswer | NoAnswer])[];
}

export interface ServeOutcome {
  /** The ports that accepted connections. */
  readonly ports: readonly PortAnswers[];
  /** Milliseconds until they did. */
  readonly waited: number;
  /** Milliseconds from the order to start it until the first of them did; undefined where none did. */
  readonly opened?: number;
  /** The program's, where it ended by itself before all had been asked. */
  readonly exitCode?: number;
  /** The last lines that it printed. */
  readonly log: string;
  /** Why the container could not be started at all. */
  readonly notStarted?: string;
  /** Why its ports cannot be reached from here. */
  readonly unreachable?: string;
}

/** A Docker Engine. Each call rejects with an EngineError where the engine does not answer, and with the signal's reason where it was cancelled. */
export interface BuildEngine {
  build(request: BuildRequest, listener: BuildListener, signal?: AbortSignal): Promise<BuildOutcome>;
  /** The image, at once, or undefined where the engine has none of that name. */
  inspect(reference: string): Promise<ImageDetails | undefined>;
  /**
   * The image, to the byte: where the engine does not know, its layers are read, which takes about ten seconds for a
   * gigabyte and is remembered. Undefined where the engine has none of that name.
   */
  measure(reference: string, options?: MeasureOptions, signal?: AbortSignal): Promise<MeasuredImage | undefined>;
  /** Runs the image as `docker run` would, to its end or to the timeout; the container is removed in any case. */
  run(request: RunRequest, signal?: AbortSignal): Promise<RunOutcome>;
  /** Starts the image as a server, waits for its ports and asks; the container is removed in any case. */
  serve(request: ServeRequest, signal?: AbortSignal): Promise<ServeOutcome>;
  /** Removes all containers and images with this label, of this run and of earlier ones that crashed. */
  sweep(label: string): Promise<void>;
  /** Ends the connection, and what is still under way. */
  close(): Promise<void>;
}
