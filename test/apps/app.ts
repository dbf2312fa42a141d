/** What is said of a test app: what it is asked and has to answer, and what its rewrite has to ship on. */

export interface AppFacts {
  /** What is in it that a rewrite can get wrong. */
  readonly about: string;
  readonly ships: Ships;
  readonly asks: readonly [Ask, ...Ask[]];
  /** A rewrite that a hasty hand would make: `compare` has to say that it is different. */
  readonly wrong?: Planted;
  /** The Dockerfile below the context, where it is not `Dockerfile`. */
  readonly dockerfile?: string;
  /** `split-build-stage` where nothing is said. */
  readonly recipe?: string;
  /** Where it is built and run: in CI where nothing is said, in `npm run proof` alone, or nowhere, and why. */
  readonly runs?: "proof" | { readonly notRun: string };
  /** CI converts it on the second engine too: one app of each ecosystem. */
  readonly bothEngines?: true;
  /** Its toolchain is still to come: what `ships` says is not asked of us yet. */
  readonly pending?: true;
}

/**
 * For a target, the image that the last stage of the rewrite stands on, or words of the sentence that refuses one.
 * Nothing is stated for a target that is left out.
 */
export type Ships = { readonly distroless: string | RegExp } & Readonly<Partial<Record<Target, string | RegExp>>>;

export type Target = "distroless" | "scratch" | "slim" | "jlink";

/** One run of a program, or one life of a server. */
export type Ask = ProgramAsk | ServerAsk;

export interface ProgramAsk {
  readonly args?: readonly string[];
  readonly stdin?: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr?: string;
}

export interface ServerAsk {
  /** Sent one after the other. */
  readonly requests: readonly Exchange[];
}

export interface Exchange {
  /** As `GET /items`. */
  readonly request: string;
  /** Status, content type and body, as `compare` shows them. */
  readonly answer: string;
}

export interface Planted {
  /** What is wrong. */
  readonly wrong: string;
  /** How `compare` says it. */
  readonly shows: RegExp;
  /** The whole Dockerfile. */
  dockerfile(stages: Stages): string;
}

/** What a wrong final stage can follow. */
export interface Stages {
  /** The build stages of our rewrite. */
  ours(): string;
  /** The author's whole file, its program built. */
  readonly authors: string;
}

/** Our build stages with a wrong final one. */
export function finalStage(wrong: string, shows: RegExp, ...lines: readonly string[]): Planted {
  return { wrong, shows, dockerfile: ({ ours }) => `${ours()}${lines.join("\n")}\n` };
}

/** The author's file, and a wrong final stage behind it. */
export function behindAuthors(wrong: string, shows: RegExp, ...lines: readonly string[]): Planted {
  return { wrong, shows, dockerfile: ({ authors }) => `${authors.trimEnd()}\n${lines.join("\n")}\n` };
}

/** An answer of a content type, as `compare` shows it. */
export const typed = (type: string) => (status: number, body: string) => `${status} ${type}\n${body}`;
export const html = typed("text/html; charset=utf-8");
export const css = typed("text/css; charset=utf-8");
export const text = typed("text/plain; charset=utf-8");
export const json = typed("application/json");

const distroless = (name: string) => `gcr.io/distroless/${name}-debian13:nonroot`;
export const STATIC = distroless("static");
/** With the C library, and what links against it. */
export const BASE = distroless("base");
/** With libgcc and libstdc++ too. */
export const CC = distroless("cc");
export const NODE_22 = distroless("nodejs22");
export const NODE_24 = distroless("nodejs24");
/** Python 3.13. */
export const PYTHON = distroless("python3");
export const JAVA_21 = distroless("java21");
/** What a Java runtime needs beside itself. */
export const JAVA_BASE = distroless("java-base");
