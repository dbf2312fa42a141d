import type { Size } from "../catalog/size";
import type { Instruction } from "../syntax/instruction";
import type { Span } from "../text/span";
import type { RunCommand, StageView } from "./toolchain";

/**
 * How a stage starts its program, as the engine executes it: what base images put before every command (docker-entrypoint.sh
 * of node, mvn-entrypoint.sh of maven) is seen through.
 */
export interface AppStart {
  /** The words, with variables as ENV sets them; undefined where they cannot be told without a shell. */
  readonly argv: readonly string[] | undefined;
  /** Variables that the start sets for the program alone: `NAME=value`. Where the words are written otherwise, ENV has to. */
  readonly env: readonly string[];
  /** How many of the words ENTRYPOINT says: those of `docker run IMAGE …` replace the others. */
  readonly fixed: number;
  /** Why there is no argv: a sentence. */
  readonly why: string | undefined;
  /** A shell starts it. */
  readonly shell: boolean;
  /** What that shell runs, as it is written. */
  readonly script: string | undefined;
}

/** What a toolchain may ask about the stage that ships. `flow` answers. */
export interface AppView extends StageView {
  readonly start: AppStart;
  /** The text of the Dockerfile, for spans. */
  readonly text: string;
  /** The folders of PATH when the stage ends, in their order, as far as they are known. */
  readonly path: readonly string[];
  /** The packages of the system that steps of the stage install, by their names. */
  readonly installs: readonly string[];
  /** What COPY brings from other stages and images. */
  readonly copies: readonly StageCopy[];
  /** What is at an absolute path when the stage ends. */
  holds(path: string): "there" | "absent" | "unknown";
  /** The path in the context of the file at an absolute path, where no step changes it; undefined where that cannot be told. */
  contextFile(path: string): string | undefined;
  /** The bytes of a file or folder that COPY brought from the context, as the folder says. */
  bytesOf(path: string): Size;
}

/** A COPY from another stage or an image. */
export interface StageCopy {
  readonly instruction: Instruction;
  /** The stage that it copies from; undefined for an image. */
  readonly stage: (StageView & Pick<AppView, "path">) | undefined;
  /** Absolute, in that stage; undefined where a variable hides one. */
  readonly sources: readonly string[] | undefined;
  /** Absolute, in this one; undefined where a variable hides it. */
  readonly target: string | undefined;
  /** The target is a folder that the sources come to stand in, each by its own name if it is a file. */
  readonly intoFolder: boolean;
}

/**
 * A program that a runtime of its language starts: `node server.js`, `gunicorn app:app`, `java -jar app.jar`. It consists of
 * files, and the runtime comes with the final image.
 */
export interface App {
  /** The command that compiles or packs the program, for `missing-build-stage`; undefined where it only installs what the program needs. */
  readonly build: RunCommand | undefined;
  /** For that finding: "npm and the packages that only the build needs ship with the program". Without a full stop. */
  readonly weight: string;
  /** The folders of the project: what the program needs of them is in the parts, whatever steps do there. Absolute, never `/`. */
  readonly folders: readonly string[];
  /** Other paths whose needed content is in the parts too: `/usr/local/lib/python3.13`, `/root/.m2`. */
  readonly covered: readonly string[];
  /** The commands and COPY instructions whose whole effect the parts account for, wherever it lies. */
  readonly accounted: ReadonlySet<RunCommand | Instruction>;
  /** Packages of the system that the program is known to call, or to be linked with: they are no build tools of it. */
  readonly uses?: readonly string[];
  /** It takes certificates from the files of the system (/etc/ssl/certs), or brings its own; Java has a store instead. */
  readonly readsCertificateFiles?: boolean;
  /** ENV names that only the build reads. */
  isBuildVariable(name: string): boolean;
  /** OS packages that are its runtime or its build tools, `openjdk-17-jdk` and `maven`: the final image needs none of them. */
  isOwnPackage?(name: string): boolean;
  /** How it ships on each family of final images; each way is made when it is first asked for. */
  readonly ways: Ways;
}

/** The families of final images that have a runtime. `slim` keeps a shell; with `jlink` the program brings a runtime of its own. */
export type AppTarget = "distroless" | "jlink" | "chainguard" | "slim";

/** By family; a sentence says why one is refused. Java alone has `jlink`. */
export type Ways = Readonly<Record<Exclude<AppTarget, "jlink">, Way | string>> & { readonly jlink?: Way | string };

/** How a program ships on one image. */
export interface Way {
  /** For titles: "distroless nodejs24", "python:3.12-slim". */
  readonly name: string;
  /** The reference of the image; `root` is whether its user has to be root. */
  image(root: boolean): string;
  /** For titles: "an upgrade of Java 11", where it has not the version of the build stage: such an offer is never the preferred one. */
  readonly upgrade?: string;
  /** It has a shell, and all that the base of the build stage has but for build tools: scripts and OS packages are possible. */
  readonly shell: boolean;
  /** The words that start the runtime in the build stage, and where this image has it: a health check may be run by it. */
  readonly runtime?: { readonly names: readonly string[]; readonly path: string };
  /** Commands of a RUN that end the build stage: `npm prune --omit=dev`. Each is a line of its own. */
  readonly prepare: readonly string[];
  /** The files that make up the program, in the order of their COPY lines. */
  readonly parts: readonly Part[];
  /** Commands of a RUN that begin the final stage, on images with a shell alone: `npm install -g pm2`. Each is a line of its own. */
  readonly setup?: readonly string[];
  /** Packages of the system that the program needs beside those that the author installs; on images with a shell alone. */
  readonly packages?: readonly string[];
  /** ENV lines that the runtime needs beside the author's: `NAME=value`. */
  readonly env: readonly string[];
  /**
   * How the image is started; undefined where the author's own lines do, as they are. A missing ENTRYPOINT is that of the
   * image.
   */
  readonly start: { readonly entrypoint?: readonly string[]; readonly command?: readonly string[] } | undefined;
  /** The folder that the program starts in, where that is another than WORKDIR: a package manager goes to that of the package. */
  readonly workdir?: string;
  /** Why nothing smaller of the family fits, as sentences; what was taken to be so; what will be different. */
  readonly assumes: readonly string[];
  /** Where the program writes, as far as its sources show it. */
  readonly writes: Writes;
  /** Why only root may do what it does, for a sentence; undefined where nothing asks for that. */
  readonly root: string | undefined;
}

/** A file or folder of the program. */
export interface Part {
  /** Absolute, in the build stage; several of one folder may stand in one line. */
  readonly from: readonly string[];
  /** Absolute, in the final image; ends in `/` where `from` has several. */
  readonly to: string;
  readonly size: Size;
}

/** Absolute paths of folders that the program writes to; "anywhere" where its sources write, and it cannot be told where. */
export type Writes = readonly string[] | "anywhere";

/** What is known of an ecosystem whose programs a runtime starts. */
export interface AppToolchain {
  readonly id: string;
  /** For sentences: "Node". */
  readonly title: string;
  /**
   * The program that the stage ships; undefined where it starts none of this ecosystem, a sentence where it starts one that
   * cannot be moved to any other image.
   */
  app(view: AppView): App | string | undefined;
}

/** A place of the Dockerfile that an app's finding is about. */
export function spanOf({ programWord, args }: RunCommand): Span {
  return { start: programWord.span.start, end: args.at(-1)?.word.span.end ?? programWord.span.end };
}
