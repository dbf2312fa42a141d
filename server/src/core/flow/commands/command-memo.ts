import { type Remembering, remembered } from "../../text/remembered";
import type { RunCommand } from "../../toolchains/toolchain";

/**
 * Remembers what the words of a command and its folder alone tell, beyond a keystroke: with the reading of the command. What is
 * made must hold nothing of the file: no place, no stage.
 */
export class CommandMemo<T> {
  private readonly known: (reading: Remembering, run: RunCommand) => T;

  constructor(private readonly make: (run: RunCommand) => T) {
    this.known = remembered((_, run) => make(run));
  }

  of(run: RunCommand): T {
    return run.reading ? this.known(run.reading, run) : this.make(run);
  }
}
