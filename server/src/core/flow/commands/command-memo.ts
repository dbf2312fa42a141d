import type { RunCommand } from "../../toolchains/toolchain";

/**
 * Remembers what the words of a command and its folder alone tell, beyond a keystroke. What is made must hold nothing of the
 * file: no place, no stage. It is forgotten with the reading of the script.
 */
export class CommandMemo<T> {
  private readonly known = new WeakMap<object, { readonly folder: string | undefined; readonly made: T }>();

  constructor(private readonly make: (run: RunCommand) => T) {}

  of(run: RunCommand): T {
    const { reading, folder } = run;
    if (!reading) return this.make(run);
    const known = this.known.get(reading);
    if (known && known.folder === folder) return known.made;
    const made = this.make(run);
    this.known.set(reading, { folder, made });
    return made;
  }
}
