import type { Syntax } from "../syntax/instruction";
import type { Span } from "../text/span";
import type { RewriteEdit } from "./change";
import { styleOf } from "./style";
import type { Verifiable } from "./verifiable";

/** Only the kinds of edits that may touch the author's lines do, each in its own way; the sentence says which does not. */
export function editsBroken(before: Verifiable, edits: readonly RewriteEdit[]): string | undefined {
  const { eol } = styleOf(before.syntax);
  for (const edit of edits) {
    if (
      !edit.text
        .split("\n")
        .slice(0, -1)
        .every((line) => line.endsWith("\r") === (eol === "\r\n"))
    )
      return "it mixes line endings";
    const broken = editBroken(before, edit);
    if (broken) return broken;
  }
  return undefined;
}

function editBroken({ text, syntax }: Verifiable, { kind, span, text: added }: RewriteEdit): string | undefined {
  const inserts = span.start === span.end;
  const within = (keywords: readonly string[]) =>
    syntax.instructions.some(
      (instruction) => keywords.includes(instruction.keyword) && encloses(instruction.span, span),
    );
  switch (kind) {
    case "fix":
      return "a recipe makes an edit that only a fix may make";
    case "names-stage":
      return inserts && within(["FROM"]) && !added.includes("\n")
        ? undefined
        : "it changes a FROM line by more than a name";
    case "build-flags":
    case "cgo":
      return inserts && within(["RUN"]) && !added.includes("\n")
        ? undefined
        : "it changes a build command by more than flags";
    case "changes-base":
      return within(["FROM"]) && !/\s/.test(text.slice(span.start, span.end) + added)
        ? undefined
        : "it changes a FROM line by more than its image";
    case "changes-user":
      return within(["USER", "COPY", "ADD"]) && !/\s/.test(text.slice(span.start, span.end) + added)
        ? undefined
        : "it changes more of a line than its user";
    case "drops-step":
      return added === "" && removesOnly(text, syntax, span, ["RUN", "ARG"])
        ? undefined
        : "it leaves out more than a RUN and its ARG";
    case "moves-start":
      return removesOnly(text, syntax, span, ["CMD", "ENTRYPOINT"])
        ? undefined
        : "it touches more than CMD and ENTRYPOINT";
    case "new-lines": {
      const atLineStart =
        span.start === 0 || text[span.start - 1] === "\n" || (span.start === text.length && /^\r?\n/.test(added));
      return inserts && atLineStart && (added.endsWith("\n") || added === "")
        ? undefined
        : "new lines would cut one of the author's in two";
    }
  }
}

function encloses(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The span covers whole instructions of these kinds and white space, nothing else. */
function removesOnly(text: string, syntax: Syntax, span: Span, keywords: readonly string[]): boolean {
  let rest = text.slice(span.start, span.end);
  for (const instruction of syntax.instructions) {
    if (keywords.includes(instruction.keyword) && encloses(span, instruction.span))
      rest = rest.replace(text.slice(instruction.span.start, instruction.span.end), "");
  }
  return rest.trim() === "";
}
