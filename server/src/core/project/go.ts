import { type GoText, separate } from "./go-text";

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
  /** The name that the file gives each of them. */
  readonly names: ReadonlyMap<string, string>;
  readonly text: GoText;
  /** What its `//go:embed` lines name: part of the program, relative to its folder. */
  readonly embeds: readonly string[];
  /** Its `//go:build` line. */
  readonly constraint: string | undefined;
  /** What its `#cgo` lines ask of the C compiler, e.g. `LDFLAGS: -lm`. */
  readonly cgo: readonly string[];
}

/** Reads a go.mod (go.dev/ref/mod#go-mod-file-grammar); undefined where it names no module. Linear. */
export function readGoModule(text: string): GoModule | undefined {
  let path: string | undefined;
  let block: string | undefined;
  const requires: string[] = [];
  for (const raw of text.split("\n")) {
    const line = raw.replace(/\/\/.*$/s, "").trim();
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

/** Reads a Go file; undefined where it names no package. Comments and strings are no code. Linear. */
export function readGoSource(text: string): GoSource | undefined {
  const separated = separate(text);
  const name = /^\s*package\s+(\w+)/.exec(separated.code.trimStart())?.[1];
  if (!name) return undefined;
  const names = readImports(separated.code, separated.strings);
  const imports = [...names.keys()];
  return {
    package: name,
    imports,
    names,
    text: separated,
    embeds: imports.includes("embed") ? directives(text, "//go:embed").flatMap((line) => line.split(/\s+/)) : [],
    constraint: directives(text.slice(0, Math.max(text.search(/^package\s/m), 0)), "//go:build")[0],
    cgo: imports.includes("C") ? directives(text.replace(/^\/\/ ?/gm, ""), "#cgo") : [],
  };
}

/** What follows a word at the beginning of lines. */
function directives(text: string, word: string): readonly string[] {
  if (!text.includes(word)) return [];
  return text.split("\n").flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length).trim()] : []));
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
      if (path !== undefined) imports.set(path, alias || localName(path));
    }
    if (end < 0) break;
    keyword.lastIndex = end;
  }
  return imports;
}

/** The name of a package that is imported without one, as far as its path tells. */
function localName(path: string): string {
  const parts = path.split("/");
  const last = parts.at(-1) ?? path;
  return (/^v\d+$/.test(last) ? (parts.at(-2) ?? last) : last).replace(/\.v\d+$/, "");
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
