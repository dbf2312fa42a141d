import { isNoCertificate } from "../../catalog/certificates";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import type { Build, RunCommand } from "../../toolchains/toolchain";
import type { World } from "./said";

/** What a step does to files, by absolute paths of its stage. */
export type Change =
  /** The path is there afterwards, and so are the folders above it. */
  | { readonly kind: "makes"; readonly path: string; readonly what: What; readonly content: Content }
  /**
   * Anything may be there afterwards, at or below the path; of a `file` nothing below it, and in a folder not those names
   * that are `without`.
   */
  | {
      readonly kind: "touches";
      readonly path: string;
      readonly file?: true;
      readonly without?: ReadonlySet<string>;
      /** Nor the paths of which this says so. */
      spares?(path: string): boolean;
    }
  /** What tools keep for themselves: dot files of home folders, and what stands in /tmp and /var/cache. */
  | { readonly kind: "caches" }
  /** Anything may be there afterwards that stands in no folder of the system. */
  | { readonly kind: "outside" }
  /** What matches the pattern is gone; a folder, with all below it, where it is recursive. */
  | { readonly kind: "removes"; readonly pattern: string; readonly recursive: boolean }
  /** Something at or below the path may be gone; nothing is made. */
  | { readonly kind: "thins"; readonly path: string }
  /** Puts `from`, which may end in a pattern, at `to`, or into it where that is a folder. */
  | {
      readonly kind: "copies";
      readonly from: string;
      readonly to: string;
      /** Undefined: where `to` is a folder by then. */
      readonly into: boolean | undefined;
      readonly moves: boolean;
    }
  /** A link at the path, or in it where that is a folder; what it leads to is as written. */
  | { readonly kind: "links"; readonly leadsTo: string; readonly at: string; readonly into: boolean | undefined }
  /** Files of the project rule what it does; where they are not known, it may do all of `otherwise`. */
  | {
      readonly kind: "ruled";
      readonly run: RunCommand;
      readonly ruler: Ruler;
      readonly otherwise: readonly Change[];
    }
  /** It cannot be told. */
  | { readonly kind: "anything" };

/** What a command may do, by the files that rule it, of each path that is asked for; undefined where those are not known. */
export type Ruler = (world: World, run: RunCommand) => Ruled | undefined;
export type Ruled = (path: string) => readonly Change[];

export type What = "file" | "folder" | "link";

/** Where the content of a path comes from. */
export type Content =
  | { readonly kind: "context"; readonly path: string }
  | { readonly kind: "download"; readonly address: string | undefined }
  /** The Dockerfile itself says it: a heredoc, a redirection, a new folder. */
  | { readonly kind: "written" }
  | { readonly kind: "build"; readonly build: Build }
  | { readonly kind: "stage"; readonly stage: Stage; readonly path: string }
  | { readonly kind: "image"; readonly reference: string; readonly path: string }
  | { readonly kind: "unknown" };

export const ANYTHING: readonly Change[] = [{ kind: "anything" }];
export const NOTHING: readonly Change[] = [];

export function touches(...paths: readonly string[]): readonly Change[] {
  return paths.map((path) => ({ kind: "touches", path }));
}

/** What packages and tools of the system write to /etc. */
export const ETC: Change = { kind: "touches", path: "/etc", spares: isNoCertificate };

/** Files that may be there afterwards. */
export function mayMakeFiles(...paths: readonly string[]): readonly Change[] {
  return paths.map((path) => ({ kind: "touches", path, file: true }));
}

export function makes(path: string, what: What, content: Content = { kind: "written" }): Change {
  return { kind: "makes", path, what, content };
}

/** A word as a path: what is fixed of it, absolute, and whether that is all of it. Undefined where nothing is known. */
export interface Place {
  readonly path: string;
  readonly whole: boolean;
}

/** Reads a word of a command as a path. Of one with a variable, a pattern or braces the folder that it surely lies in. */
export function placeOf(value: string | undefined, text: string, folder: string | undefined): Place | undefined {
  const word = value ?? text.replace(/^["']/, "");
  if (value === undefined && word.startsWith("$")) return undefined;
  if (word.startsWith("~")) return undefined;
  const stop = word.search(value === undefined ? /[$`*?[{]/ : /[*?[{]/);
  if (folder === undefined && !word.startsWith("/")) return undefined;
  if (stop < 0) return { path: posix.join(folder ?? "/", word), whole: true };
  if (word.slice(stop).includes("..")) return undefined;
  return { path: posix.join(folder ?? "/", word.slice(0, word.lastIndexOf("/", stop) + 1)), whole: false };
}

/** The places that words name; undefined where one of them may be any. */
export function placesOf(args: RunCommand["args"], folder: string | undefined): readonly Place[] | undefined {
  const places = args.map(({ value, word }) => placeOf(value, word.text, folder));
  return places.every((place) => place !== undefined) ? places : undefined;
}

/** Words apart: options, and the operands between and behind them. `withValue` names options whose value is the next word. */
export function operandsOf(
  args: RunCommand["args"],
  withValue: RegExp = /^$/,
): { readonly options: readonly string[]; readonly operands: RunCommand["args"]; readonly values: RunCommand["args"] } {
  const options: string[] = [];
  const operands: RunCommand["args"][number][] = [];
  const values: RunCommand["args"][number][] = [];
  let only = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as RunCommand["args"][number];
    const text = arg.value ?? arg.word.text;
    if (only || !text.startsWith("-") || text === "-") operands.push(arg);
    else if (text === "--") only = true;
    else {
      options.push(text);
      const next = args[at + 1];
      if (withValue.test(text) && next) {
        values.push(next);
        options.push(`${text} ${next.value ?? ""}`);
        at++;
      }
    }
  }
  return { options, operands, values };
}
