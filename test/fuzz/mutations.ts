/** Small damage to a text: a token too many, a piece too few, a piece of another file, a character that nobody expects. */
import fc from "fast-check";

export interface Mutation {
  readonly how: "delete" | "insert" | "double" | "splice" | "swap" | "cut";
  /** Where, and how much: shares of the text's length. */
  readonly at: number;
  readonly length: number;
  readonly token: string;
}

const TOKENS = [
  ...[
    "\n",
    "\r",
    "\r\n",
    " ",
    "\t",
    "\\",
    "\\\n",
    "`",
    "`\n",
    '"',
    "'",
    "#",
    "\n#",
    "$",
    "${",
    "}",
    "$(",
    ")",
    "(",
    "{",
    "[",
    "]",
    '["',
    ",",
  ],
  ...[
    "<<EOF",
    "<<-EOF\n",
    "EOF\n",
    "<<",
    "&&",
    "||",
    ";",
    "|",
    "&",
    "\nFROM ",
    "\nFROM a AS ",
    " AS ",
    "--from=",
    "--mount=",
    "--",
    "=",
    ":",
    "@",
  ],
  ...[
    "ONBUILD ",
    "\nRUN ",
    "\nCOPY ",
    "\nENV ",
    "\nARG ",
    "/",
    "//",
    "..",
    "*",
    "?",
    "!",
    "%",
    "-",
    "\u0000",
    "\u000B",
    "\u000C",
    "\u007F",
    "\u0085",
  ],
  ...[
    "\u00A0",
    "\u2028",
    "\u2029",
    "\uFEFF",
    "\uFFFD",
    "\uD83D",
    "\uDE00",
    "\u{1F600}",
    "e\u0301",
    "\u202E",
    "ß",
    "İ",
    "ſ",
  ],
];

/** A share of a whole, each as likely as another: among all doubles up to 1 most are next to nothing. */
export const share: fc.Arbitrary<number> = fc.nat(1 << 20).map((part) => part / (1 << 20));

/** One piece of damage. */
export const mutation: fc.Arbitrary<Mutation> = fc.record({
  how: fc.constantFrom("delete", "insert", "insert", "insert", "double", "splice", "swap", "cut"),
  at: share,
  length: fc.oneof(
    fc.constant(0),
    share.map((part) => part / 20),
    share,
  ),
  token: fc.constantFrom(...TOKENS),
});

/** The text with the damage done; `other` is where spliced pieces come from. */
export function mutate(text: string, { how, at, length, token }: Mutation, other: string): string {
  const start = Math.floor(at * text.length);
  const end = Math.min(text.length, start + 1 + Math.floor(length * text.length));
  const [before, piece, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  switch (how) {
    case "delete":
      return before + after;
    case "insert":
      return before + token + text.slice(start);
    case "double":
      return before + piece + piece + after;
    case "splice": {
      const from = Math.floor(at * other.length);
      return before + other.slice(from, from + 1 + Math.floor(length * other.length)) + text.slice(start);
    }
    case "swap":
      return after + piece + before;
    case "cut":
      return before;
  }
}
