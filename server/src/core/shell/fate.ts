import type { AndOr, PipelineNode, SyntaxNode } from "unbash";

/** What is known of how a part of a script runs and ends, given that the whole script succeeds. */
export interface Fate {
  /** It is run, if the shell comes to it at all. */
  readonly ran: boolean;
  /** Its exit code, if it is run. */
  readonly status: "zero" | "nonzero" | "any";
  /** `set -e` looks at it: no condition, no `!`, not left of `&&` or `||`. */
  readonly watched: boolean;
  /** The shell that it runs in, which may be a subshell, ends with 0. */
  readonly shellSucceeds: boolean;
}

/** A part of which nothing is known but that it may run: a branch, the body of a loop. */
export function perhaps(fate: Fate): Fate {
  return { ...fate, ran: false };
}

/** A part whose exit code is only looked at: a condition. */
export function asCondition(fate: Fate): Fate {
  return { ...fate, status: "any", watched: false };
}

/** The fates of the parts of `a && b || c`, by that of the whole. */
export function fatesOf({ commands, operators }: AndOr, whole: Fate): readonly Fate[] {
  const fates: Fate[] = [];
  let { status } = whole;
  for (let at = commands.length - 1; at > 0; at--) {
    const isLast = at === commands.length - 1;
    const watched = whole.watched && isLast;
    const right = commands[at] as PipelineNode;
    if (operators[at - 1] === "&&") {
      const both = status === "zero";
      fates.push({ ...whole, ran: whole.ran && both, status, watched });
      status = both ? "zero" : "any";
    } else {
      const failed = status === "nonzero";
      fates.push({ ...whole, ran: whole.ran && failed, status, watched });
      // `a || exit 1` comes to its end by way of `a` alone.
      if (whole.shellSucceeds && dies(right, true)) status = "zero";
      else status = failed ? "nonzero" : "any";
    }
  }
  fates.push({ ...whole, status, watched: false });
  return fates.reverse();
}

/** Whether it surely ends the shell with a failure; `afterFailure` where a plain `exit` passes one on. */
export function dies(node: SyntaxNode, afterFailure = false): boolean {
  if (node.type === "BraceGroup")
    return node.body.commands.some((statement) => !statement.background && dies(statement.command));
  return (
    node.type === "Command" && node.name?.text === "exit" && exitCode(node.args[0]?.text, afterFailure) === "nonzero"
  );
}

/** How `exit` with this word ends its shell. */
export function exitCode(word: string | undefined, afterFailure: boolean): Fate["status"] {
  if (word === undefined || word === "$?") return afterFailure ? "nonzero" : "any";
  if (!/^\d{1,3}$/.test(word)) return "any";
  return Number(word) % 256 === 0 ? "zero" : "nonzero";
}
