/** Shell scripts out of the shell's grammar, for RUN, CMD, HEALTHCHECK and heredocs. */
import fc from "fast-check";

/** Words of the Dockerfile's variables, with every operator that BuildKit knows, nested too. */
export const variable: fc.Arbitrary<string> = fc.letrec<{ readonly variable: string }>((tie) => ({
  variable: fc.oneof(
    { maxDepth: 3, depthIdentifier: "variable" },
    fc.constantFrom("$A", "${A}", "$TARGETARCH", "${VERSION}", "$1", "$$", "$", "${", "${}", "$PATH"),
    fc
      .tuple(
        fc.constantFrom("A", "VERSION", "BUILDPLATFORM", "a_b", ""),
        fc.constantFrom(":-", "-", ":+", "+", ":?", "?", "#", "##", "%", "%%", "/", "//", ":", "@"),
        fc.oneof(fc.constantFrom("", "x", "*", "*/", "/a/b", "[a-z]", "x/y", "\\}", "'q'", '"q"'), tie("variable")),
      )
      .map(([name, operator, word]) => `\${${name}${operator}${word}}`),
  ),
})).variable;

const PROGRAMS = [
  ...[
    "go build -o /app .",
    "go build ./cmd/...",
    "CGO_ENABLED=0 GOOS=linux go build -ldflags='-s -w' -o out/app main.go",
  ],
  ...["go mod download", "go install example.com/x@latest", "make build", "make -C sub install DESTDIR=/out"],
  ...[
    "apt-get update",
    "apt-get install -y --no-install-recommends curl git",
    "apk add --no-cache build-base",
    "dnf -y install gcc",
  ],
  ...[
    "rm -rf /var/lib/apt/lists/*",
    "mkdir -p /out/{a,b}",
    "cp -a /app /out/",
    "mv a b",
    "ln -sf /a /b",
    "chmod +x /app",
    "chown -R 1000:1000 /srv",
  ],
  ...[
    "install -m 755 app /usr/local/bin/",
    "tar -xzf a.tgz -C /opt --strip-components=1",
    "curl -fsSL https://example.com/a -o /a",
    "wget -O- x",
  ],
  ...[
    "cd /src",
    "cd",
    "cd -",
    "export A=b",
    "A=b",
    "set -eux",
    "echo hello",
    "true",
    ":",
    "exit 1",
    "exec /app",
    "source ./env",
    ". ./env",
  ],
  ...[
    "useradd -u 1000 app",
    "adduser -D app",
    "pip install -r requirements.txt",
    "npm ci --omit=dev",
    "cargo build --release",
    "mvn -B package",
  ],
  ...[
    "./entrypoint.sh",
    "/bin/sh -c 'cd /x && make'",
    'bash -c "echo $A"',
    "sh -ec 'a; sh -c \"b; sh -c c\"'",
    "eval $CMD",
    "python -c 'print(1)'",
  ],
  ...[
    "find / -name '*.a' -delete",
    "sed -i s/a/b/ /etc/x",
    "printf '%s\\n' a b",
    "test -f /a",
    "[ -f /a ]",
    "[[ $A == b* ]]",
    "((i++))",
  ],
];

const REDIRECTIONS = [
  "> /out",
  ">> /etc/profile",
  "2>&1",
  "< /in",
  "> /dev/null",
  "&> x",
  "<<< word",
  "> $A",
  ">|x",
  "3<>y",
];

interface Shell {
  readonly command: string;
  readonly list: string;
}

/** Commands as an author writes them on one line. */
export const script: fc.Arbitrary<string> = fc.letrec<Shell>((tie) => ({
  command: fc.oneof(
    { maxDepth: 4, depthIdentifier: "shell" },
    { weight: 8, arbitrary: fc.constantFrom(...PROGRAMS) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom(...PROGRAMS), fc.constantFrom(...REDIRECTIONS)).map((both) => both.join(" ")),
    },
    fc
      .tuple(fc.constantFrom("echo", "cp", "cd", "A="), variable)
      .map(([word, value]) => (word === "A=" ? word + value : `${word} "${value}"`)),
    tie("list").map((list) => `(${list})`),
    tie("list").map((list) => `{ ${list}; }`),
    tie("list").map((list) => `echo "$(${list})"`),
    tie("list").map((list) => `echo \`${list}\``),
    tie("list").map((list) => `sh -c '${String(list).replaceAll("'", "'\\''")}'`),
    fc.tuple(tie("list"), tie("list")).map(([clause, body]) => `if ${clause}; then ${body}; else ${clause}; fi`),
    tie("list").map((body) => `for f in a b *.go; do ${body}; done`),
    fc.tuple(tie("list"), tie("list")).map(([clause, body]) => `while ${clause}; do ${body}; done`),
    tie("list").map((body) => `case "$A" in a|b) ${body};; *) : ;; esac`),
    tie("list").map((body) => `f() { ${body}; }; f`),
  ),
  list: fc
    .array(fc.tuple(tie("command"), fc.constantFrom(" && ", " || ", "; ", " | ", " & ", " ;; ", " |& ")), {
      minLength: 1,
      maxLength: 4,
    })
    .map((commands) =>
      commands.map(([command, joint], at) => (at === commands.length - 1 ? command : command + joint)).join(""),
    ),
})).list;
