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

/**
 * What words such as `/bin/bash -o pipefail -c` say of the script that follows them; undefined where that is no script of a
 * Bourne shell, or where a word is not understood.
 */
export function shellMode(words: readonly string[]): ShellMode | undefined {
  const [program = "", ...flags] = words[0] === "/usr/bin/env" || words[0] === "env" ? words.slice(1) : words;
  if (!isShell(program)) return undefined;
  const mode = { errexit: false, pipefail: false, login: false };
  let script = false;
  for (let at = 0; at < flags.length; at++) {
    const flag = flags[at] ?? "";
    if (flag === "--login") mode.login = true;
    if (/^--(?:login|norc|noprofile|posix)$/.test(flag)) continue;
    if (!/^-[ceulixo]+$/.test(flag)) return undefined;
    script ||= flag.includes("c");
    mode.errexit ||= flag.includes("e");
    mode.login ||= /[li]/.test(flag);
    if (!flag.includes("o")) continue;
    const option = flags[++at] ?? "";
    if (!/^(?:pipefail|errexit|nounset|xtrace)$/.test(option)) return undefined;
    mode.pipefail ||= option === "pipefail";
    mode.errexit ||= option === "errexit";
  }
  return script ? mode : undefined;
}
