/**
 * What our VS Code client and the server say to each other beside LSP: types and names, nothing that runs. The only file of
 * server/ that client/ imports. Another editor needs none of it: it has `workspace/executeCommand` with SERVER_COMMANDS.
 */
import type { BuildReport } from "./app/build";
import type { CompareReport } from "./app/compare";
import type { Figure } from "./app/figures";

export type { BuildReport, LayerReport } from "./app/build";
export type { CompareReport, ImageReport } from "./app/compare";
export type { Figure } from "./app/figures";

/** `initializationOptions` of `initialize`. All may be left out, as other editors do. */
export interface InitializationOptions {
  /** False in Restricted Mode: no build, run or compare, no call to an engine or a registry. True where it is left out. */
  readonly trusted?: boolean;
  /** The client has CLIENT_COMMANDS: code lenses call them, and the server sends STATUS and LOG. */
  readonly ui?: boolean;
  /** Another extension answers questions about names, so that `auto` of `ballast.navigation` leaves them to it. */
  readonly navigatesElsewhere?: boolean;
  /** The settings at start; later ones come as the `settings.ballast` of `workspace/didChangeConfiguration`. */
  readonly settings?: Settings;
}

/** What of the `ballast.*` settings the server uses, by the same keys. */
export interface Settings {
  /** `ballast.host`: the engine's address as in DOCKER_HOST; "" is the engine that the docker command would use. */
  readonly host?: string;
  /** `ballast.target`: which final image is preferred. */
  readonly target?: Target;
  /** `ballast.inlayHints`: sizes at the ends of lines. True where it is left out. */
  readonly inlayHints?: boolean;
  /** `ballast.codeLens`: Build and Compare above the stage that ships. True where it is left out. */
  readonly codeLens?: boolean;
  /** `ballast.navigation`: definitions, references, rename, outline, folding, hover on variables. `auto` where it is left out. */
  readonly navigation?: "auto" | "on" | "off";
}

/**
 * BUILD and COMPARE are requests with a `workDoneToken` (begin, report with the step as message, end), and
 * `$/cancelRequest` cancels them. Where there is no report they fail with RequestFailed (-32803), a message of one sentence
 * for the user and `data: Failure`; a cancelled one with RequestCancelled (-32800).
 */
export const METHODS = {
  /** Request: BuildParams → BuildAnswer. A build that fails is a report with `failed`, and a diagnostic on its line. */
  build: "ballast/build",
  /** Request: CompareParams → CompareAnswer. */
  compare: "ballast/compare",
  /** Notification to the client: Log. */
  log: "ballast/log",
  /** Notification to the client: Status, whenever that of an open Dockerfile changes; never for each keystroke. */
  status: "ballast/status",
  /** Notification to the server, without parameters: the user trusts the workspace now. */
  trusted: "ballast/trusted",
  /** Notification to the server: Active. */
  active: "ballast/active",
  /** Notification to the server: Elsewhere, when another extension comes or goes. */
  elsewhere: "ballast/elsewhere",
} as const;

export interface BuildParams {
  readonly uri: string;
  /** The author's name of a stage; the one that ships where it is left out. */
  readonly stage?: string;
  /** The name that the image is given; none where it is left out. */
  readonly tag?: string;
  readonly workDoneToken?: number | string;
}

export interface BuildAnswer extends BuildReport {
  /** The report in one sentence, for people. */
  readonly summary: string;
}

export interface CompareParams {
  readonly uri: string;
  /** Which rewrite the file is set against; the preferred one where it is left out. */
  readonly target?: string;
  /** An earlier version that the file is set against instead: its text. */
  readonly before?: string;
  /** The file is set against what it was before the rewrite that was made in it last. */
  readonly sinceRewrite?: boolean;
  /** What both programs read from standard input: a file (its URI) or text; nothing where it is left out. */
  readonly stdin?: { readonly uri: string } | { readonly text: string };
  readonly args?: readonly string[];
  /** What servers are asked, as `METHOD PATH` or `METHOD :PORT/PATH`; `GET /` at each port where it is left out. */
  readonly requests?: readonly string[];
  readonly workDoneToken?: number | string;
}

export interface CompareAnswer {
  readonly report: CompareReport;
  /** The report in sentences, for people: sizes, ratio, verdict. The first line says it all. */
  readonly lines: readonly string[];
  /** The figures of both images in words, in the order in which they are shown. */
  readonly figures: readonly Figure[];
  /** The title of the rewrite that the file was set against; undefined where `before` was given. */
  readonly rewrite?: string;
  /** With `sinceRewrite`: both texts, so that the one before can be put back. */
  readonly texts?: { readonly before: string; readonly after: string };
}

/** Why a build or a compare did not happen. */
export interface Failure {
  readonly kind: /** Restricted Mode. */
    | "untrusted"
    /** The engine is not there, or stopped answering. */
    | "engine"
    /** No rewrite is safe; the message says why. */
    | "refused"
    /** Another build is under way. */
    | "busy"
    /** There is no such document, stage or input, or no folder to build in. */
    | "input"
    /** COMPARE: one of the two versions does not build. */
    | "build";
}

export interface Log {
  /** Without their line endings and without control characters. */
  readonly lines: readonly string[];
}

/** What the status bar says about a document. */
export interface Status {
  readonly uri: string;
  /** The size of the image that ships, ready to be shown: "≈ 690 MB", "861 MB", "unknown". */
  readonly text: string;
  /** Markdown: what each instruction of the shipped stage weighs, the source of the figures, the platform. */
  readonly tooltip: string;
  /** `stale` was measured before the text above changed; `unknown` where nothing is known. */
  readonly kind: "estimate" | "measured" | "stale" | "unknown";
  /** In a few words why nothing can be measured ("Docker is not running"); undefined where it can. */
  readonly engine?: string;
}

/** The Dockerfile that the user looks at. While there is one the server asks now and then whether the engine is there. */
export interface Active {
  /** Null where the active editor shows no Dockerfile, or the window lost the focus. */
  readonly uri: string | null;
}

/** What other extensions do; see `navigatesElsewhere` of InitializationOptions. */
export interface Elsewhere {
  readonly navigates: boolean;
}

/** The commands of our client that code lenses call, with the arguments `[uri]`. */
export const CLIENT_COMMANDS = {
  build: "ballast.build",
  compare: "ballast.compare",
  prove: "ballast.prove",
} as const;

/**
 * What `workspace/executeCommand` does, for editors without a client of ours: the argument is BuildParams or
 * CompareParams, or the URI alone; the answer is that of the request.
 */
export const SERVER_COMMANDS = { build: "ballast.server.build", compare: "ballast.server.compare" } as const;

/** What the requests answer. */
export interface Answers {
  readonly [METHODS.build]: BuildAnswer;
  readonly [METHODS.compare]: CompareAnswer;
}

/** The families of final images, as `ballast.target` and `--target` name them. */
export const TARGETS = ["distroless", "slim", "scratch", "chainguard"] as const;
export type Target = (typeof TARGETS)[number];
