import type { Passage, Syntax } from "./instruction";
import { moved } from "./placed";

/** What two versions of a file have in common, a change between. */
export interface Shared {
  /** The passages that end before the change. */
  readonly first: readonly Passage[];
  /** The passages behind the change, where one of them began at what is this offset by now. */
  lastFrom(offset: number): readonly Passage[] | undefined;
}

/** What a text has in common with the version before it; undefined where they differ at the top, where directives may stand. */
export function sharedWith({ text: old, passages }: Syntax, text: string): Shared | undefined {
  const most = Math.min(old.length, text.length);
  let same = 0;
  while (same < most && old.charCodeAt(same) === text.charCodeAt(same)) same++;
  const by = text.length - old.length;
  let back = 0;
  while (back < most - same && old.charCodeAt(old.length - 1 - back) === text.charCodeAt(text.length - 1 - back))
    back++;
  const changed = old.length - back;
  // What ends where the change begins may go on now.
  const first = passages.slice(
    0,
    firstNotBelow(passages, same, ({ end }) => end),
  );
  if (first.length === 0) return undefined;
  return {
    first,
    lastFrom(offset) {
      const before = offset - by;
      if (before < changed) return undefined;
      const at = firstNotBelow(passages, before, ({ start }) => start);
      return passages[at]?.start === before ? passages.slice(at).map((each) => moved(each, by)) : undefined;
    },
  };
}

/** The place of the first of ascending things that is not below a limit. */
function firstNotBelow<T>(things: readonly T[], limit: number, of: (thing: T) => number): number {
  let low = 0;
  let high = things.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(things[middle] as T) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
