import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** The files that a program reads and writes at run time. */
const { rewrites, refuses, offer } = testRecipe("split-build-stage");

const STAGE =
  'FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN go build -o /bin/a .\nCMD ["/bin/a"]\n#- go.mod\nmodule m\n';
const BUILT =
  'FROM golang:1.26 AS build\nWORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /bin/a .\n';

/** A main package with these imports and this body, beside other files of the folder. */
function program(imports: readonly string[], body: string, ...files: readonly string[]): string {
  const names = imports.map((path) => `import "${path}"\n`).join("");
  const others = files.map((path) => `#- ${path}\nx\n`).join("");
  return `${STAGE}#- main.go\npackage main\n${names}func main() { ${body} }\n${others}`;
}

/** What the offer copies beside the program, line by line. */
function copied(source: string, target = "distroless"): readonly string[] {
  const text = offer(source, target)
    .change()
    .edits.map((edit) => edit.text)
    .join("");
  return text.split("\n").filter((line) => /^(?:COPY|RUN)/.test(line) && !line.endsWith("/bin/a /bin/a"));
}

rewrites(
  "templates and a static folder",
  "distroless",
  program(
    ["html/template", "net/http"],
    'template.Must(template.ParseGlob("templates/*.html")); http.Handle("/", http.FileServer(http.Dir("./static")))',
    "templates/index.html",
    "static/style.css",
    "docs/not-read.md",
  ),
  `${BUILT}
FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /app
COPY --from=build /bin/a /bin/a
COPY --from=build /app/static /app/static
COPY --from=build /app/templates /app/templates
CMD ["/bin/a"]
`,
);

rewrites(
  "a folder that it writes to, which no step makes",
  "distroless",
  program(["os"], 'os.MkdirAll("data", 0o755); os.WriteFile("data/x", nil, 0o644)'),
  `${BUILT}
RUN mkdir -p /app/data

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /app
COPY --from=build /bin/a /bin/a
COPY --from=build --chown=65532:65532 /app/data /app/data
CMD ["/bin/a"]
`,
);

test.each([
  ["os.Mkdir", 'os.Mkdir("out", 0o755); os.WriteFile("out/r", nil, 0)', "/app/out (os.Mkdir in main.go), into /app"],
  [
    "a look before",
    'if _, err := os.Stat("out"); os.IsNotExist(err) { os.MkdirAll("out/a", 0o755) }',
    "/app/out/a (os.MkdirAll in main.go, unless os.Stat in main.go finds it), into /app",
  ],
  [
    "a list of its files",
    'os.ReadDir("out"); os.MkdirAll("out", 0o755)',
    "/app/out (os.MkdirAll in main.go, unless os.ReadDir in main.go finds it), into /app",
  ],
  [
    "wildcards beside it",
    'filepath.Glob("ou*"); os.MkdirAll("out", 0o755)',
    "/app/out (os.MkdirAll in main.go, unless filepath.Glob in main.go finds it), into /app",
  ],
])("a folder that has to be missing at first is not made beforehand: %s", (_name, body, why) => {
  const source = program(["os", "path/filepath"], body);
  expect(copied(source)).toEqual([]);
  expect(copied(source, "scratch")).toEqual([]);
  const { assumes } = offer(source, "distroless");
  expect(assumes).toContain(`The program stays root: it writes ${why}, which another user may not.`);
  expect(assumes.join()).not.toContain("mounted");
});

test.each([
  ["os.Mkdir", 'os.Mkdir("/data/out", 0o755)'],
  ["a look before", 'os.Stat("/data/out"); os.MkdirAll("/data/out", 0o755)'],
])("where the folder above it is there, that becomes the user's: %s", (_name, body) => {
  const source = program(["os"], body).replace("CMD", "RUN mkdir /data\nCMD");
  expect(copied(source)).toEqual(["COPY --from=build --chown=65532:65532 /data /data"]);
});

test("os.Mkdir of a folder that is there finds it as before", () => {
  const source = program(["os"], 'os.Mkdir("data", 0)').replace("CMD", "RUN mkdir data\nCMD");
  expect(copied(source)).toEqual(["COPY --from=build --chown=65532:65532 /app/data /app/data"]);
});

test("root makes its folders itself, as on scratch", () => {
  expect(copied(program(["os"], 'os.MkdirAll("data", 0)'), "scratch")).toEqual([]);
});

refuses(
  "a folder that a script may have made, and that it looks for",
  "distroless",
  program(["os"], 'os.Mkdir("made", 0)', "make.sh").replace("RUN go", "RUN ./make.sh\nRUN go"),
  /Whether the image holds \/app\/made, which the program makes/,
);

test.each<[string, readonly string[], string, readonly string[], readonly string[]]>([
  ["a file", ["os"], 'os.Open("config.yaml")', ["config.yaml"], ["/app/config.yaml"]],
  ["a constant", ["os"], 'os.Open(name) }\nconst name = "a.txt"\nfunc x() {', ["a.txt"], ["/app/a.txt"]],
  ["a variable", ["os"], 'name := "a" + ".txt"; os.ReadFile(name)', ["a.txt"], ["/app/a.txt"]],
  [
    "joined",
    ["os", "path/filepath"],
    'os.ReadFile(filepath.Join("conf", "a.txt"))',
    ["conf/a.txt"],
    ["/app/conf/a.txt"],
  ],
  ["part of it", ["os"], 'os.ReadFile("conf/" + os.Getenv("X") + ".txt")', ["conf/a.txt", "conf/b.txt"], ["/app/conf"]],
  ["a parameter", ["os"], 'load("a.txt") }\nfunc load(path string) { os.ReadFile(path)', ["a.txt"], ["/app/a.txt"]],
  [
    "the default of an option",
    ["os", "flag"],
    'path := flag.String("config", "a.txt", "where"); os.ReadFile(*path)',
    ["a.txt"],
    ["/app/a.txt"],
  ],
  [
    "a variable of the environment with a default",
    ["os"],
    'os.ReadFile(env("CONFIG", "a.txt")) }\nfunc env(name, other string) string { if v := os.Getenv(name); v != "" { return v }; return other',
    ["a.txt"],
    ["/app/a.txt"],
  ],
  [
    "a path that is made absolute",
    ["os", "path/filepath"],
    'p := "a.txt"; p, _ = filepath.Abs(p); os.ReadFile(p)',
    ["a.txt"],
    ["/app/a.txt"],
  ],
  [
    "a list",
    ["os"],
    'for _, each := range []string{"a.txt", "b.txt"} { os.ReadFile(each) }',
    ["a.txt", "b.txt"],
    ["/app/a.txt /app/b.txt"],
  ],
  [
    "a field",
    ["os"],
    'c := conf{path: "a.txt"}; os.ReadFile(c.path) }\ntype conf struct {\n\tpath string\n}\nfunc x() {',
    ["a.txt"],
    ["/app/a.txt"],
  ],
  ["another name for the package", [], 'fs.ReadFile("a.txt") }\nimport fs "os"\nfunc x() {', ["a.txt"], []],
  [
    "a walk",
    ["os", "path/filepath"],
    'filepath.WalkDir("conf", func(path string, d any, err error) error { os.ReadFile(path); return nil })',
    ["conf/a.txt"],
    ["/app/conf"],
  ],
  [
    "wildcards in its own folder",
    ["path/filepath"],
    'filepath.Glob("*.txt")',
    ["a.txt", "b.txt", "c.md"],
    ["/app/a.txt /app/b.txt"],
  ],
  ["what is not there", ["os"], 'os.ReadFile("absent.txt")', ["a.txt"], []],
  ["what every container has", ["os"], 'os.ReadFile("/proc/meminfo")', [], []],
])("what it reads comes along: %s", (_name, imports, body, files, expected) => {
  const lines = copied(program(imports, body, ...files));
  expect(lines.map((line) => line.replace("COPY --from=build ", "").replace(/ \S+$/, ""))).toEqual(expected);
});

test.each<[string, readonly string[], string, RegExp]>([
  ["an unknown path", ["os"], "os.ReadFile(somewhere())", /which ones cannot be told \(os\.ReadFile in main\.go\)/],
  ["a function that is passed on", ["os"], "use(os.ReadFile)", /which ones cannot be told \(os\.ReadFile/],
  [
    "its own folder",
    ["net/http"],
    'http.Handle("/", http.FileServer(http.Dir(".")))',
    /reads \/app \(http\.Dir in main\.go\), the folder that holds the program/,
  ],
  [
    "any name in its own folder",
    ["os"],
    'os.ReadFile("./" + somewhere())',
    /reads files of \/app whose names cannot be told/,
  ],
  ["a file of the build image", ["os"], 'os.ReadFile("/etc/os-release")', /Whether the image holds \/etc\/os-release/],
  [
    "another folder to work in",
    ["os"],
    'os.Chdir("/data"); os.ReadFile("x")',
    /changes the folder it works in \(os\.Chdir/,
  ],
  ["an unknown place to write to", ["os"], "os.Create(somewhere())", /where cannot be told \(os\.Create in main\.go\)/],
  ["a log of the system", ["os"], 'os.Create("/var/log/a.log")', /writes into \/var\/log .* a folder of the system/],
  ["another program", ["os/exec"], 'exec.Command("ls")', /starts other programs \(exec\.Command in main\.go\)/],
])("refused: %s", (_name, imports, body, reason) => {
  expect(() => offer(program(imports, body, "a.txt"), "distroless")).toThrow(reason);
});

refuses(
  "a file that a script may have made",
  "distroless",
  program(["os"], 'os.ReadFile("made.txt")', "make.sh").replace("RUN go", "RUN ./make.sh\nRUN go"),
  /Whether the image holds \/app\/made\.txt/,
);

test("a file that the user names is said", () => {
  const { assumes } = offer(program(["os"], 'os.ReadFile(os.Args[1]); os.Create(os.Getenv("OUT"))'), "distroless");
  expect(assumes[0]).toBe(
    "The program opens files that whoever starts it names (os.ReadFile in main.go and 1 more): they are not the image's, and its user has to be allowed to.",
  );
});

test("a file that CMD names comes along", () => {
  const source = program(["os"], "os.ReadFile(os.Args[1])", "a.txt").replace('["/bin/a"]', '["/bin/a", "a.txt"]');
  expect(copied(source)).toEqual(["COPY --from=build /app/a.txt /app/a.txt"]);
});

test("what writes into the program's own folder stays root", () => {
  const answer = offer(program(["os"], 'os.Create("out.txt")'), "distroless");
  expect(answer.change().edits.some(({ text }) => text.includes("FROM gcr.io/distroless/static-debian13\n"))).toBe(
    true,
  );
  expect(answer.assumes).toContain(
    "The program stays root: it writes /app/out.txt (os.Create in main.go), into /app, which another user may not.",
  );
});

test("a folder of the author's own user is that user's", () => {
  const source = program(["os"], 'os.MkdirAll("data", 0o755)').replace("CMD", "RUN mkdir data\nUSER 1000\nCMD");
  expect(copied(source)).toContain("COPY --from=build --chown=1000:1000 /app/data /app/data");
});

test("a folder that the stage makes comes along where modules were not read", () => {
  const source = program(["github.com/x/index"], 'index.Open("data")').replace(
    "RUN go",
    "RUN mkdir -p /app/data /tmp/x\nRUN go",
  );
  expect(copied(source)).toContain("COPY --from=build --chown=65532:65532 /app/data /app/data");
  expect(copied(source).join()).not.toContain("/tmp/x");
});

test.each([
  ["the author's user has to be able to write to", "VOLUME /data\nUSER 1000", true],
  ["root writes to as it comes", "VOLUME /data", false],
])("a VOLUME that %s", (_name, lines, expected) => {
  const source = program(["os"], 'os.WriteFile("/data/x", nil, 0)').replace("CMD", `RUN mkdir /data\n${lines}\nCMD`);
  expect(copied(source).includes("COPY --from=build --chown=1000:1000 /data /data")).toBe(expected);
});

test("a folder that it makes is not taken to be mounted too", () => {
  const body = 'os.WriteFile("data/x", nil, 0); os.MkdirAll("data", 0)';
  expect(offer(program(["os"], body), "distroless").assumes.join()).not.toContain("mounted");
});

test("a folder that is to be mounted is said", () => {
  const { assumes } = offer(program(["os"], 'os.Create("/data/x")'), "distroless");
  expect(assumes).toContain(
    "/data, where the program writes (os.Create in main.go), is not in the image: it is taken to be mounted.",
  );
});

test("what is kept in the user's folder has one on distroless, and none on scratch", () => {
  const source = program(
    ["os", "path/filepath"],
    'dir, _ := os.UserConfigDir(); os.WriteFile(filepath.Join(dir, "x"), nil, 0)',
  );
  expect(offer(source, "distroless").assumes).toContain(
    "What the program keeps in its user's folder (os.WriteFile in main.go) is in /home/nonroot from now on.",
  );
  expect(() => offer(source, "scratch")).toThrow(/scratch has no users/);
});

test.each([
  [
    "a file",
    "file:data/a.db?cache=shared",
    ["RUN mkdir -p /app/data", "COPY --from=build --chown=65532:65532 /app/data /app/data"],
  ],
  ["in memory", ":memory:", []],
])("SQLite %s", (_name, dsn, expected) => {
  const source = program(["database/sql", "os"], `os.MkdirAll("data", 0); sql.Open("sqlite", "${dsn}")`);
  const lines = copied(source);
  if (expected.length > 0) expect(lines).toEqual(expected);
  else expect(lines.join()).not.toContain("memory");
});

test("an SQLite database that another library opens", () => {
  const source = program(["github.com/jinzhu/gorm", "os"], 'os.MkdirAll("db", 0); gorm.Open("sqlite3", "db/a.db")');
  expect(copied(source)).toContain("COPY --from=build --chown=65532:65532 /app/db /app/db");
});

test.each<[string, readonly string[], string, RegExp]>([
  [
    "a field that may be decoded",
    ["os"],
    'c := conf{Path: "a.txt"}; os.ReadFile(c.Path) }\ntype conf struct {\n\tPath string `json:"path"`\n}\nfunc x() {',
    /which ones cannot be told/,
  ],
  ["a field of another's struct", ["os"], "os.ReadFile(other.Path)", /which ones cannot be told/],
  [
    "a variable that a call may set",
    ["os"],
    'path := "a.txt"; scan(&path); os.ReadFile(path)',
    /which ones cannot be told/,
  ],
  [
    "a path that grows out of itself",
    ["os", "path/filepath"],
    'walk("conf") }\nfunc walk(dir string) { os.ReadFile(dir + "/a"); walk(filepath.Join(dir, "b"))',
    /which ones cannot be told/,
  ],
  [
    "what lies beside the program",
    ["os", "path/filepath"],
    'os.ReadFile(filepath.Join(filepath.Dir(os.Args[0]), "a.txt"))',
    /which ones cannot be told/,
  ],
  ["a value of itself alone", ["os"], "path = path; os.ReadFile(path)", /which ones cannot be told/],
  ["a variable that grows", ["os"], 'path := "a"; path += next(); os.ReadFile(path)', /which ones cannot be told/],
  [
    "an SQLite database nowhere",
    ["modernc.org/sqlite"],
    "sqlite.X()",
    /SQLite database .* where it lies cannot be told/,
  ],
  [
    "a module that starts programs",
    ["github.com/chromedp/chromedp"],
    "chromedp.Run()",
    /uses github\.com\/chromedp\/chromedp, which starts/,
  ],
  [
    "a file system of any path",
    ["github.com/spf13/afero"],
    "afero.NewOsFs()",
    /which ones cannot be told \(afero\.NewOsFs/,
  ],
])("refused as well: %s", (_name, imports, body, reason) => {
  expect(() => offer(program(imports, body, "a.txt"), "distroless")).toThrow(reason);
});

test.each([
  ["raw sockets", "golang.org/x/net/icmp"],
  ["the engine's socket", "github.com/docker/docker/client"],
])("what only root may do stays root: %s", (_name, path) => {
  expect(offer(program([path], "x.Y()"), "distroless").assumes).toContain(
    `The program stays root: it uses ${path}, whose work another user may not do.`,
  );
});

test.each([
  ["os", "os.Geteuid"],
  ["os/user", "user.Current"],
  ["syscall", "syscall.Getgid"],
])("who asks who runs it stays root: %s.%s", (path, call) => {
  expect(offer(program([path], `${call}()`), "distroless").assumes).toContain(
    `The program stays root: it asks who runs it (${call} in main.go).`,
  );
});

test.each([
  ["net.DialTimeout", 'net.DialTimeout("ip4:icmp", "127.0.0.1", 0)'],
  ["net.Dial", 'net.Dial(proto, "127.0.0.1") }\nconst proto = "ip6:" + "58"\nfunc x() {'],
  ["net.ListenPacket", 'net.ListenPacket("ip4:icmp", "0.0.0.0")'],
  ["d.DialContext", 'd := net.Dialer{}; d.DialContext(ctx, "ip:1", "127.0.0.1")'],
  ["net.ListenIP", "net.ListenIP(network, nil)"],
])("a raw socket stays root's: %s", (call, body) => {
  expect(offer(program(["net"], body), "distroless").assumes).toContain(
    `The program stays root: it calls ${call} (main.go), which another user may not.`,
  );
});

test.each(['net.Dial("tcp", "ip:80")', 'net.Listen("tcp", ":80")', "d.DialContext(ctx, network, address)"])(
  "a network that is no raw socket is anyone's: %s",
  (body) => {
    expect(offer(program(["net"], body), "distroless").assumes.join()).not.toContain("stays root");
  },
);

test.each([
  ["os.Chown", 'os.Chown("data/a.txt", 1000, 1000)'],
  ["os.Lchown", 'os.Lchown("data/a.txt", 1000, 1000)'],
  ["f.Chown", 'f, _ := os.OpenFile("data/a.txt", os.O_RDWR, 0); f.Chown(1000, 1000)'],
])("who gives files away stays root: %s", (call, body) => {
  const source = program(["os"], body, "data/a.txt");
  expect(copied(source)).toEqual(["COPY --from=build /app/data /app/data"]);
  expect(offer(source, "distroless").assumes).toContain(
    `The program stays root: it calls ${call} (main.go), which another user may not.`,
  );
});

test.each([
  ["net.LookupPort", 'net.LookupPort("tcp", "postgresql")'],
  ["r.LookupPort", 'r := net.Resolver{}; r.LookupPort(ctx, "tcp", "postgresql")'],
])("names of ports are in no scratch: %s", (call, body) => {
  const source = program(["net"], body);
  expect(() => offer(source, "scratch")).toThrow(
    `The program looks up ports by their names (${call} in main.go), which stand in /etc/services: scratch has none, distroless static has.`,
  );
  expect(copied(source)).toEqual([]);
});

test("a key may be its owner's alone: it becomes the user's", () => {
  const source = program(["crypto/tls"], 'tls.LoadX509KeyPair("tls.crt", "tls.key")', "tls.crt", "tls.key");
  expect(copied(source)).toEqual(["COPY --from=build --chown=65532:65532 /app/tls.crt /app/tls.key /app/"]);
});

test.each<[string, string, readonly string[], (source: string) => string]>([
  ["a file of that mode", 'os.ReadFile("a.json")', ["a.json private"], (source) => source],
  ["a file below a folder", 'os.ReadDir("conf")', ["conf/a.json private"], (source) => source],
  [
    "what a step makes so",
    'os.ReadFile("a.json")',
    ["a.json"],
    (source) => source.replace("RUN go", "RUN chmod 600 a.json\nRUN go"),
  ],
  [
    "what COPY makes so",
    'os.ReadFile("a.json")',
    ["a.json"],
    (source) => source.replace("COPY . .", "COPY --chmod=640 . ."),
  ],
])("what its owner alone may read becomes the user's: %s", (_name, body, files, change) => {
  const source = change(program(["os"], body, ...files));
  expect(copied(source)).toHaveLength(1);
  expect(copied(source)[0]).toMatch(/^COPY --from=build --chown=65532:65532 \/app\/(?:a\.json|conf) /);
  expect(copied(source, "scratch")[0]).not.toContain("--chown");
});

test("a file that is another's alone changes nothing for those that are read", () => {
  const source = program(["os"], 'os.ReadFile("a.json")', "a.json", "b.json private").replace(
    "RUN go",
    "RUN chmod +x a.json\nRUN go",
  );
  expect(copied(source)).toEqual(["COPY --from=build /app/a.json /app/a.json"]);
});

test("a server for a database is no file", () => {
  expect(copied(program(["database/sql", "os"], 'sql.Open("postgres", os.Getenv("DB"))'))).toEqual([]);
});

test("a folder that modules may open, by its name in the sources", () => {
  const source = program(["github.com/x/views"], 'views.New("./views"); other("embedded/y")', "views/a.html", "main");
  expect(copied(source)).toEqual(["COPY --from=build /app/views /app/views"]);
});

test("what is embedded is part of the program", () => {
  const body = 'use("web") }\n//go:embed web/*\nvar files embed.FS\nfunc x() {';
  expect(copied(program(["embed", "github.com/x/y"], body, "web/a.html"))).toEqual([]);
});

test("data that is copied by name comes along where modules were not read", () => {
  const source = program(["github.com/x/y"], "y.Z()", "config.yaml").replace(
    "COPY . .",
    "COPY . .\nCOPY config.yaml /conf/",
  );
  expect(copied(source)).toContain("COPY --from=build /conf/config.yaml /conf/config.yaml");
});

refuses(
  "a VOLUME that the author's user may have been given, and that nothing is seen to write to",
  "distroless",
  program(["fmt"], 'fmt.Println("hello")').replace(
    "CMD",
    "RUN mkdir /data && chown 1000 /data\nVOLUME /data\nUSER 1000\nCMD",
  ),
  "The folder of VOLUME /data may be 1000's in this stage, and would be root's in the final one, where 1000 could not write.",
);

rewrites(
  "a program that asks where its own sources stood keeps their paths",
  "scratch",
  `FROM golang:1.26
WORKDIR /src
COPY . .
RUN go build -o /where .
CMD ["/where"]
#- go.mod
module example.com/where

go 1.26
#- main.go
package main

import "runtime"

func main() {
	_, file, _, _ := runtime.Caller(0)
	println(file)
}`,
  `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /where .

FROM scratch
WORKDIR /src
COPY --from=build /where /where
CMD ["/where"]
`,
);
