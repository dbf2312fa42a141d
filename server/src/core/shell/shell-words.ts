/** How a shell runs the scripts that it is given. */
export interface ShellMode {
  /** `-e`: a failed command ends the script. */
  readonly errexit: boolean;
  /** `-o pipefail`: a pipe fails with any of its commands. */
  readonly pipefail: boolean;
  /** `-l`: the profiles of the system are read first, and may set anything. */
  readonly login: boolean;
}

/** `/bin/sh -c`, which is what Docker takes where nothing says otherwise. */
export const PLAIN: ShellMode = { errexit: false, pipefail: false, login: false };

const PROGRAMS = new Set(["sh", "bash", "dash", "ash"]);

/** A shell of the Bourne kind, by its name or path. PowerShell, cmd and others have a language of their own. */
export function isShell(word: string): boolean {
  return PROGRAMS.has(word.slice(word.lastIndexOf("/") + 1));
}

/** The words of a call of a shell: how it runs, whether a script is among them (`-c`), and where the first word behind the flags stands. */
export interface ShellCall {
  readonly mode: ShellMode;
  readonly takesScript: boolean;
  readonly rest: number;
}

/** The flags behind a shell's name; undefined where one is not understood. */
export function shellFlags(words: readonly (string | undefined)[]): ShellCall | undefined {
  const mode = { errexit: false, pipefail: false, login: false };
  let takesScript = false;
  for (let at = 0; at < words.length; at++) {
    const flag = words[at];
    if (flag === undefined) return undefined;
    if (!/^[-+]./.test(flag)) return { mode, takesScript, rest: at };
    if (flag === "--login") mode.login = true;
    if (/^--(?:login|norc|noprofile|posix)$/.test(flag)) continue;
    if (!/^-[celisuxo]+$/.test(flag)) return undefined;
    takesScript ||= flag.includes("c");
    mode.errexit ||= flag.includes("e");
    mode.login ||= /[li]/.test(flag);
    if (!flag.includes("o")) continue;
    const option = words[++at] ?? "";
    if (!/^(?:pipefail|errexit|nounset|xtrace)$/.test(option)) return undefined;
    mode.pipefail ||= option === "pipefail";
    mode.errexit ||= option === "errexit";
  }
  return { mode, takesScript, rest: words.length };
}

/**
 * What words such as `/bin/bash -o pipefail -c` say of the script that follows them; undefined where that is no script of a
 * Bourne shell, or where a word is not understood.
 */
export function shellMode(words: readonly string[]): ShellMode | undefined {
  const [program = "", ...flags] = /^(?:\/usr\/bin\/)?env$/.test(words[0] ?? "") ? words.slice(1) : words;
  const call = isShell(program) ? shellFlags(flags) : undefined;
  return call?.takesScript && call.rest === flags.length ? call.mode : undefined;
}

/** How a text is run as a script of its own: as its `#!` line says, else by `mode`; undefined where that is no shell. */
export function modeOf(text: string, mode: ShellMode | undefined): ShellMode | undefined {
  const [, interpreter] = /^#![ \t]*(.*)/.exec(text) ?? [];
  return interpreter === undefined ? mode : shellMode([...interpreter.trim().split(/[ \t]+/), "-c"]);
}
