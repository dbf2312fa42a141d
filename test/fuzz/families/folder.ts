import { type Family, inFolder, lines, nested } from "./family";

const numbers = (size: number) => Array.from({ length: size }, (_, at) => at);

/** A build by another tool, shipped from the image of its own. */
const buildBy = (image: string, run: string) =>
  `FROM ${image} AS build\nWORKDIR /src\nCOPY . .\n${run}\nFROM debian:trixie\nCOPY --from=build /src/out /app\nCMD ["/app/a"]\n`;

/** Files beside the Dockerfile. */
export const FOLDER: readonly Family[] = [
  inFolder("services of a compose file", 4_000, (size) => ({
    "compose.yaml": `services:\n${lines(size, (at) => `  s${at}:\n    build: { context: ., target: build }\n    ports: ["80${at}:80"]`)}`,
  })),
  inFolder("a compose file that nests", 10_000, (size) => ({
    "compose.yaml": `services: ${nested("{a: ", "b", "}")(size)}`,
  })),
  inFolder("targets of a bake file", 25_000, (size) => ({
    "docker-bake.hcl": lines(size, (at) => `target "t${at}" {\n  target = "build"\n}`),
  })),
  inFolder("targets of a JSON bake file", 25_000, (size) => ({
    "docker-bake.json": JSON.stringify({
      target: Object.fromEntries(Array.from({ length: size }, (_, at) => [`t${at}`, { target: "build" }])),
    }),
  })),
  inFolder("a JSON bake file that nests", 100_000, (size) => ({
    "docker-bake.json": nested('{"target":', "1", "}")(size),
  })),
  inFolder("lines of a Makefile", 60_000, (size) => ({ Makefile: `build:\n${lines(size, (at) => `\techo ${at}`)}` })),
  inFolder("targets of a Makefile", 40_000, (size) => ({
    Makefile: lines(size, (at) => `t${at}: t${at + 1}\n\techo $(A${at})`),
  })),
  inFolder("variables of a Makefile", 40_000, (size) => ({
    Makefile: lines(size, (at) => `A${at} := $(A${at - 1}) x`),
  })),
  inFolder("build commands of a script", 25_000, (size) => ({
    "ci.sh": lines(size, () => "docker build --target build ."),
  })),
  inFolder("lines of go.mod", 20_000, (size) => ({
    "go.mod": `module a\n\ngo 1.26\n\nrequire (\n${lines(size, (at) => `\texample.com/m${at} v1.0.${at}`)})\n`,
  })),
  inFolder("calls of a Go file", 30_000, (size) => ({
    "a.go": `package main\n\nimport "os"\n\nfunc main() {\n${lines(size, (at) => `\tos.Open("a${at}")`)}}\n`,
  })),
  inFolder("Go variables that refer to the last", 25_000, (size) => ({
    "a.go": `package main\n\nimport "os"\n\nfunc main() {\n\ta0 := "x"\n${lines(size, (at) => `\ta${at + 1} := a${at} + "y"`)}\tos.Open(a${size})\n}\n`,
  })),
  inFolder("a Go expression that nests", 30_000, (size) => ({
    "a.go": `package main\n\nimport "os"\n\nfunc main() { os.Open(${nested("(", '"x"', ")")(size)}) }\n`,
  })),
  inFolder("a Go sum", 30_000, (size) => ({
    "a.go": `package main\n\nimport "os"\n\nfunc main() { os.Open("x"${' + "y"'.repeat(size)}) }\n`,
  })),
  inFolder("Go functions that call the next", 20_000, (size) => ({
    "a.go": `package main\n\nimport "os"\n\nfunc main() { f0("x") }\n${lines(size, (at) => `func f${at}(p string) { f${at + 1}(p + "y") }`)}func f${size}(p string) { os.Open(p) }\n`,
  })),
  inFolder("a Go call that nests", 30_000, (size) => ({
    "a.go": `package main\n\nimport "os"\n\nfunc f(p string) string { return p }\n\nfunc main() { os.Open(${nested("f(", '"x"', ")")(size)}) }\n`,
  })),
  inFolder("Go files", 2_000, (size) =>
    Object.fromEntries(
      Array.from({ length: size }, (_, at) => [
        `p${at}/a.go`,
        `package p${at}\n\nimport "os"\n\nfunc F() { os.Open("x") }\n`,
      ]),
    ),
  ),
  // What builders ask for.
  inFolder("bake targets that inherit", 30_000, (size) => ({
    "docker-bake.hcl": lines(size, (at) => `target "t${at}" {\n  inherits = ["t${at + 1}", "t${at + 1}"]\n}`),
  })),
  inFolder("a bake target that inherits from itself", 100_000, (size) => ({
    "docker-bake.hcl": `target "a" {\n  target = "build"\n  inherits = [${'"a",'.repeat(size)}]\n}\n`,
  })),
  inFolder("args of a bake file that never close", 100_000, (size) => ({ "docker-bake.hcl": "args={".repeat(size) })),
  inFolder("a word of a bake file", 800_000, (size) => ({ "docker-bake.hcl": `args={${"a".repeat(size)}` })),
  inFolder("builds on a line of a script", 50_000, (size) => ({
    "ci.sh": `docker build${" --target build".repeat(size)} .\n`,
  })),
  inFolder("build commands on long lines", 200, (size) => ({
    "ci.sh": lines(size, () => `docker build${" --target a".repeat(360)} .`),
  })),
  inFolder("keys of a compose file", 60_000, (size) => ({
    "compose.yaml": `services:\n${lines(size, (at) => `  s${at}: {}`)}`,
  })),
  inFolder("aliases of a compose file", 40_000, (size) => ({
    "compose.yaml": `a: &a [b]\nservices: [${"*a, ".repeat(size)}]\n`,
  })),
  // What a build reads.
  inFolder(
    "scripts of a package.json",
    40_000,
    (size) => ({
      "package.json": JSON.stringify({
        scripts: Object.fromEntries(numbers(size).map((at) => [`s${at}`, "vite build"])),
      }),
    }),
    buildBy("node:24", "RUN npm ci && npm run build"),
  ),
  inFolder(
    "a package.json that nests",
    100_000,
    (size) => ({ "package.json": nested('{"scripts":', "1", "}")(size) }),
    buildBy("node:24", "RUN npm ci && npm run build"),
  ),
  inFolder(
    "tables of a Cargo.toml",
    60_000,
    (size) => ({ "Cargo.toml": lines(size, (at) => `[[bin]]\nname = "a${at}"`) }),
    buildBy("rust:1.90", "RUN cargo build --release"),
  ),
  inFolder(
    "a pom.xml that nests",
    100_000,
    (size) => ({ "pom.xml": nested("<a>", "b", "</a>")(size) }),
    buildBy("maven:3", "RUN mvn package"),
  ),
  inFolder(
    "plugins of a pom.xml",
    20_000,
    (size) => ({ "pom.xml": `<project><build>${"<plugin><artifactId>a</artifactId></plugin>".repeat(size)}` }),
    buildBy("maven:3", "RUN mvn package"),
  ),
  inFolder(
    "tags of a pom.xml that never close",
    200_000,
    (size) => ({ "pom.xml": "<plugin><finalName><!--".repeat(size >> 2) }),
    buildBy("maven:3", "RUN mvn package"),
  ),
  inFolder(
    "lines of requirements.txt",
    100_000,
    (size) => ({ "requirements.txt": lines(size, (at) => `p${at}==1.0`) }),
    buildBy("python:3.13", "RUN pip install -r requirements.txt"),
  ),
  inFolder(
    "project files of dotnet",
    1_000,
    (size) =>
      Object.fromEntries(numbers(size).map((at) => [`p${at}/p.csproj`, "<Project><PropertyGroup></PropertyGroup>"])),
    buildBy("mcr.microsoft.com/dotnet/sdk:9.0", "RUN dotnet publish -c Release -o /app"),
  ),
  inFolder("files of the folder", 20_000, (size) =>
    Object.fromEntries(numbers(size).map((at) => [`d${at % 99}/f${at}`, "x"])),
  ),
  inFolder(
    "COPY lines of many files",
    9_000,
    (size) => Object.fromEntries(numbers(size).map((at) => [`d${at % 99}/f${at}`, "x"])),
    `FROM debian:trixie\n${lines(9_000, (at) => `COPY d${at % 99}/f${at} d?/f${at}* /x/`)}CMD ["/x/f1"]\n`,
  ),
  inFolder(
    "a folder that is deep",
    1_000,
    (size) => Object.fromEntries(numbers(size).map((at) => [`${"d/".repeat(at)}f`, "x"])),
    `FROM debian:trixie\nCOPY . /x\nCOPY ${"d/".repeat(500)} /y\nCMD ["/x/f"]\n`,
  ),
];
