import type { Stage } from "./model";

/** What Docker runs shell forms with where no SHELL is set, on Linux. */
const DEFAULT: readonly string[] = ["/bin/sh", "-c"];

type Words = readonly string[] | undefined;

/** The shell of a stage: the one that it begins with, and each one that a SHELL sets, with the place behind it. */
interface Shells {
  readonly first: Words;
  readonly set: readonly { readonly from: number; readonly words: Words }[];
}

const known = new WeakMap<Stage, Shells>();

/**
 * The words in front of the text of a shell form at a place of a stage, as SHELL sets them; a stage inherits them from the one
 * it stands on. Undefined where they are not known: on Windows, or behind a SHELL that is no list. A SHELL in the config of
 * a base image is not seen: few have one.
 */
export function shellAt(stage: Stage, at: number): Words {
  const unread: Stage[] = [];
  for (
    let each: Stage | undefined = stage;
    each && !known.has(each);
    each = each.base.kind === "stage" ? each.base.stage : undefined
  )
    unread.push(each);
  for (const each of unread.reverse()) known.set(each, shellsOf(each));
  const { first, set } = known.get(stage) as Shells;
  const last = set.findLast(({ from }) => from <= at);
  return last ? last.words : first;
}

/** Those of a stage, where those of the one that it stands on are known. */
function shellsOf(stage: Stage): Shells {
  const set = stage.instructions.flatMap(({ keyword, json }, at) =>
    keyword === "SHELL" ? [{ from: at + 1, words: json?.length ? json.map(({ text }) => text) : undefined }] : [],
  );
  return { first: firstOf(stage), set };
}

function firstOf(stage: Stage): Words {
  const { base } = stage;
  if (base.kind === "stage") return shellAt(base.stage, base.stage.instructions.length);
  // Who changes the escape character writes Windows paths, where the base does not say otherwise.
  const hidden = base.kind === "unknown" && stage.from.escape === "`";
  return isWindows(stage) || hidden ? undefined : DEFAULT;
}

const WINDOWS = /windows|nanoserver|dotnet\/framework|\bmicrosoft\/(?:iis|aspnet|dotnet-framework)\b/i;

/** By its name, or by the platform that is asked for. */
export function isWindows({ base, platform }: Stage): boolean {
  return /windows/i.test(platform?.value ?? "") || WINDOWS.test(base.token?.text ?? "");
}
