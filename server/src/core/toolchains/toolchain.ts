import type { Lookup } from "../model/expand";
import type { Stage } from "../model/model";
import type { Project } from "../project/project";
import type { ShellCommand, ShellWord } from "../shell/script";
import type { Instruction } from "../syntax/instruction";
import type { Edit } from "../text/edit";
import type { Fact } from "../text/fact";
import type { Remembering } from "../text/remembered";
import type { Span } from "../text/span";

/** A command of a RUN, with what it sees. */
export interface RunCommand extends Remembering {
  readonly stage: Stage;
  readonly instruction: Instruction;
  /** The place of the instruction in its stage. */
  readonly at: number;
  readonly command: ShellCommand;
  /** It has run to its end, as the command itself says. */
  readonly always: boolean;
  /**
   * The program's name without its folder; undefined where a variable hides it. What starts another is seen through:
   * `env A=b program`, `sudo`, `exec`, and the script of `sh -c`.
   */
  readonly program: string | undefined;
  readonly programWord: ShellWord;
  /** Its words behind the program, with their values. */
  readonly args: readonly { readonly word: ShellWord; readonly value: string | undefined }[];
  /** The values of `args`: who does not ask for the words need not wait for their places. */
  readonly values: readonly (string | undefined)[];
  /** Variables as the program sees them, the command's own assignments included; what the script sets without `export` is none. */
  readonly lookup: Lookup;
  /** The folder it runs in, absolute. */
  readonly folder: string | undefined;
  /** The user it runs as, as USER or the command itself names it: "" is root, undefined is not known. */
  readonly user: string | undefined;
  /** The command of the Dockerfile that runs it, where that is another (`make`, `sh -c "\"a\""`): its words then are no words of the file. */
  readonly via: RunCommand | undefined;
  /**
   * What its text and its folder tell, where its words hang on no variable: the same object wherever that text stands, before
   * a keystroke too. Undefined for what is made of another command.
   */
  readonly reading: Remembering | undefined;
}

/** Where a path of a stage comes from in the build context; "" is the context itself. */
export type Origin =
  | { readonly kind: "context"; readonly path: string }
  /** No COPY of the context can have brought it. */
  | { readonly kind: "none" }
  /** It depends on what is not known: the folder's content, a variable. */
  | { readonly kind: "unknown" };

/** What a toolchain may ask about the stage that it looks at. `flow` answers. */
export interface StageView {
  readonly stage: Stage;
  readonly project: Project;
  /** The commands of the stage and of those it stands on, in the order in which they run. */
  readonly commands: readonly RunCommand[];
  /** The repository of the image at the bottom, e.g. `golang`; undefined where it is unknown or scratch. */
  readonly baseName: string | undefined;
  /** The version of the language in that image, e.g. `1.26`. */
  readonly baseVersion: string | undefined;
  /** The release of the distribution in that image, e.g. `bookworm`. */
  readonly baseRelease: string | undefined;
  /** The C library of that image, and its version where it is glibc, e.g. `2.41`. */
  readonly baseLibc: "glibc" | "musl" | "none" | undefined;
  readonly baseGlibc: string | undefined;
  /** The folder that the stage's program starts in. */
  readonly workdir: string | undefined;
  /** What ENV sets for the stage's program; undefined where it sets nothing. */
  env(name: string): string | undefined;
  /** The folder exists when the command runs; undefined where that cannot be told. */
  isFolder(path: string, before: RunCommand): boolean | undefined;
  /** Without a command: at the end of the stage. */
  origin(path: string, before?: RunCommand): Origin;
  /** The files that stand in a folder, where all of them were copied by name from the context; undefined where others may be there. */
  copiedInto(folder: string, before: RunCommand): readonly CopiedFile[] | undefined;
}

/** A file that a COPY of the stage names. */
export interface CopiedFile {
  /** Where it stands, and the path in the context that it comes from. */
  readonly path: string;
  readonly source: string;
  readonly instruction: Instruction;
}

/** A command that turns sources into programs. */
export interface Build {
  readonly toolchain: Toolchain;
  readonly run: RunCommand;
  /** What the finding is about: the command from its program to its last word. */
  readonly span: Span;
  /** The programs it makes, absolute paths in its stage. */
  readonly artifacts: Fact<readonly string[]>;
  /** Where the names of its programs are not known: what stands at an absolute path, and is started, can only be one of them. */
  mayMake?(path: string): boolean;
  /** It fetches and installs a tool of others, for the build: `go install example.com/tool@latest`. */
  readonly isTool: boolean;
}

/** Something that a program wants from its image, and how that shows. */
export interface Need {
  readonly what: "certificates" | "zones" | "users" | "temp";
  /** For a sentence: "it imports net/http". */
  readonly why: string;
  /** The call that fails at every start without it: `time.LoadLocation("Europe/Berlin") in main.go`; undefined where none surely does. */
  readonly failing?: FailingCall | undefined;
}

/** A call of a program that fails in its image. */
export interface FailingCall {
  /** For a sentence. */
  readonly text: string;
  /** The program ends there: it looks at the error at once, and does not come back from that. */
  readonly isFatal: boolean;
}

/** Something at a path that a program reads or writes at run time. */
export interface PathUse {
  /** Absolute, in the image. */
  readonly path: string;
  /** A file, a folder with all below it, one that must not be there yet, a path with wildcards, or what begins with the path. */
  readonly shape: "file" | "folder" | "new-folder" | "pattern" | "prefix";
  /** Who says so, for a sentence: "os.Open in main.go". */
  readonly by: string;
  /** The program makes it at every start, if it is not there. */
  readonly isMade?: boolean;
}

/** What it takes to ship a build's programs alone. */
export interface BuildPlan {
  /** Edits to the build command, each with what it does, for the title of the offer's list. */
  readonly edits: readonly BuildEdit[];
  readonly needs: readonly Need[];
  /** The C library that the program is linked with; undefined where it needs none. */
  readonly library: Library | undefined;
  /** What it reads at run time, as far as the sources name it. */
  readonly reads: readonly PathUse[];
  /** What it writes at run time; a `folder` is one that it makes itself, as a `new-folder` is. */
  readonly writes: readonly PathUse[];
  /** Who uses the folder of the user; undefined where nobody does. */
  readonly home: string | undefined;
  /** Why only root may do what it does, for a sentence; undefined where nothing is known to ask for that. */
  readonly root: string | undefined;
  /** What was taken to be so, as sentences. */
  readonly assumes: readonly string[];
  /** Why an image without anything but the program is not safe, where that is so: a sentence. */
  readonly notOnScratch: string | undefined;
  /** The other programs that it starts. */
  readonly starts?: readonly Started[];
  /** The sources were read, so what they name is known. */
  readonly seen: boolean;
  /** All of the program's sources were read: it uses nothing of its image but what the plan says. */
  readonly closed: boolean;
  /** What the program imports, for its size; undefined where the sources were not seen. */
  readonly imports: readonly string[] | undefined;
  /** About the bytes of each program, where its imports do not tell them: the most likely, the least and the most. */
  readonly bytes?: ByteRange;
}

/** Other programs that a compiled one starts. */
export interface Started {
  /** For a sentence: "exec.Command in main.go". */
  readonly by: string;
  /** As they are written, `git` or `/usr/bin/git`; undefined where they cannot be told. */
  readonly names: readonly string[] | undefined;
}

export interface ByteRange {
  readonly bytes: number;
  readonly low: number;
  readonly high: number;
}

/** The rung of a program that is linked with C: glibc alone, or the compiler's own libraries too. */
export interface Library {
  readonly rung: "base" | "cc";
  /** For a sentence: "it imports github.com/mattn/go-sqlite3, which is C". */
  readonly why: string;
  /** What else it may be linked with, whether the rung has it or not. */
  readonly shared?: readonly NativeLibrary[];
  /** Why distroless images have not the C library that it was linked with: a sentence. */
  readonly misfit?: string | undefined;
}

/** A shared library of the system that a program may need. */
export interface NativeLibrary {
  /** As linkers know it: sqlite3. */
  readonly name: string;
  /** For a sentence: "its crate libsqlite3-sys may link to it". */
  readonly why: string;
  /** It needs nothing beside itself but other libraries, which its file names: no plugins, no data. */
  readonly isComplete: boolean;
  /** Debian's package of its headers, which depends on that of the library; undefined where that is not known. */
  readonly dev: string | undefined;
}

/** An edit to a build command, with what it does, for the title of the offer's list. */
export type BuildEdit = Edit & { readonly kind: "build-flags" | "cgo"; readonly note: string };

/** What the program of a build wants from the image that it runs in, as its sources show it. */
export interface Runtime {
  /** What it surely uses: a server that never calls out needs no certificates. */
  readonly needs: readonly Need[];
  /** Paths that it writes to, as far as its sources name them. */
  readonly writes: readonly PathUse[];
  /** Why it is linked with the C library of its build stage; "no" where it is not, undefined where that cannot be told. */
  readonly dynamic: { readonly why: string } | "no" | undefined;
  /** Edits with which it needs no C library; undefined where it calls C itself. */
  readonly makesStatic: readonly BuildEdit[] | undefined;
}

/** How a command links a program: with shared libraries of the stage that it runs in. */
export interface Linked {
  /** Why it needs the C library: "cargo links it so". */
  readonly why: string;
  /** Nothing that was not seen can make it a static program. */
  readonly sure: boolean;
  /** What else it needs. */
  readonly libraries: readonly LinkedLibrary[];
}

/** A shared library that a program needs beside the C library. */
export interface LinkedLibrary {
  /** As linkers know it: gcc_s, stdc++, curl. */
  readonly name: string;
  /** The program surely needs it; a linker leaves out what is not called. */
  readonly sure: boolean;
}

/** Why a build certainly fails as the file stands: the image is never made. */
export interface Failure {
  /** A sentence or two. */
  readonly message: string;
  readonly span: Span;
  /** What would let it succeed, each by itself; the first is the better one. */
  readonly fixes: readonly { readonly title: string; readonly edits: readonly Edit[] }[];
}

/** What is known of one ecosystem. */
export interface Toolchain {
  readonly id: string;
  /** For sentences: "Go". */
  readonly title: string;
  /** OS packages that only builds use. */
  readonly buildPackages: ReadonlySet<string>;
  /** Commands of its tools, which leave nothing behind that a finished program uses. */
  readonly buildCommands: ReadonlySet<string>;
  /** Folders that its tools keep for themselves. */
  readonly ownFolders: readonly string[];
  /** A build leaves nothing behind but its programs, and what tools keep for themselves. */
  readonly leavesProgramsAlone: boolean;
  /** Its plans name the libraries that programs are linked with, so that packages to link with ask for nothing more. */
  readonly linksLibraries: boolean;
  /** ENV names that the build alone reads. */
  isBuildVariable(name: string): boolean;
  /** The builds that a stage runs. */
  builds(view: StageView): readonly Build[];
  /** Why a build fails for certain; undefined where it may succeed. */
  failure(build: Build, view: StageView): Failure | undefined;
  /** What the program of a build wants; undefined where its sources were not seen. */
  runtime(build: Build, view: StageView): Runtime | undefined;
  /** Edits that leave symbols and debug information out of the program; none where they are left out, or may be needed. */
  strip(build: Build, view: StageView, text: string): readonly BuildEdit[];
  /** How to ship the program of a build alone; a sentence where it cannot be done safely. */
  plan(build: Build, view: StageView, text: string): BuildPlan | string;
}
