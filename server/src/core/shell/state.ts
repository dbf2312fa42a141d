import type { Chain, ShellWord } from "./script";
import type { ShellMode } from "./shell-words";

/** A variable that a script has set. */
export interface Variable {
  /** `*` is each of them: a script from elsewhere may have set any. */
  readonly name: string;
  /** Undefined where it is not known; "kept" where only `export` was said of it. */
  readonly value: ShellWord | "kept" | undefined;
  /** The programs that the script starts see it too. */
  readonly exported: boolean;
}

/** A `cd`, and the variables that its word sees. */
export interface Move {
  readonly to: ShellWord;
  readonly variables: Chain<Variable> | undefined;
}

/** The `cd` commands in effect; undefined where one may or may not have happened. */
export type Folders = Chain<Move> | "none" | undefined;

/** What a shell has come to at a place of its script. */
export interface State {
  readonly folders: Folders;
  /** What `pushd` has put aside. */
  readonly aside: Chain<Folders> | undefined;
  readonly variables: Chain<Variable> | undefined;
  readonly errexit: boolean;
  readonly pipefail: boolean;
  /**
   * Whether the script comes here: surely, perhaps, not any more (it has ended), or never (it would have failed, and it has
   * succeeded).
   */
  readonly reach: "surely" | "perhaps" | "ended" | "never";
}

export function begin({ errexit, pipefail }: ShellMode): State {
  return { folders: "none", aside: undefined, variables: undefined, errexit, pipefail, reach: "surely" };
}

/** The state with a variable set. */
export function withVariable(state: State, last: Variable): State {
  return { ...state, variables: { last, before: state.variables } };
}

/** The state where nobody knows what these variables hold. */
export function forget(state: State, names: Iterable<string>): State {
  let { variables } = state;
  for (const name of new Set(names))
    variables = { last: { name, value: undefined, exported: false }, before: variables };
  return { ...state, variables };
}

/** What is known where any of several ways may have been taken; all of them have the variables `since` in common. */
export function join(since: State["variables"], ways: readonly State[]): State {
  const possible = ways.filter(({ reach }) => reach !== "never");
  const [first, ...others] = possible;
  if (!first) return ways[0] as State;
  if (others.length === 0) return first;
  const same = <T>(value: (state: State) => T): boolean => others.every((other) => value(other) === value(first));
  const known = {
    folders: same(({ folders }) => folders) ? first.folders : undefined,
    aside: same(({ aside }) => aside) ? first.aside : undefined,
    variables: since,
    errexit: possible.every(({ errexit }) => errexit),
    pipefail: possible.every(({ pipefail }) => pipefail),
    reach: same(({ reach }) => reach) ? first.reach : ("perhaps" as const),
  };
  if (same(({ variables }) => variables)) return { ...known, variables: first.variables };
  return forget(
    known,
    possible.flatMap(({ variables }) => namesSince(variables, since)),
  );
}

/** The state after a part that has failed: it has run, but a `cd` in it may be what has failed. */
export function ifFailed(before: State, after: State): State {
  return before.folders === after.folders ? after : { ...after, folders: undefined };
}

/** The variables that were set since then. */
export function namesSince(variables: State["variables"], since: State["variables"]): readonly string[] {
  const names: string[] = [];
  for (let chain = variables; chain && chain !== since; chain = chain.before) names.push(chain.last.name);
  return names;
}
