import type { DoubleQuotedChild, WordPart } from "unbash";
import type { Lookup } from "../../model/expand";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { Variables, wordValue } from "../../shell/expand";
import type { Script, ScriptReading, ShellCommand, ShellWord } from "../../shell/script";
import type { Instruction } from "../../syntax/instruction";
import { emptyMemory, type Remembering, rememberedWith } from "../../text/remembered";
import type { RunCommand } from "../../toolchains/toolchain";
import { type CommandPlace, Folders } from "./surroundings";

/** What a command is whose words hang on no variable, in a script that begins in some folder, wherever that script stands. */
interface FixedCommand extends Remembering {
  readonly read: ShellCommand;
  readonly program: string | undefined;
  readonly values: readonly (string | undefined)[];
  readonly folder: string | undefined;
}

/** In the places of those that hang on more is nothing. A script hardly runs in two folders. */
export const fixedCommands = rememberedWith(({ commands }: ScriptReading, start: string | undefined) => {
  const folders = new Folders(start, ({ to }) => wordValue(to, UNSET));
  const staysKnown = commands.every(({ folders: moves }) => typeof moves !== "object" || isWritten(moves.last.to));
  return commands.map((read): FixedCommand | undefined => {
    const { name, args, assignments, folders: moves } = read;
    const isFixed = assignments.length === 0 && (staysKnown || typeof moves !== "object");
    if (!isFixed || !isWritten(name) || !args.every(isWritten)) return undefined;
    const values = args.map((word) => wordValue(word, UNSET));
    return {
      read,
      program: programOf(wordValue(name, UNSET)),
      values,
      folder: folders.of(moves),
      memory: emptyMemory(),
    };
  });
});

const UNSET: Lookup = () => undefined;

/** Such a command at its place; what few ask for is made when they do. */
export class FixedRun implements RunCommand {
  readonly program: string | undefined;
  readonly values: readonly (string | undefined)[];
  readonly folder: string | undefined;
  readonly always: boolean;
  private ownMemory: unknown[] | undefined;
  private ownArgs: RunCommand["args"] | undefined;

  constructor(
    private readonly place: CommandPlace,
    private readonly script: Script,
    private readonly index: number,
    readonly reading: FixedCommand,
  ) {
    this.program = reading.program;
    this.values = reading.values;
    this.folder = reading.folder;
    this.always = reading.read.always;
  }

  get memory(): unknown[] {
    this.ownMemory ??= emptyMemory();
    return this.ownMemory;
  }

  get stage(): Stage {
    return this.place.stage;
  }

  get instruction(): Instruction {
    return this.place.instruction;
  }

  get at(): number {
    return this.place.at;
  }

  get user(): string | undefined {
    return this.place.user;
  }

  get via(): RunCommand | undefined {
    return this.place.via;
  }

  get command(): ShellCommand {
    return this.script.commands[this.index] as ShellCommand;
  }

  get programWord(): ShellWord {
    return this.command.name;
  }

  get args(): RunCommand["args"] {
    this.ownArgs ??= this.command.args.map((word, at) => ({ word, value: this.values[at] }));
    return this.ownArgs;
  }

  get lookup(): Lookup {
    return new Variables(this.place.lookup).inEnvironment(this.reading.read.variables);
  }
}

/** Quoted or not, and patterns too: what a shell makes of those is not looked at. */
function isWritten({ node }: ShellWord): boolean {
  return node !== undefined && (!node.parts || node.parts.every(isFixed));
}

function isFixed(part: WordPart | DoubleQuotedChild): boolean {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted":
    case "Glob":
      return true;
    case "DoubleQuoted":
    case "LocaleString":
      return part.parts.every(isFixed);
    default:
      return false;
  }
}

/** The name of a program without its folder. */
export function programOf(word: string | undefined): string | undefined {
  return word === undefined ? undefined : posix.basename(word);
}
