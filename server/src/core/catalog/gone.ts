import { GONE } from "./data";
import type { ImageReference } from "./reference";
import { familyOf } from "./table";

/** A name that nothing is published under. */
export interface Gone {
  /** `never-existed`, or dropped by those who made it. A dropped one can still be pulled, as it was then. */
  readonly kind: "never-existed" | "removed";
  /** When it was dropped: YYYY-MM-DD, or begin of one. */
  readonly since?: string;
  /** What to use instead: a reference, or words where there is no single one. */
  readonly replacement?: string;
  /** What else there is to say about it: a sentence. */
  readonly advice?: string;
  /** It has a Debian release in its name, which tells that its time is over. */
  readonly hasRelease: boolean;
}

interface Entry extends Omit<Gone, "hasRelease"> {
  readonly pattern: string;
}

let entries: readonly Entry[] | undefined;

/**
 * Whether an image is known not to be published: catalog/never-existed.json and catalog/distroless/removed.json, lists
 * made by hand. That a name is not in the catalog proves nothing, and gives undefined.
 */
export function findGone(reference: ImageReference): Gone | undefined {
  entries ??= GONE.split("\n").flatMap(readEntries);
  const { familiar, tag = reference.digest === undefined ? "latest" : "" } = reference;
  const found = entries.find(({ pattern }) =>
    matches(pattern, pattern.includes(":") ? `${familiar}:${tag}` : familiar),
  );
  if (!found) return undefined;
  const { pattern: _, ...gone } = found;
  const { replacement } = gone;
  return {
    ...gone,
    ...(replacement === SAME_NAME ? { replacement: onNextRelease(familiar) ?? replacement } : {}),
    hasRelease: gone.kind === "removed" && /-debian\d+$/.test(familiar),
  };
}

/** As the rows say it. */
const SAME_NAME = "the same name with -debian13";

/** That name, if the catalog knows that there is one. */
function onNextRelease(name: string): string | undefined {
  const next = name.replace(/-debian\d*$/, "-debian13");
  return next !== name && familyOf(next) ? next : undefined;
}

function readEntries(line: string): readonly Entry[] {
  const [patterns = "", since, replacement, advice] = line.replaceAll("~", "gcr.io/distroless/").split(";");
  return patterns.split(" ").map((pattern) => ({
    pattern,
    kind: since ? "removed" : "never-existed",
    ...(since ? { since } : {}),
    ...(replacement ? { replacement } : {}),
    ...(advice ? { advice } : {}),
  }));
}

/** Whether a text is as a pattern says, in which `*` stands for any characters. Names are short: no need for speed. */
function matches(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (!text.startsWith(first)) return false;
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? "";
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}
