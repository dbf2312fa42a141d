/** What `*`, `?` and plain characters of a pattern match; "any" is `*`, "one" is `?`. */
type Token = "any" | "one" | { readonly text: string };
type Tokens = readonly Token[];

/** A longer value or pattern than these is not followed: matching costs their product. */
const MAX_VALUE = 4096;
const MAX_PATTERN = 128;

/** A new value, BuildKit's reason to refuse the pattern, or undefined where it is too long to be followed. */
export type Matched = { readonly value: string } | { readonly error: string } | undefined;

/** `${NAME#pattern}`, `##`, `%` and `%%`: the doubled sign is the pattern's first character. */
export function trimValue(value: string, operand: string, sign: "#" | "%"): Matched {
  const longest = operand.startsWith(sign);
  const pattern = longest ? operand.slice(1) : operand;
  // The shortest end is looked for as the shortest beginning of the reversed value.
  const reverse = sign === "%";
  const tokens = readPattern(reverse ? reversedPattern(pattern) : pattern);
  if (!Array.isArray(tokens)) return tokens;
  if (value.length > MAX_VALUE) return undefined;
  const chars = reverse ? Array.from(value).reverse() : Array.from(value);
  const rest = chars.slice(matchEnd(chars, 0, tokens, longest) ?? 0);
  return { value: (reverse ? rest.reverse() : rest).join("") };
}

/** An escaped character stays behind its escape. */
function reversedPattern(pattern: string): string {
  return (pattern.match(/\\?[\s\S]|\\/gu) ?? []).reverse().join("");
}

/** `${NAME/pattern/text}`, and with `all` the form with two slashes. The longest match counts. */
export function replaceInValue(value: string, pattern: string, replacement: string, all: boolean): Matched {
  const tokens = readPattern(pattern);
  if (!Array.isArray(tokens)) return tokens;
  // Of every occurrence, BuildKit takes a `$` in the new text for a group of its regular expression.
  if (value.length > MAX_VALUE / 8 || (all && replacement.includes("$"))) return undefined;
  const chars = Array.from(value);
  const parts: string[] = [];
  let copied = 0;
  for (let at = 0; at <= chars.length; at++) {
    const end = matchEnd(chars, at, tokens, true);
    // An empty match right behind another one does not count.
    if (end === undefined || (end === at && at === copied && at > 0 && parts.length > 0)) continue;
    parts.push(chars.slice(copied, at).join(""), replacement);
    copied = end;
    if (!all) break;
    if (end > at) at = end - 1;
  }
  return { value: parts.join("") + chars.slice(copied).join("") };
}

function readPattern(pattern: string): Token[] | { readonly error: string } | undefined {
  if (pattern.length > MAX_PATTERN) return undefined;
  const tokens: Token[] = [];
  const chars = Array.from(pattern);
  for (let at = 0; at < chars.length; at++) {
    const ch = chars[at] as string;
    if (ch === "*") tokens.push("any");
    else if (ch === "?") tokens.push("one");
    else if (ch !== "\\") tokens.push({ text: ch });
    else if (chars[at + 1] !== "}" && chars[at + 1] !== "/") {
      const next = chars[++at];
      if (next !== "*" && next !== "?" && next !== "\\") return refused(pattern, next);
      tokens.push({ text: next });
    }
  }
  return tokens;
}

function refused(pattern: string, escaped = "\uFFFD"): { readonly error: string } {
  return { error: `invalid pattern (${pattern}) in substitution: invalid escape '\\${escaped}'` };
}

/** Where the shortest or longest match that begins at an offset ends. All ways are followed at once. */
function matchEnd(chars: readonly string[], from: number, tokens: Tokens, longest: boolean): number | undefined {
  let states = reach(new Set([0]), tokens);
  let end: number | undefined;
  for (let at = from; ; at++) {
    if (states.has(tokens.length)) {
      if (!longest) return at;
      end = at;
    }
    const ch = chars[at];
    if (ch === undefined || states.size === 0) return end;
    const next = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (token === "any" && ch !== "\n") next.add(state);
      else if (token === "one" ? ch !== "\n" : typeof token === "object" && token.text === ch) next.add(state + 1);
    }
    states = reach(next, tokens);
  }
}

/** With what can be reached without a character: a `*` may match nothing. */
function reach(states: Set<number>, tokens: Tokens): Set<number> {
  for (const state of states) if (tokens[state] === "any") states.add(state + 1);
  return states;
}
