import type { Assignment, Command, Statement, SyntaxNode, Word } from "unbash";
import { afterCommand, assign } from "./builtins";
import type { Fate } from "./fate";
import type { Output, ShellCommand, ToFile } from "./script";
import type { ShellMode } from "./shell-words";
import { forget, namesSince } from "./state";
import { type Place, Tracker } from "./tracker";
import { substitutionsIn, WordReader } from "./words";

/** A function that a script defines. */
export interface ShellFunction {
  readonly body: SyntaxNode;
  called: boolean;
}

const NONE: readonly never[] = [];

/** Reads the simple commands of a script: what they are told, what runs inside their words, what they leave behind. */
export abstract class CommandReader extends Tracker {
  protected readonly commands: ShellCommand[] = [];
  protected readonly functions = new Map<string, ShellFunction>();
  protected words: WordReader;
  /** A loop is walked twice: first for what it does to variables alone. */
  protected rehearses = false;
  private readonly calls = new Set<string>();
  private returns = 0;

  constructor(source: string, toFile: ToFile, mode: ShellMode) {
    super(source.length, mode);
    this.words = new WordReader(source, toFile);
  }

  protected abstract list(statements: readonly Statement[], place: Place): void;
  protected abstract node(node: SyntaxNode, place: Place): void;

  protected command(node: Command, place: Place): void {
    this.spend(1);
    const fate = this.settled(place.fate);
    this.substitutionsOf(node, place, fate);
    const called = this.functions.get(node.name?.text ?? "");
    if (node.name && called) return this.call(node.name.text, called, node, place);
    const assignments = this.words.assignments(node.prefix);
    const outputs = this.outputs(node.redirects, place);
    if (!node.name) this.state = assign(this.state, assignments, false);
    // `> file` alone makes the file.
    if (!node.name && outputs.length === place.outputs.length) return this.mayStop(fate, this.state.errexit);
    const span = this.words.toFile(node.pos, node.end);
    const sure = fate.ran && this.state.reach === "surely";
    const command: ShellCommand = {
      name: node.name ? this.words.word(node.name) : { text: ":", span, node: undefined },
      args: node.args.flatMap((argument) => (argument.type === "Word" ? [this.words.word(argument)] : [])),
      assignments: node.name ? assignments : [],
      span,
      always: sure,
      succeeded: sure && fate.status === "zero",
      captured: place.captured,
      folders: this.state.folders,
      variables: this.state.variables,
      outputs,
      output: outputs[0]?.file,
      input: this.words.input(node.redirects),
    };
    if (!this.rehearses) this.commands.push(command);
    if (command.name.text === "return") this.returns++;
    const { errexit } = this.state;
    this.state = afterCommand(this.state, command, this.words.assignments(node.args), fate);
    this.mayStop(fate, errexit);
  }

  /** A function of the script: what its body runs, where it is called. */
  private call(name: string, called: ShellFunction, node: Command, place: Place): void {
    if (this.calls.has(name)) return;
    const { state, returns } = this;
    called.called = true;
    this.calls.add(name);
    this.node(called.body, { ...place, outputs: this.outputs(node.redirects, place) });
    this.calls.delete(name);
    const names = namesSince(this.state.variables, state.variables);
    this.spend(names.length);
    const returned = this.returns > returns && this.state.reach !== "never";
    this.state = forget({ ...this.state, ...(returned && { reach: state.reach }) }, names);
  }

  private substitutionsOf(node: Command, place: Place, { status }: Fate): void {
    for (const each of node.prefix) {
      if (each.type !== "Assignment") continue;
      // `A=$(b)` ends as b does.
      const isLast = !node.name && each === node.prefix.at(-1);
      for (const word of wordsOf(each)) this.substitutions(word, place, isLast ? status : "any");
    }
    if (node.name) this.substitutions(node.name, place);
    for (const each of node.args)
      for (const word of each.type === "Assignment" ? wordsOf(each) : [each]) this.substitutions(word, place);
    for (const each of node.redirects)
      if (each.type !== "HereDoc") this.substitutions(each.target, place);
      else if (!each.delimiter?.quoted) this.substitutions(each.body, place);
  }

  protected substitutions(
    word: Pick<Word, "text" | "parts"> | undefined,
    place: Place,
    status: Fate["status"] = "any",
  ): void {
    const found = word ? substitutionsIn(word) : NONE;
    for (const [at, { type, script, pos, end }] of found.entries()) {
      if (!script) continue;
      const { words } = this;
      const own = at === found.length - 1 ? status : "any";
      const ran = place.fate.ran && type === "CommandExpansion";
      const fate: Fate = { ran, status: own, watched: false, shellSucceeds: own === "zero" };
      // Backticks in backticks are read from a text of their own.
      if (script.source !== undefined) this.words = new WordReader(script.source, () => words.toFile(pos, end));
      this.isolated(() => this.list(script.commands, { fate, depth: place.depth + 1, outputs: [], captured: true }));
      this.words = words;
    }
  }

  protected outputs(redirections: Command["redirects"], place: Place): readonly Output[] {
    const own = this.words.outputs(redirections);
    return own.length > 0 ? [...own, ...place.outputs] : place.outputs;
  }
}

/** The value of an assignment; of a list each of its words. */
function wordsOf({ value }: Assignment): readonly Word[] {
  return value.type === "Word" ? [value] : value.elements;
}
