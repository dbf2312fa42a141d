import type { AndOr, CompoundList, If, Pipeline, Statement, SyntaxNode } from "unbash";
import { CommandReader } from "./command-reader";
import { asCondition, dies, type Fate, fatesOf, perhaps } from "./fate";
import type { Run, ShellCommand } from "./script";
import { begin, forget, ifFailed, type State } from "./state";
import { type Place, TooManySteps } from "./tracker";
import { wordsOfTest } from "./words";

/** Deeper nesting than this is no program a person wrote; unbash's own limit is 256. */
const MAX_DEPTH = 64;

/** Walks a script in the order in which it runs, and keeps what each command leaves behind for those after it. */
export class Walker extends CommandReader {
  read(statements: readonly Statement[], { always, succeeded, outputs, captured }: Run): readonly ShellCommand[] {
    const status = succeeded ? "zero" : "any";
    const fate: Fate = { ran: always, status, watched: true, shellSucceeds: succeeded };
    const place = { fate, depth: 0, outputs, captured };
    this.list(statements, place);
    // What nobody is seen to call may be called by a trap, or by another shell.
    for (const { body, called } of this.functions.values()) {
      this.state = { ...forget(begin(this.mode), ["*"]), folders: undefined };
      if (!called) this.node(body, { ...place, fate: perhaps(asCondition(fate)) });
    }
    return this.commands;
  }

  protected override list(statements: readonly Statement[], place: Place): void {
    statements.forEach(({ command, background }, at) => {
      const isLast = at === statements.length - 1;
      const fate: Fate = isLast ? place.fate : { ...place.fate, status: "any" };
      if (background) this.isolated(() => this.node(command, { ...place, fate: aside(fate) }));
      else this.node(command, isLast ? place : { ...place, fate });
    });
  }

  protected override node(node: SyntaxNode, outer: Place): void {
    if (outer.depth > MAX_DEPTH) throw new TooManySteps();
    if (node.type === "Command") return this.command(node, outer);
    const place = { ...outer, depth: outer.depth + 1 };
    switch (node.type) {
      case "AndOr":
        return this.andOr(node, place);
      case "Pipeline":
        return this.pipeline(node, place);
      case "Redirected":
        for (const each of node.redirects) if (each.type !== "HereDoc") this.substitutions(each.target, place);
        return this.node(node.command, { ...place, outputs: this.outputs(node.redirects, place) });
      case "BraceGroup":
        return this.list(node.body.commands, place);
      case "CompoundList":
        return this.list(node.commands, place);
      case "Subshell":
        return this.subshell(place, (inner) => this.list(node.body.commands, inner));
      case "If":
        return this.choose(node, place);
      case "For":
      case "Select":
        for (const word of node.wordlist ?? []) this.substitutions(word, place);
        return this.loop(place, undefined, node.body, [node.name.text]);
      case "ArithmeticFor":
        return this.loop(place, undefined, node.body, ["*"]);
      case "While":
        return this.loop(place, node.clause, node.body, []);
      case "Case":
        this.substitutions(node.word, place);
        return this.branches(
          node.items.map(({ body }) => body),
          node.items.some(({ pattern }) => pattern.some(({ text }) => text === "*")),
          place,
        );
      case "Function":
        this.functions.set(node.name.text, { body: node.body, called: false });
        return;
      case "Coproc":
        return this.isolated(() => this.node(node.body, { ...place, fate: aside(place.fate) }));
      case "TestCommand":
        for (const word of wordsOfTest(node.expression)) this.substitutions(word, place);
        return;
      case "ArithmeticCommand":
        this.state = forget(this.state, node.body.match(/[A-Za-z_]\w*/g) ?? []);
        return;
      default:
    }
  }

  /** Each part runs where the one before has succeeded, or failed; the state of both ways is kept. */
  private andOr(node: AndOr, place: Place): void {
    const { variables: since } = this.state;
    const fates = fatesOf(node, place.fate);
    let succeeded = this.state;
    let failed: readonly State[] = [];
    node.commands.forEach((part, at) => {
      const isElse = node.operators[at - 1] === "||";
      const before = isElse ? this.either(since, failed) : succeeded;
      this.state = before;
      this.node(part, { ...place, fate: fates[at] as Fate });
      if (isElse && place.fate.shellSucceeds && dies(part, true)) this.state = { ...this.state, reach: "never" };
      const failure = ifFailed(before, this.state);
      // Of failures in a row the first and the last tell which variables are unsure.
      const [first, last = first] = isElse ? [] : failed;
      failed = first && last ? [first, ifFailed(last, failure)] : [failure];
      succeeded = isElse ? this.either(since, [succeeded, this.state]) : this.state;
    });
    const { status } = place.fate;
    if (status === "zero") this.state = succeeded;
    else this.state = this.either(since, status === "nonzero" ? failed : [succeeded, ...failed]);
  }

  /** The parts of a pipe each run in a shell of their own; the last one's end is the pipe's. */
  private pipeline({ prefixes, commands }: Pipeline, place: Place): void {
    const negations = prefixes.filter(({ type }) => type === "Negation").length;
    const fate = negations > 0 ? negated(place.fate, negations) : place.fate;
    const [only, ...others] = commands;
    if (only && others.length === 0) return this.node(only, { ...place, fate });
    const { status } = this.settled(fate);
    const before = this.state.pipefail && status === "zero" ? "zero" : "any";
    commands.forEach((command, at) => {
      const end = at === others.length ? status : before;
      const own = { ...fate, status: end, shellSucceeds: end === "zero" };
      this.isolated(() => this.node(command, { ...place, fate: own }));
    });
    this.mayStop({ ...fate, status }, this.state.errexit);
  }

  private subshell(place: Place, walk: (inner: Place) => void): void {
    const fate = this.settled(place.fate);
    this.isolated(() => walk({ ...place, fate: { ...fate, shellSucceeds: fate.status === "zero" } }));
    this.mayStop(fate, this.state.errexit);
  }

  private choose({ clause, then, elif, else: otherwise }: If, place: Place): void {
    const maybe = { ...place, fate: perhaps(place.fate) };
    let no = this.state;
    const { variables: since } = no;
    const ways: State[] = [];
    for (const [at, branch] of [{ clause, then }, ...elif].entries()) {
      this.state = no;
      this.list(branch.clause.commands, { ...place, fate: asCondition(at === 0 ? place.fate : maybe.fate) });
      no = ifFailed(no, this.state);
      this.list(branch.then.commands, maybe);
      ways.push(this.state);
    }
    this.state = no;
    if (otherwise) this.list(otherwise.commands, maybe);
    this.state = this.either(since, [...ways, this.state]);
  }

  /** What a later round sets, an earlier command of the body may see. */
  private loop(place: Place, clause: CompoundList | undefined, body: CompoundList, names: readonly string[]): void {
    const before = this.state;
    const round = () => {
      this.state = forget(this.state, names);
      if (clause) this.list(clause.commands, { ...place, fate: asCondition(place.fate) });
      this.list(body.commands, { ...place, fate: perhaps(place.fate) });
      this.state = this.either(before.variables, [before, this.state]);
    };
    if (!this.rehearses) {
      this.rehearses = true;
      round();
      this.rehearses = false;
      this.state = { ...this.state, reach: before.reach };
    }
    round();
  }

  /** Of several bodies one runs; or none, where they are not `complete`. */
  private branches(bodies: readonly CompoundList[], complete: boolean, place: Place): void {
    const before = this.state;
    const ways = bodies.map(({ commands }) => {
      this.state = before;
      this.list(commands, { ...place, fate: perhaps(place.fate) });
      return this.state;
    });
    this.state = this.either(before.variables, complete ? ways : [...ways, before]);
  }
}

/** In the background: it may not have come to its end. */
function aside(fate: Fate): Fate {
  return { ...perhaps(asCondition(fate)), shellSucceeds: false };
}

/** Behind `!`, or several of them. */
function negated(fate: Fate, negations: number): Fate {
  const other = { zero: "nonzero", nonzero: "zero", any: "any" } as const;
  return { ...fate, watched: false, status: negations % 2 === 1 ? other[fate.status] : fate.status };
}
