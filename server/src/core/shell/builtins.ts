import { exitCode, type Fate } from "./fate";
import type { ShellAssignment, ShellCommand } from "./script";
import { type Folders, forget, type State, withVariable } from "./state";

/** What a builtin of the shell leaves behind for the commands after it. */
type Effect = (state: State, command: ShellCommand, fate: Fate) => State;

/** Variables that a script from elsewhere sets: any. */
const ANY = "*";

const EFFECTS: Readonly<Record<string, Effect>> = {
  cd: (state, command) => ({ ...state, folders: moved(state, command) }),
  pushd: (state, command) => ({
    ...state,
    folders: moved(state, command),
    aside: { last: state.folders, before: state.aside },
  }),
  popd: (state) => ({ ...state, folders: state.aside?.last, aside: state.aside?.before }),
  set: (state, { args }) => ({ ...state, ...options(args.map(({ text }) => text)) }),
  unset: forgetArguments,
  read: forgetArguments,
  mapfile: forgetArguments,
  readarray: forgetArguments,
  getopts: forgetArguments,
  let: (state, { args }) =>
    forget(
      state,
      args.flatMap(({ text }) => text.match(/[A-Za-z_]\w*/g) ?? []),
    ),
  printf: (state, { args }) => (args[0]?.text === "-v" ? forget(state, [args[1]?.text ?? ANY]) : state),
  ".": (state) => forget(state, [ANY]),
  source: (state) => forget(state, [ANY]),
  eval: (state) => ({ ...forget(state, [ANY]), folders: undefined }),
  exit: (state, { args }, fate) => {
    const fails = exitCode(args[0]?.text, false) === "nonzero";
    return { ...state, reach: fails && fate.shellSucceeds ? "never" : "ended" };
  },
  return: (state) => ({ ...state, reach: "ended" }),
  exec: (state, { args }) => (args.length > 0 ? { ...state, reach: "ended" } : state),
};

/** They name variables, and may give them values. */
const DECLARE = new Set(["export", "readonly", "declare", "typeset", "local"]);

/** The state after a command: as it was, but where the command is a builtin that changes it. */
export function afterCommand(
  state: State,
  command: ShellCommand,
  declared: readonly ShellAssignment[],
  fate: Fate,
): State {
  const name = command.name.text;
  if (DECLARE.has(name)) {
    const exported = name === "export" || command.args.some(({ text }) => /^-\w*x/.test(text));
    return declare(state, command, declared, exported);
  }
  return Object.hasOwn(EFFECTS, name) ? (EFFECTS[name] as Effect)(state, command, fate) : state;
}

/** The state with these variables set. */
export function assign(state: State, assignments: readonly ShellAssignment[], exported: boolean): State {
  return assignments.reduce((before, { name, value }) => withVariable(before, { name, value, exported }), state);
}

function declare(state: State, { args }: ShellCommand, declared: readonly ShellAssignment[], exported: boolean): State {
  const named = args.filter(({ text }) => /^[A-Za-z_]\w*$/.test(text));
  const kept = named.reduce((before, { text }) => withVariable(before, { name: text, value: "kept", exported }), state);
  return assign(kept, declared, exported);
}

function forgetArguments(state: State, { args }: ShellCommand): State {
  return forget(
    state,
    args.map(({ text }) => text),
  );
}

function moved(state: State, { args }: ShellCommand): Folders {
  const to = args.find(({ text }) => !/^-[LPe@]+$|^--$/.test(text));
  if (!to || /^[-+]/.test(to.text) || state.folders === undefined) return undefined;
  return { last: { to, variables: state.variables }, before: state.folders === "none" ? undefined : state.folders };
}

/** `set -eux`, `set -euo pipefail`, `set +e`. */
function options(words: readonly string[]): Partial<Pick<State, "errexit" | "pipefail">> {
  const found: { errexit?: boolean; pipefail?: boolean } = {};
  for (let at = 0; at < words.length; at++) {
    const [, sign, letters = ""] = /^([-+])([A-Za-z]+)$/.exec(words[at] ?? "") ?? [];
    if (sign === undefined) break;
    if (letters.includes("e")) found.errexit = sign === "-";
    if (!letters.includes("o")) continue;
    const option = words[++at];
    if (option === "errexit") found.errexit = sign === "-";
    if (option === "pipefail") found.pipefail = sign === "-";
  }
  return found;
}
