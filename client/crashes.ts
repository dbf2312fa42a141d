/** Milliseconds within which a second crash is no accident. */
const SHORT = 180_000;

/** Whether a server that died should be started again: once, quietly; not a second time within three minutes. */
export class Crashes {
  private last = Number.NEGATIVE_INFINITY;

  /** `now` in milliseconds. */
  mayRestart(now: number): boolean {
    const may = now - this.last > SHORT;
    this.last = now;
    return may;
  }

  /** The user restarted it: what was before does not count. */
  forget(): void {
    this.last = Number.NEGATIVE_INFINITY;
  }
}
