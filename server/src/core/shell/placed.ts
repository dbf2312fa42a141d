import type { Span } from "../text/span";
import type {
  Output,
  Script,
  ScriptReading,
  ShellAssignment,
  ShellCommand,
  ShellWord,
  TextInput,
  ToFile,
} from "./script";

/**
 * A script that was read with the offsets of its own text, at its place in the file. A keystroke moves most scripts and
 * changes one: what the text tells is shared, and a place is computed when somebody asks.
 */
export function placed(script: ScriptReading, toFile: ToFile): Script {
  return new PlacedScript(script, toFile);
}

class PlacedScript implements Script {
  readonly unread: boolean;
  private own: readonly ShellCommand[] | undefined;

  constructor(
    readonly reading: ScriptReading,
    readonly toFile: ToFile,
  ) {
    this.unread = reading.unread;
  }

  get commands(): readonly ShellCommand[] {
    this.own ??= this.reading.commands.map((command) => new PlacedCommand(command, this.toFile));
    return this.own;
  }

  get error(): Script["error"] {
    const { error } = this.reading;
    return error && { message: error.message, span: at(error.span, this.toFile) };
  }
}

/** The command with a text that it is given from outside its script. */
export function withInput(command: ShellCommand, input: TextInput): ShellCommand {
  const { name, args, assignments, span, always, succeeded, captured, folders, variables, outputs, output } = command;
  return {
    name,
    args,
    assignments,
    span,
    always,
    succeeded,
    captured,
    folders,
    variables,
    outputs,
    output,
    input,
  };
}

function at({ start, end }: Span, toFile: ToFile): Span {
  return toFile(start, end);
}

class PlacedCommand implements ShellCommand {
  readonly always: boolean;
  readonly succeeded: boolean;
  readonly captured: boolean;
  /** The words in here are read for their values alone: they keep the offsets of the text. */
  readonly folders: ShellCommand["folders"];
  readonly variables: ShellCommand["variables"];
  private ownName: ShellWord | undefined;
  private ownArgs: readonly ShellWord[] | undefined;
  private ownOutputs: readonly Output[] | undefined;

  constructor(
    private readonly read: ShellCommand,
    private readonly toFile: ToFile,
  ) {
    this.always = read.always;
    this.succeeded = read.succeeded;
    this.captured = read.captured;
    this.folders = read.folders;
    this.variables = read.variables;
  }

  get name(): ShellWord {
    this.ownName ??= new PlacedWord(this.read.name, this.toFile);
    return this.ownName;
  }

  get args(): readonly ShellWord[] {
    this.ownArgs ??= this.read.args.map((word) => new PlacedWord(word, this.toFile));
    return this.ownArgs;
  }

  get assignments(): readonly ShellAssignment[] {
    const { assignments } = this.read;
    return assignments.length === 0 ? assignments : assignments.map((each) => placedAssignment(each, this.toFile));
  }

  get span(): Span {
    return at(this.read.span, this.toFile);
  }

  get outputs(): readonly Output[] {
    if (this.read.outputs.length === 0) return this.read.outputs;
    this.ownOutputs ??= this.read.outputs.map(({ file, appends }) => ({
      file: new PlacedWord(file, this.toFile),
      appends,
    }));
    return this.ownOutputs;
  }

  get output(): ShellWord | undefined {
    return this.outputs[0]?.file;
  }

  get input(): TextInput | undefined {
    const { input } = this.read;
    return input && { text: input.text, span: at(input.span, this.toFile), expands: input.expands };
  }
}

class PlacedWord implements ShellWord {
  readonly text: string;
  readonly node: ShellWord["node"];

  constructor(
    private readonly read: ShellWord,
    private readonly toFile: ToFile,
  ) {
    this.text = read.text;
    this.node = read.node;
  }

  get span(): Span {
    return at(this.read.span, this.toFile);
  }
}

function placedAssignment({ name, value, span }: ShellAssignment, toFile: ToFile): ShellAssignment {
  return { name, value: value && new PlacedWord(value, toFile), span: at(span, toFile) };
}
