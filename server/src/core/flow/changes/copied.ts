import type { Stage } from "../../model/model";
import { matchesPattern, posix } from "../../model/paths";
import { stageNamed } from "../../model/reach";
import type { Project } from "../../project/project";
import { flagOf } from "../../syntax/instruction";
import { imageFiles } from "../files/base-files";
import { type Copy, isFileName, originOf, within } from "../files/copies";
import { carried } from "./changed";
import { Doubt, MAYBE, type Presence, type Said, there, type World } from "./said";
import { mayStandAbove } from "./whole-context";

/** What a COPY or ADD does to a path. */
export function copied(world: World, copy: Copy, path: string): Said {
  const { target, sources, from, instruction } = copy;
  if (target === undefined) return { says: "open", made: true, gone: true };
  const below = within(target, path);
  if (below === undefined) return within(path, target) === undefined ? undefined : there(world, "folder", UNSAID);
  const said = content(world, copy, path, below);
  if (instruction.heredocs.length > 0 || !sources || from !== undefined) return said;
  // An exclusion may have left it out.
  return said?.says === "there" && flagOf(instruction, "exclude") ? MAYBE : said;
}

const UNSAID = { kind: "unknown" } as const;

function content(world: World, copy: Copy, path: string, below: string): Said {
  const { target = "/", sources, from, instruction } = copy;
  if (!sources || flagOf(instruction, "parents")) return below === "" ? there(world, undefined, UNSAID) : MAYBE;
  const doubt = new Doubt();
  for (const said of [written(world, copy, below), added(world, copy, path), fromContext(world, copy, path)]) {
    const decided = doubt.take(said, true);
    if (decided) return decided;
  }
  if (from !== undefined) {
    const source = stageNamed(world.context.model, world.stage, from);
    const ask = source ? (place: string) => world.end(source, place) : askImage(from);
    const decided = doubt.take(fromElsewhere(world, copy, below, path, ask, source), true);
    if (decided) return decided;
  }
  // The target itself is there after a copy into it; so it is after one whose source is not known.
  if (below === "" && (copy.intoFolder || doubt.made))
    return there(world, copy.intoFolder ? "folder" : undefined, UNSAID);
  return target === path && !doubt.made ? there(world, undefined, UNSAID) : doubt.said;
}

/** Heredocs are files by their names, or the target. */
function written(world: World, { instruction, intoFolder }: Copy, below: string): Said {
  if (instruction.heredocs.length === 0) return undefined;
  const isFile = instruction.heredocs.some(({ name }) => name === below) || (below === "" && !intoFolder);
  return isFile ? there(world, "file", { kind: "written" }) : undefined;
}

const ARCHIVE = /\.(?:tar|t?gz|tgz|t?bz2|t?xz|zst)$|\.tar\./;
const ADDRESS = /^(?:https?|git|ssh|ftp):\/\/|^git@/;

/** ADD unpacks archives and fetches what has an address. */
function added(world: World, copy: Copy, path: string): Said {
  const { instruction, sources = [], target = "/", intoFolder, from } = copy;
  if (instruction.keyword !== "ADD" || from !== undefined) return undefined;
  for (const source of sources) {
    if (!ADDRESS.test(source)) {
      if (ARCHIVE.test(source) || (/[*?[]/.test(source) && !/\.[a-z]+$/.test(source))) return MAYBE;
      if (mayBeArchive(world.context.project, source)) return MAYBE;
      continue;
    }
    const name = posix.basename(source.split(/[?#]/, 1)[0] ?? "");
    const fetched = { kind: "download", address: source } as const;
    if (/\.git(?:#|$)|^git|^ssh/.test(source)) return MAYBE;
    if (path === target && !intoFolder) return there(world, undefined, fetched);
    if (path === posix.join(target, name)) return intoFolder ? there(world, "file", fetched) : MAYBE;
    if (flagOf(instruction, "unpack") || name === "") return MAYBE;
  }
  return undefined;
}

/** ADD tells an archive by its content, not by its name: a file `rootfs` may be one. */
function mayBeArchive({ files }: Project, source: string): boolean {
  const path = posix.normalize(source.replace(/^\/+/, ""));
  return files?.has(path) === true && !isFileName(path);
}

function fromContext(world: World, copy: Copy, path: string): Said {
  const sources = copy.sources?.filter((source) => !ADDRESS.test(source)) ?? [];
  if (copy.from !== undefined || sources.length === 0) return undefined;
  const origin = originOf([{ ...copy, sources }], path, Number.POSITIVE_INFINITY, world.context.project);
  if (origin.kind === "context") return there(world, undefined, { kind: "context", path: origin.path });
  if (origin.kind === "unknown") return MAYBE;
  const inside = sources.some(isWhole) ? within(copy.target ?? "/", path) : undefined;
  return inside && mayStandAbove(world.context, inside) ? MAYBE : undefined;
}

function isWhole(source: string): boolean {
  return /^(?:\/|\.\/?|\.\/\.)$/.test(source);
}

function askImage(reference: string): (path: string) => Presence {
  const files = imageFiles(reference);
  return (path) => ({ kind: files.path(path) });
}

/** A source may be a file that comes to stand at the target or in it, or a folder whose content does. */
function fromElsewhere(
  world: World,
  copy: Copy,
  below: string,
  path: string,
  ask: (path: string) => Presence,
  source: Stage | undefined,
): Said {
  const doubt = new Doubt();
  for (const each of [...(copy.sources ?? [])].reverse()) {
    const from = posix.join("/", each);
    const answers = /[*?[]/.test(each) ? matched(copy, from, below, ask) : exact(copy, from, below, path, ask);
    const found = answers.find(({ kind }) => kind === "there");
    const said =
      found?.kind === "there"
        ? elsewhere(carried(world, found, path), from, source, copy)
        : answers.some(({ kind }) => kind === "unknown")
          ? MAYBE
          : undefined;
    const decided = doubt.take(said, true);
    if (decided) return decided;
  }
  return doubt.said;
}

/** Of what another image holds only the path is known. */
function elsewhere(said: Said, path: string, source: Stage | undefined, { from = "" }: Copy): Said {
  if (said?.says !== "there" || !said.presence.maker) return said;
  const content = source
    ? ({ kind: "stage", stage: source, path } as const)
    : ({ kind: "image", reference: from, path } as const);
  return { ...said, presence: { ...said.presence, maker: { ...said.presence.maker, content } } };
}

function exact(
  { target = "/", intoFolder }: Copy,
  from: string,
  below: string,
  path: string,
  ask: (path: string) => Presence,
): readonly Presence[] {
  const asFile = path === posix.join(target, posix.basename(from)) || (!intoFolder && below === "");
  const itself = ask(from);
  const answers = [...(asFile ? [itself] : []), ...(below === "" && !intoFolder ? [] : [ask(posix.join(from, below))])];
  // A source that is not there at all stops the build: what would come of it is not the question.
  return itself.kind === "absent" && !answers.some(({ kind }) => kind === "there") ? [{ kind: "unknown" }] : answers;
}

/** A pattern brings files by their names, and what is in folders that match. */
function matched(
  { intoFolder }: Copy,
  from: string,
  below: string,
  ask: (path: string) => Presence,
): readonly Presence[] {
  const [folder, pattern] = [posix.dirname(from), posix.basename(from)];
  if (!intoFolder || /[*?[]/.test(folder) || below === "") return [{ kind: "unknown" }];
  const inside = below.split("/", 1)[0] ?? "";
  const asFile = matchesPattern(pattern, inside) ? [ask(posix.join(folder, below))] : [];
  // A folder that matches brings what is in it: any name.
  const mayBeFolder = !/\.(?:jar|war|whl|deb|so|json|js|py|txt|sh|pem|crt|rpm|zip|tgz|gz)$/.test(pattern);
  return mayBeFolder ? [...asFile.filter(({ kind }) => kind !== "there"), { kind: "unknown" }] : asFile;
}
