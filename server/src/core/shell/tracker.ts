import type { Fate } from "./fate";
import type { Output } from "./script";
import type { ShellMode } from "./shell-words";
import { begin, join, namesSince, type State } from "./state";

/** Functions that call functions that call functions make a short script run without end: it is not followed. */
export class TooManySteps extends Error {
  override readonly name = "TooManySteps";
}

/** Where a part of a script stands. */
export interface Place {
  readonly fate: Fate;
  readonly depth: number;
  /** Files that the groups around it write. */
  readonly outputs: readonly Output[];
  readonly captured: boolean;
}

/** What a shell has come to while its script is walked. */
export class Tracker {
  protected state: State;
  private steps: number;

  constructor(
    sourceLength: number,
    protected readonly mode: ShellMode,
  ) {
    this.state = begin(mode);
    this.steps = 1000 + 8 * sourceLength;
  }

  /** What happens to folder, variables and options in here is forgotten afterwards. */
  protected isolated(walk: () => void): void {
    const { state } = this;
    walk();
    this.state = state;
  }

  /** With `set -e` a part whose end is looked at has succeeded, where its shell has. */
  protected settled(fate: Fate): Fate {
    const holds = fate.status === "any" && fate.watched && fate.shellSucceeds && this.state.errexit;
    return holds ? { ...fate, status: "zero" } : fate;
  }

  /** With `set -e` a failure ends a subshell of which nobody looks at the end. */
  protected mayStop({ status, watched }: Fate, errexit: boolean): void {
    const { reach } = this.state;
    if (errexit && watched && status === "any" && reach === "surely") this.state = { ...this.state, reach: "perhaps" };
  }

  protected either(since: State["variables"], ways: readonly State[]): State {
    for (const { variables } of ways) this.spend(namesSince(variables, since).length);
    return join(since, ways);
  }

  protected spend(steps: number): void {
    this.steps -= steps;
    if (this.steps < 0) throw new TooManySteps();
  }
}
