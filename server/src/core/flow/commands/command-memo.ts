import { remembered } from "../../text/remembered";
import type { RunCommand } from "../../toolchains/toolchain";

/**
 * Remembers what the words of a command and its folder alone tell, beyond a keystroke: with the reading of the command. What is
 * made must hold nothing of the file: no place, no stage.
 */
export class CommandMemo<T> {
  /** For the folder that was asked for last: a text hardly runs in two. */
  private readonly latest = remembered(() => new Latest<T>());

  constructor(private readonly make: (run: RunCommand) => T) {}

  of(run: RunCommand): T {
    const { reading, folder } = run;
    if (!reading) return this.make(run);
    const latest = this.latest(reading);
    if (latest.is && latest.folder === folder) return latest.made as T;
    const made = this.make(run);
    latest.is = true;
    latest.folder = folder;
    latest.made = made;
    return made;
  }
}

class Latest<T> {
  is = false;
  folder: string | undefined;
  made: T | undefined;
}
