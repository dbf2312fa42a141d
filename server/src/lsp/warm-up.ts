/** Milliseconds in which nobody asks for anything. */
const QUIET = 150;
/** So many rounds, or milliseconds of them, make the code fast; more would not make it faster. */
const ROUNDS = 150;
const BUDGET = 400;

/**
 * Runs what a keystroke runs a few times while nobody types. Code that has run only a few times is slow: without it the
 * first keystrokes take several times as long as those that follow. Once in a server's life, never while it is asked.
 */
export class WarmUp {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private rounds = 0;
  private spent = 0;

  constructor(
    private readonly round: () => void,
    private readonly now: () => number,
  ) {}

  /** Something is asked: it goes first, and the quiet begins anew. */
  asked(): void {
    clearTimeout(this.timer);
    this.next(QUIET);
  }

  private next(delay: number): void {
    if (this.rounds >= ROUNDS || this.spent >= BUDGET) return;
    this.timer = setTimeout(() => this.step(), delay);
    // It keeps no process alive.
    this.timer.unref();
  }

  private step(): void {
    const began = this.now();
    this.round();
    this.spent += this.now() - began;
    this.rounds += 1;
    this.next(0);
  }
}
