import { skipSpace } from "./chars";
import { lex } from "./lexer";

/** A heredoc's head as BuildKit reads it from a word such as `3<<-"EOF"`. */
export interface HeredocHead {
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
  readonly fd: number;
}

const HEAD = /^(\d*)<<(-?)([^<]*)$/;
/** No variable is looked into here, and the backslash escapes whatever the file's escape character is. */
const PLAIN = { escape: "\\", variable: () => null, keepUnset: true } as const;

/** The heredocs that a RUN, COPY or ADD line announces, in order; none where BuildKit's lexer stumbles over the line. */
export function heredocHeads(line: string): readonly HeredocHead[] {
  if (!line.includes("<<")) return [];
  const read = lex(line, { ...PLAIN, rawQuotes: true, rawEscapes: true });
  return "error" in read ? [] : read.words.flatMap((word) => heredocHead(word) ?? []);
}

/** The heredoc that a word announces. */
export function heredocHead(word: string): HeredocHead | undefined {
  const [, fd = "", dash, behind = ""] = HEAD.exec(word) ?? [];
  const rest = behind.slice(skipSpace(behind, 0));
  if (rest === "") return undefined;
  const plain = lex(rest, PLAIN);
  const raw = lex(rest, { ...PLAIN, rawQuotes: true });
  if ("error" in plain || "error" in raw || plain.words.length !== 1) return undefined;
  const name = plain.words[0] ?? "";
  return { name, expand: quotes(name) === quotes(raw.words[0] ?? ""), chomp: dash === "-", fd: Number(fd) };
}

function quotes(text: string): number {
  return text.length - text.replaceAll(/['"]/g, "").length;
}
