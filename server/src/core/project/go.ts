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
  /** It may read files that it names at run time: `os.Open`, templates, file servers. Embedded files do not count. */
  readonly readsFiles: string | undefined;
  readonly writesFiles: string | undefined;
  /** The call by which it asks for a temporary file or folder. */
  readonly usesTemp: string | undefined;
  readonly loadsZones: boolean;
}

/** Calls by which a Go program reads or writes files; the name found is quoted to the user. */
const READS =
  /\b(?:os\.(?:Open|ReadFile|ReadDir|DirFS|Stat|Lstat)|ioutil\.(?:ReadFile|ReadDir)|(?:template|htmltemplate|texttemplate)\.(?:ParseFiles|ParseGlob)|http\.(?:Dir|ServeFile)|filepath\.(?:Walk|WalkDir|Glob)|plugin\.Open|godotenv\.Load)\b/;
const WRITES =
  /\b(?:os\.(?:Create|OpenFile|WriteFile|Mkdir|MkdirAll|Rename|Remove|RemoveAll|Symlink|Link|Chmod|Chown)|ioutil\.WriteFile|sql\.Open)\b/;
const TEMP = /\b(?:os\.(?:MkdirTemp|CreateTemp|TempDir)|ioutil\.(?:TempFile|TempDir))\b/;

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
  return {
    package: name,
    imports: readImports(code, strings),
    readsFiles: READS.exec(code)?.[0],
    writesFiles: WRITES.exec(code)?.[0],
    usesTemp: TEMP.exec(code)?.[0],
    loadsZones: /\btime\.LoadLocation\b/.test(code),
  };
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

/** Import declarations stand between the package clause and the first other declaration. */
function readImports(code: string, strings: readonly string[]): readonly string[] {
  const head = code.slice(0, /^(?:func|var|const|type)\b/m.exec(code)?.index ?? code.length);
  const imports: string[] = [];
  for (const declaration of head.matchAll(/\bimport\s*(?:\(([^)]*)\)|([\w.]*\s*"\d+"))/g)) {
    for (const [, index] of (declaration[1] ?? declaration[2] ?? "").matchAll(/"(\d+)"/g))
      imports.push(strings[Number(index)] ?? "");
  }
  return imports;
}

function unquote(word: string): string {
  return word.replace(/^["`]|["`]$/g, "");
}

/** A package of Go's standard library: its first element has no dot. `C` is cgo, not a package. */
export function isStandardPackage(path: string): boolean {
  return path !== "C" && !(path.split("/", 1)[0] ?? "").includes(".");
}
