/** Something that a Go program does with what surrounds it. */
export type GoDeed = "reads" | "writes" | "temp" | "zones" | "starts";

/** Functions of the standard library by which programs touch files, zones and other programs (pkg.go.dev/std). */
const FUNCTIONS: Readonly<Record<GoDeed, Readonly<Record<string, readonly string[]>>>> = {
  reads: {
    os: ["Open", "ReadFile", "ReadDir", "DirFS", "OpenRoot", "Stat", "Lstat", "Readlink", "Chdir"],
    "io/ioutil": ["ReadFile", "ReadDir"],
    "net/http": ["Dir", "ServeFile", "ListenAndServeTLS", "ServeTLS"],
    "path/filepath": ["Walk", "WalkDir", "Glob", "EvalSymlinks"],
    "crypto/tls": ["LoadX509KeyPair"],
    "archive/zip": ["OpenReader"],
    "go/parser": ["ParseFile", "ParseDir"],
    syscall: ["Open"],
  },
  writes: {
    os: [
      "Create",
      "OpenFile",
      "WriteFile",
      "Mkdir",
      "MkdirAll",
      "Rename",
      "Remove",
      "RemoveAll",
      "Symlink",
      "Link",
      "Chmod",
      "Chown",
    ],
    "io/ioutil": ["WriteFile"],
    "database/sql": ["Open"],
  },
  temp: { os: ["MkdirTemp", "CreateTemp", "TempDir"], "io/ioutil": ["TempFile", "TempDir"] },
  zones: { time: ["LoadLocation"] },
  starts: {
    os: ["StartProcess"],
    syscall: ["Exec", "ForkExec", "StartProcess"],
    plugin: ["Open"],
    "os/exec": ["Command", "CommandContext", "Cmd", "LookPath"],
  },
};

/** Methods that read files, whatever they are called on, where one of the packages is imported. */
const TEMPLATES = { packages: ["html/template", "text/template"], methods: /\.(?:ParseFiles|ParseGlob)\s*\(/ };

/** The first call of each kind in a file, by the names under which it imports the packages. Linear in the code. */
export function callsIn(code: string, imports: ReadonlyMap<string, string>): Readonly<Partial<Record<GoDeed, string>>> {
  const calls: Partial<Record<GoDeed, string>> = {};
  for (const deed of Object.keys(FUNCTIONS) as GoDeed[]) {
    for (const [path, names] of Object.entries(FUNCTIONS[deed])) {
      const local = imports.get(path);
      const found = local !== undefined && callOf(code, local, names);
      if (found) calls[deed] ??= found;
    }
  }
  if (TEMPLATES.packages.some((path) => imports.has(path))) {
    const method = TEMPLATES.methods.exec(code)?.[0];
    if (method) calls.reads ??= `template${method.replace(/\s*\($/, "")}`;
  }
  return calls;
}

/** After `import . "os"` its functions are called without a name in front. */
function callOf(code: string, local: string, names: readonly string[]): string | undefined {
  const all = names.join("|");
  return (
    local === "." ? new RegExp(`(?<![.\\w])(?:${all})(?=\\s*\\()`) : new RegExp(`\\b${local}\\.(?:${all})\\b`)
  ).exec(code)?.[0];
}
