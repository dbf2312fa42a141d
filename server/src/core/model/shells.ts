import type { Stage } from "./model";

/** What Docker runs shell forms with where no SHELL is set, on Linux. */
const DEFAULT: readonly string[] = ["/bin/sh", "-c"];

type InForce = readonly (readonly string[] | undefined)[];
const known = new WeakMap<Stage, InForce>();

/**
 * The words in front of the text of a shell form at a place of a stage, as SHELL sets them; a stage inherits them from the one
 * it stands on. Undefined where they are not known: on Windows, or behind a SHELL that is no list. A SHELL in the config of
 * a base image is not seen: few have one.
 */
export function shellAt(stage: Stage, at: number): readonly string[] | undefined {
  const unread: Stage[] = [];
  for (
    let each: Stage | undefined = stage;
    each && !known.has(each);
    each = each.base.kind === "stage" ? each.base.stage : undefined
  )
    unread.push(each);
  for (const each of unread.reverse()) known.set(each, shellsOf(each));
  return known.get(stage)?.[at];
}

/** For each instruction of a stage, and for its end, the shell in force. */
function shellsOf(stage: Stage): InForce {
  const { base } = stage;
  // Who changes the escape character writes Windows paths, where the base does not say otherwise.
  const hidden = base.kind === "unknown" && stage.from.escape === "`";
  const first = isWindows(stage) || hidden ? undefined : DEFAULT;
  let shell = base.kind === "stage" ? known.get(base.stage)?.at(-1) : first;
  const inForce: (readonly string[] | undefined)[] = [];
  for (const { keyword, json } of stage.instructions) {
    inForce.push(shell);
    if (keyword === "SHELL") shell = json?.length ? json.map(({ text }) => text) : undefined;
  }
  return [...inForce, shell];
}

const WINDOWS = /windows|nanoserver|dotnet\/framework|\bmicrosoft\/(?:iis|aspnet|dotnet-framework)\b/i;

/** By its name, or by the platform that is asked for. */
export function isWindows({ base, platform }: Stage): boolean {
  return /windows/i.test(platform?.value ?? "") || WINDOWS.test(base.token?.text ?? "");
}
