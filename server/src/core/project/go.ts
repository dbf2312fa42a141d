import { callsIn, type GoDeed } from "./go-calls";

/** What a go.mod says. */
export interface GoModule {
  readonly path: string;
  /** Modules it requires, indirect ones included. */
  readonly requires: readonly string[];
}

/** What a Go file says of itself; enough to tell what its program needs at run time. */
export interface GoSource {
  readonly package: string;
  readonly imports: readonly string[];
  /** The first call of each kind, e.g. `os.Open` for `reads`. Embedded files are none of them. */
  readonly calls: Readonly<Partial<Record<GoDeed, string>>>;
}

/** Reads a go.mod (go.dev/ref/mod#go-mod-file-grammar); undefined where it names no module. Linear. */
export function readGoModule(text: string): GoModule | undefined {
  let path: string | undefined;
  let block: string | undefined;
  const requires: string[] = [];
  for (const raw of text.split("\n")) {
    const line = raw.replace(/\/\/.*$/, "").trim();
    const [first = "", second, third] = line.split(/\s+/, 3);
    if (block) {
      if (first === ")") block = undefined;
      else if (block === "require" && first) requires.push(unquote(first));
    } else if (second === "(") block = first;
    else if (first === "module" && second) path = unquote(second);
    else if (first === "require" && second && third) requires.push(unquote(second));
  }
  return path === undefined ? undefined : { path, requires };
}

/** Reads the head of a Go file and looks for calls that touch files. Comments and strings do not count. Linear. */
export function readGoSource(text: string): GoSource | undefined {
  const { code, strings } = separate(text);
  const name = /^\s*package\s+(\w+)/.exec(code.trimStart())?.[1];
  if (!name) return undefined;
  const imports = readImports(code, strings);
  return {
    package: name,
    imports: [...imports.keys()],
    calls: { ...callsIn(code, imports), ...socketCall(imports, strings) },
  };
}

/** A socket in the file system needs a folder that the program may write to. */
function socketCall(imports: ReadonlyMap<string, string>, strings: readonly string[]): GoSource["calls"] {
  return imports.has("net") && strings.some((text) => /^unix(?:gram|packet)?$/.test(text))
    ? { writes: "net, unix" }
    : {};
}

/** The code with each string literal replaced by `"N"`, the place of its text in `strings`, and comments left out. */
function separate(text: string): { code: string; strings: readonly string[] } {
  const parts: string[] = [];
  const strings: string[] = [];
  let from = 0;
  let at = 0;
  const literal = (end: number): void => {
    parts.push(text.slice(from, at), `"${strings.length}"`);
    strings.push(text.slice(at + 1, end));
    from = at = Math.min(end + 1, text.length);
  };
  const skip = (end: number): void => {
    parts.push(text.slice(from, at), " ");
    from = at = end < 0 ? text.length : end;
  };
  while (at < text.length) {
    const ch = text[at];
    if (ch === "/" && text[at + 1] === "/") skip(text.indexOf("\n", at));
    else if (ch === "/" && text[at + 1] === "*") {
      const end = text.indexOf("*/", at + 2);
      skip(end < 0 ? -1 : end + 2);
    } else if (ch === "`") {
      const end = text.indexOf("`", at + 1);
      literal(end < 0 ? text.length : end);
    } else if (ch === '"' || ch === "'") literal(quotedEnd(text, at));
    else at++;
  }
  parts.push(text.slice(from));
  return { code: parts.join(""), strings };
}

/** Where the quote that opens at an offset closes; a literal ends at its line's end in any case. */
function quotedEnd(text: string, from: number): number {
  const quote = text[from];
  let at = from + 1;
  while (at < text.length && text[at] !== quote && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
  return Math.min(at, text.length);
}

/** Imported paths with the names that the file gives them. They stand before the first other declaration. */
function readImports(code: string, strings: readonly string[]): ReadonlyMap<string, string> {
  const head = code.slice(0, /^(?:func|var|const|type)\b/m.exec(code)?.index ?? code.length);
  const imports = new Map<string, string>();
  const keyword = /\bimport\b\s*(\(?)/g;
  for (let match = keyword.exec(head); match; match = keyword.exec(head)) {
    const end = head.indexOf(match[1] ? ")" : "\n", keyword.lastIndex);
    // An unclosed block is the last; looking for its end again and again would take quadratic time.
    const block = head.slice(keyword.lastIndex, end < 0 ? undefined : end);
    for (const line of block.split(/[\n;]/)) {
      const [, alias, index] = /^([\w.]*)[ \t]*"(\d+)"/.exec(line.trim()) ?? [];
      const path = strings[Number(index)];
      if (path !== undefined) imports.set(path, alias || (path.split("/").at(-1) ?? path));
    }
    if (end < 0) break;
    keyword.lastIndex = end;
  }
  return imports;
}

function unquote(word: string): string {
  return word.replace(/^["`]|["`]$/g, "");
}

/** First elements of the standard library's packages (pkg.go.dev/std); others without a dot are the author's own, by GOPATH. */
const STANDARD = new Set(
  (
    "archive bufio builtin bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go " +
    "hash html image index io iter log maps math mime net os path plugin reflect regexp runtime slices sort strconv strings " +
    "structs sync syscall testing text time unicode unique unsafe weak"
  ).split(" "),
);

/** A package of Go's standard library. `C` is cgo, not a package. */
export function isStandardPackage(path: string): boolean {
  return STANDARD.has(path.split("/", 1)[0] ?? "");
}
