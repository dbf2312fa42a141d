import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { hasFolder, type Project } from "../../project/project";
import { flagOf, type Instruction } from "../../syntax/instruction";
import type { RunCommand } from "../../toolchains/toolchain";
import { type Copy, within } from "./copies";
import { isSystemFolder } from "./system-paths";

/** Files that one instruction puts into its layer. */
export interface Content {
  readonly stage: Stage;
  /** The place of the instruction in its stage. */
  readonly at: number;
  readonly instruction: Instruction;
  /** Absolute. Its last name may be a pattern that COPY expands: /tmp/*.deb. */
  readonly path: string;
  /** A file, a folder with all that came with it, or files below the path whose names nobody knows. */
  readonly shape: "file" | "folder" | "inside";
  /** What it is a copy of: a path of the build context ("" is all of it), of a stage, or an address. */
  readonly source: Source | undefined;
  /** The COPY or ADD, or the command of a RUN. */
  readonly by: Copy | RunCommand;
  /** It is surely in the layer. */
  readonly sure: boolean;
}

export interface Source {
  /** "context", the stage or image of `--from`, or "address". */
  readonly of: "context" | "address" | `--from=${string}`;
  readonly path: string;
}

/** Something before the step has made the folder. */
export type IsFolder = (path: string) => boolean;

/** What a COPY or ADD puts into its layer; nothing of it where its paths are not known, or are written in the file. */
export function copiedContent(stage: Stage, copy: Copy, project: Project, isFolder: IsFolder): readonly Content[] {
  const { target, instruction, at } = copy;
  if (target === undefined || !copy.sources || flagOf(instruction.reading, "parents")) return [];
  const part = flagOf(instruction.reading, "exclude") !== undefined;
  return copy.sources.map((written) => {
    const source = sourceOf(copy, written);
    const kind = kindOf(copy, source, project);
    const { path, shape, sure } = landing(copy, target, source.path, kind, isFolder);
    const known = kind === "archive" || part ? undefined : source;
    return { stage, at, instruction, source: known, by: copy, path, shape, sure };
  });
}

function sourceOf({ from }: Copy, written: string): Source {
  if (ADDRESS.test(written)) return { of: "address", path: written };
  const path = posix.normalize(written.replace(/^\/+/, "")).replace(/^\.$/, "");
  return { of: from === undefined ? "context" : `--from=${from}`, path };
}

const ADDRESS = /^(?:https?|ftp|git|ssh):\/\/|^git@/;
const GIT = /\.git(?:#|$)|^git(?:@|:)/;
/** ADD unpacks them. */
const ARCHIVE = /\.(?:tar|tgz|tbz2?|txz|tar\.\w+)$/;
/** A name that no folder has. */
const FILE =
  /\.(?:tar|tar\.\w+|tgz|tbz2?|txz|zip|gz|xz|bz2|zst|7z|deb|rpm|apk|jar|war|ear|whl|gem|phar|dll|exe|msi|so|bin|run|iso|img|sh|py|js|mjs|ts|php|rb|pl|go|rs|c|cc|cpp|h|java|json|ya?ml|toml|xml|ini|cfg|conf|cnf|env|properties|txt|md|lock|pem|crt|key|html|css|sql|dump)$/i;

type Kind = "file" | "folder" | "archive" | "unknown";

function kindOf({ instruction, from }: Copy, { of, path }: Source, project: Project): Kind {
  if (of === "address") return GIT.test(path) ? "folder" : "file";
  if (instruction.keyword === "ADD" && from === undefined && ARCHIVE.test(path)) return "archive";
  if (path === "") return "folder";
  if (of === "context" && project.files && !/[*?[]/.test(path)) {
    if (project.files.has(path)) return "file";
    if (hasFolder(project, path)) return "folder";
    return "unknown";
  }
  return FILE.test(path) ? "file" : "unknown";
}

function landing(
  copy: Copy,
  target: string,
  source: string,
  kind: Kind,
  isFolder: IsFolder,
): Pick<Content, "path" | "shape" | "sure"> {
  switch (kind) {
    case "folder":
      return { path: target, shape: "folder", sure: true };
    case "file": {
      const name = posix.basename(source.replace(/[?#].*$/s, ""));
      const inside = copy.intoFolder || isSystemFolder(target) || isFolder(target);
      const sure = inside || extension(name) === extension(target);
      return { path: inside ? posix.join(target, name) : target, shape: "file", sure };
    }
    default:
      return { path: target, shape: "inside", sure: true };
  }
}

function extension(path: string): string {
  const name = posix.basename(path);
  return name.slice(name.lastIndexOf("."));
}

/** Where something of the build context is that stands in what was copied from there. */
export function contextPath({ path: place, source }: Content, path: string): string | undefined {
  const inside = within(place, path);
  return source?.of !== "context" || inside === undefined ? undefined : [source.path, inside].filter(Boolean).join("/");
}
