import type { Token } from "./javascript-tokens";

/** A path as it is written: from the folder that the program starts in, from that of the source, or from that of a variable. */
export interface SourcePath {
  readonly path: string;
  readonly from: "working folder" | "source" | SourceVariable;
}

/** `process.env.NAME || "otherwise"`. */
export interface SourceVariable {
  readonly name: string;
  readonly otherwise: string | undefined;
}

/** A call with more tokens is not looked at to its end. */
const MAX_CALL = 400;

/** The words of a call, each as its tokens. */
export function argumentsAt(tokens: readonly Token[], from: number): readonly (readonly Token[])[] {
  const found: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(from, from + MAX_CALL)) {
    const sign = token.kind === "sign" ? (token.text ?? "") : "";
    if ("([{".includes(sign) && sign !== "") depth++;
    else if (")]}".includes(sign) && sign !== "" && depth-- === 0) return found;
    if (sign === "," && depth === 0) found.push([]);
    else found.at(-1)?.push(token);
  }
  return found;
}

/** Where the values begin that names are bound to; none for a name that is bound more than once. */
export function bindingsOf(tokens: readonly Token[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  tokens.forEach(({ text }, at) => {
    const name = tokens[at - 1]?.text ?? "";
    if (text !== "=" || !DECLARES.test(tokens[at - 2]?.text ?? "")) return;
    if (places.has(name)) twice.add(name);
    places.set(name, at + 1);
  });
  for (const name of twice) places.delete(name);
  return places;
}

const DECLARES = /^(?:const|let|var)$/;

/** The tokens of an expression that is bound to a name: to the end of a call, or to what ends the line in any case. */
export function expressionAt(tokens: readonly Token[], from: number): readonly Token[] {
  let depth = 0;
  for (let at = from; at < Math.min(tokens.length, from + MAX_CALL); at++) {
    const { kind, text = "" } = tokens[at] as Token;
    const sign = kind === "sign" ? text : "";
    if (sign !== "" && "([{".includes(sign)) depth++;
    else if (sign !== "" && ")]}".includes(sign)) depth--;
    const isEnd =
      depth < 0 || (depth === 0 && (sign === ";" || sign === "," || (kind === "name" && STATEMENTS.test(text))));
    if (isEnd) return tokens.slice(from, at);
    if (depth === 0 && sign === ")") {
      const next = tokens[at + 1];
      if (next?.kind === "sign" && (next.text === "." || next.text === "+")) return [];
      return tokens.slice(from, at + 1);
    }
  }
  return [];
}

const STATEMENTS =
  /^(?:const|let|var|function|class|if|for|while|return|import|export|async|await|module|try|throw|switch)$/;

/** A path that is written out: a string, a variable of the environment, or `path.join(__dirname, "a", "b")`. */
export function pathOf(tokens: readonly Token[]): SourcePath | undefined {
  const plain = baseOf(tokens);
  if (plain) return plain;
  const open = tokens.findIndex(({ text }) => text === "(");
  const call = tokens[open - 1]?.text;
  if (open < 1 || open > 3 || (call !== "join" && call !== "resolve")) return undefined;
  const [first = [], ...rest] = argumentsAt(tokens, open + 1);
  const base = baseOf(first);
  const parts = rest.map((part) => (part.length === 1 && part[0]?.kind === "string" ? part[0].text : undefined));
  if (!base || parts.some((part) => part === undefined)) return undefined;
  return { path: [base.path, ...parts].filter((part) => part !== "").join("/"), from: base.from };
}

/** The folder that a path begins with, or the path itself. */
function baseOf(tokens: readonly Token[]): SourcePath | undefined {
  const [first] = tokens;
  if (tokens.length === 1 && first?.kind === "string" && first.text !== undefined)
    return { path: first.text, from: "working folder" };
  const written = tokens.map(({ kind, text }) => (kind === "string" ? "''" : text)).join("");
  if (written === "__dirname" || written === "import.meta.dirname") return { path: "", from: "source" };
  if (written === "process.cwd()") return { path: "", from: "working folder" };
  const [, name, or] = /^process\.env\.(\w+)((?:\|\||\?\?)'')?$/.exec(written) ?? [];
  if (name === undefined) return undefined;
  return { path: "", from: { name, otherwise: or === undefined ? undefined : tokens.at(-1)?.text } };
}
