import { isShell, PLAIN, type ShellMode, shellFlags } from "../../shell/shell-words";

/** What a program that starts another one makes of its words. */
export interface Wrapped {
  /** Where the other's words begin among its own, or its script stands; undefined where the script comes by standard input. */
  readonly at: number | undefined;
  /** The shell that reads the script; undefined where it is a command, word by word. */
  readonly mode?: ShellMode;
  /** Variables that it sets for the other. */
  readonly variables?: ReadonlyMap<string, string>;
  /** As whom the other runs, where that is another user. */
  readonly user?: string;
  /** Nothing is known of the variables, or of the folder, that the other sees. */
  readonly freshVariables?: boolean;
  readonly freshFolder?: boolean;
}

type Words = readonly (string | undefined)[];
type Wrapper = (words: Words) => Wrapped | undefined;

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  env: (words) => {
    const at = behind(words, /^(?:-u|--unset|-C|--chdir)$/, /^(?:-|-i|--ignore-environment|-u.+|-v|--)$/);
    const fresh = words.slice(0, at).some((word) => /^-/.test(word ?? ""));
    return at === undefined ? undefined : assigned(words, at, fresh ? { freshVariables: true, freshFolder: true } : {});
  },
  command: (words) => plain(words, NEVER, /^-p$/),
  builtin: (words) => plain(words, NEVER, NEVER),
  exec: (words) => plain(words, /^-a$/, /^-[cl]+$/),
  nohup: (words) => plain(words, NEVER, NEVER),
  setsid: (words) => plain(words, NEVER, /^-[cfw]+$/),
  nice: (words) => plain(words, /^(?:-n|--adjustment)$/, /^(?:-n?-?\d+|--adjustment=.*)$/),
  ionice: (words) => plain(words, /^-[cn]$/, /^(?:-[cn]\d|-t)$/),
  stdbuf: (words) => plain(words, /^-[ioe]$/, /^-[ioe].+$/),
  time: (words) => plain(words, /^-[fo]$/, /^-[apqv]+$/),
  timeout: (words) => {
    const at = behind(words, /^-[ks]$/, /^(?:-v|--(?:foreground|preserve-status|verbose)|--(?:kill-after|signal)=.*)$/);
    return at === undefined ? undefined : { at: at + 1 };
  },
  eatmydata: (words) => plain(words, NEVER, /^--$/),
  fakeroot: (words) => plain(words, NEVER, /^--$/),
  chronic: (words) => plain(words, NEVER, /^-[ev]+$/),
  tini: (words) => plain(words, /^-[pe]$/, /^(?:-[gsvw]+|--)$/),
  "dumb-init": (words) => plain(words, NEVER, /^(?:-[cv]+|--single-child|--)$/),
  sudo: (words) => {
    const at = behind(
      words,
      /^(?:-[ugCpT]|--user|--group)$/,
      /^(?:-[EHnPSbik]+|--(?:preserve-env.*|set-home|user=.*)|--)$/,
    );
    if (at === undefined) return undefined;
    const freshFolder = words.slice(0, at).some((word) => /^-[A-Za-z]*i/.test(word ?? ""));
    return assigned(words, at, { user: userAmong(words.slice(0, at)) ?? "root", freshVariables: true, freshFolder });
  },
  gosu: (words) => asUser(words, 0),
  "su-exec": (words) => asUser(words, 0),
  runuser: (words) => (words[0] === "-u" ? asUser(words, 1) : suScript(words)),
  su: suScript,
};

const NEVER = /^\b$/;

/** A program that may start another one. */
export function isWrapper(program: string): boolean {
  return isShell(program) || Object.hasOwn(WRAPPERS, program);
}

/** What a program starts by its words; undefined where it is no such program, or its words are not understood. */
export function wrapped(program: string, words: Words): Wrapped | undefined {
  if (isShell(program)) return shellScript(words);
  const found = Object.hasOwn(WRAPPERS, program) ? WRAPPERS[program]?.(words) : undefined;
  const starts = found && (found.at === undefined || words[found.at] !== undefined);
  return starts ? found : undefined;
}

/** The place behind the options; undefined where one is not understood. */
function behind(words: Words, withValue: RegExp, alone: RegExp): number | undefined {
  let at = 0;
  for (; words[at]?.startsWith("-"); at++) {
    const word = words[at] as string;
    if (withValue.test(word)) at++;
    else if (!alone.test(word)) return undefined;
    if (word === "--") return at + 1;
  }
  return at;
}

function plain(words: Words, withValue: RegExp, alone: RegExp): Wrapped | undefined {
  const at = behind(words, withValue, alone);
  return at === undefined ? undefined : { at };
}

/** Behind `A=b` words. */
function assigned(words: Words, from: number, more: Omit<Wrapped, "at">): Wrapped {
  const variables = new Map<string, string>();
  let at = from;
  for (let pair = pairOf(words[at]); pair; pair = pairOf(words[++at])) variables.set(pair[0], pair[1]);
  return { ...more, at, variables };
}

function pairOf(word = ""): readonly [string, string] | undefined {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value];
}

function userAmong(options: Words): string | undefined {
  const at = options.findIndex((word) => word === "-u" || word === "--user");
  return at < 0 ? /^--user=(.*)/.exec(options.find((word) => word?.startsWith("--user=")) ?? "")?.[1] : options[at + 1];
}

/** `gosu USER program`. */
function asUser(words: Words, at: number): Wrapped | undefined {
  const user = words[at];
  const next = words[at + 1] === "--" ? at + 2 : at + 1;
  return user === undefined || user.startsWith("-") ? undefined : { at: next, user };
}

/** `su - USER -c script`. */
function suScript(words: Words): Wrapped | undefined {
  let user = "root";
  let script: number | undefined;
  let login = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) {
      if (script === at) continue;
      return undefined;
    }
    if (word === "-c" || word === "--command") script = ++at;
    else if (word === "-s" || word === "--shell") {
      if (!isShell(words[++at] ?? "")) return undefined;
    } else if (/^(?:-|-l|--login)$/.test(word)) login = true;
    else if (word.startsWith("-") && !/^-[mpP]$/.test(word)) return undefined;
    else if (!word.startsWith("-")) user = word;
  }
  return script === undefined
    ? undefined
    : { at: script, mode: { ...PLAIN, login }, user, freshVariables: true, freshFolder: login };
}

/** `sh -c script`, or a script by standard input. */
function shellScript(words: Words): Wrapped | undefined {
  const call = shellFlags(words);
  if (!call) return undefined;
  const { mode, takesScript, rest } = call;
  const fresh = mode.login ? { freshVariables: true } : {};
  if (takesScript) return words[rest] === undefined ? undefined : { at: rest, mode, ...fresh };
  return rest === words.length ? { at: undefined, mode, ...fresh } : undefined;
}
