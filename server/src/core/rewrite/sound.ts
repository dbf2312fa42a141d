/** So often the file may be analysed again to tell sound fixes from others; what is then untold is not offered. */
const MOST_TRIALS = 32;

/**
 * The items that hold. They are tried all together first, which is one trial where all are sound, and by halves where
 * one is not. An item holds when it does so together with the others of its half: fixes are applied together too.
 */
export function soundOf<T>(items: readonly T[], holds: (together: readonly T[]) => boolean): ReadonlySet<T> {
  const sound = new Set<T>();
  const waiting = items.length > 0 ? [items] : [];
  let trials = 0;
  for (let some = waiting.shift(); some && trials < MOST_TRIALS; some = waiting.shift()) {
    trials++;
    if (holds(some)) for (const item of some) sound.add(item);
    else if (some.length > 1) waiting.push(some.slice(0, some.length >> 1), some.slice(some.length >> 1));
  }
  return sound;
}
