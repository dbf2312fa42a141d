/** So often a file may be analysed again to tell sound fixes from others; what is then untold is not offered. */
const MOST_TRIALS = 32;
/** And so many characters in all, though once at least: some thousand lines take a good part of a second. */
const MOST_CHARACTERS = 256 * 1024;

/** The analyses that may be spent on the fixes of a file of so many characters. */
export class Trials {
  private left: number;

  constructor(characters: number) {
    this.left = Math.min(MOST_TRIALS, Math.max(1, Math.floor(MOST_CHARACTERS / characters)));
  }

  get over(): boolean {
    return this.left === 0;
  }

  /**
   * The items that hold. They are tried all together first, which is one trial where all are sound, and by halves where
   * one is not. An item holds when it does so together with the others of its half: fixes are applied together too.
   */
  soundOf<T>(items: readonly T[], holds: (together: readonly T[]) => boolean): ReadonlySet<T> {
    const sound = new Set<T>();
    const waiting = items.length > 0 ? [items] : [];
    for (let some = waiting.shift(); some && !this.over; some = waiting.shift()) {
      this.left--;
      if (holds(some)) for (const item of some) sound.add(item);
      else if (some.length > 1) waiting.push(some.slice(0, some.length >> 1), some.slice(some.length >> 1));
    }
    return sound;
  }
}
