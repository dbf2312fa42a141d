import { testMade } from "../../../kit/made";

const { missing, unknown } = testMade(
  (base: string, run: string) => `FROM ${base} AS build
  WORKDIR /
  COPY requirements.txt package.json ./
  RUN ${run}`,
);

// A project in / has no folder opt or usr of its own.
const venv = "python3 -m venv /opt/venv && /opt/venv/bin/pip install -r requirements.txt";
missing("a virtual environment by another name", "python:3.13", venv, "/opt/env");
unknown("the virtual environment", "python:3.13", venv, "/opt/venv");
missing("what npm in / does not make", "node:22", "npm install", "/opt/app/dist");
unknown("what npm in / may make", "node:22", "npm install", "/dist");
unknown("a folder in / by the name of one of the system's", "node:22", "npm install", "/lib/out.js");
unknown("what a script in / may make", "node:22", "npm run build", "/public");

// rustup has folders of its own.
missing(
  "a toolchain leaves the project as it is",
  "rust:1.90",
  "rustup target add wasm32-wasip1",
  "/target/release/app",
);
unknown("what rustup runs", "rust:1.90", "rustup run nightly cargo build --release", "/target/release/app");

const bootstrap = "python -m venv venv && venv/bin/pip install flask && venv/bin/opentelemetry-bootstrap -a install";
missing("packages come to stand in the environment of pip", "python:3.13", bootstrap, "/env");
unknown("what they bring there", "python:3.13", bootstrap, "/venv/bin/opentelemetry-instrument");

unknown("the environment that poetry makes in the project", "python:3.13", "poetry install", "/.venv/bin/python");
unknown("that of pipenv", "python:3.13", "pipenv install", "/.venv/bin/python");

const flask = "pip install flask";
const site = "/usr/local/lib/python3.12/site-packages";
missing("the libraries of another version of Python", "python:3.13-slim", flask, site);
missing("the same beside packages of Alpine", "python:3.13-alpine", `apk add --no-cache g++ && ${flask}`, site);
missing("the same beside packages of Debian", "python:3.13-slim", `apt-get install -y g++ && ${flask}`, site);
unknown("the libraries of that version", "python:3.13-slim", flask, "/usr/local/lib/python3.13/site-packages/flask");
unknown("Debian's own Python", "python:3.13-slim", `apt-get install -y python3 && ${flask}`, site);
unknown("a package that is not known", "python:3.13-slim", `apt-get install -y acme-tools && ${flask}`, site);
unknown("the Python of a full image", "python:3.13", flask, site);
unknown("a version that the tag does not say", "python:3-slim", flask, site);
unknown("a library that a package brings", "python:3.13-slim", flask, "/usr/local/lib/libflask.so");

// Variables and settings say where tools write.
const flasked = "pip install flask";
missing("no folder of pip's own", "python:3.13", flasked, "/deps");
unknown("the folder of a variable", "python:3.13", `export PIP_TARGET=/deps && ${flasked}`, "/deps");
unknown(
  "that of its settings",
  "python:3.13",
  `echo '[install]\\nprefix=/deps' > /etc/pip.conf && ${flasked}`,
  "/deps",
);
unknown("that of a setting", "python:3.13", `pip config set install.prefix /deps && ${flasked}`, "/deps");
unknown(
  "a Python that uv fetches",
  "debian:13",
  "export UV_PYTHON_INSTALL_DIR=/python && cd /srv/app && uv sync",
  "/python",
);
unknown(
  "the target of cargo",
  "rust:1.90",
  "export CARGO_BUILD_TARGET_DIR=/t && cd /srv/app && cargo build --release",
  "/t/release/app",
);
unknown(
  "a locale that is made elsewhere",
  "debian:13",
  "localedef -i en_US -f UTF-8 /out/en_US.UTF-8",
  "/out/en_US.UTF-8",
);
unknown(
  "a folder that CMakeLists.txt may name",
  "debian:13",
  "cd /srv/app && cmake -B b && cmake --build b",
  "/dist/bin/app",
);
for (const [base, run] of [
  ["eclipse-temurin:21", "javac @options"],
  ["haskell:9", "stack install"],
  ["elixir:1.18", "mix release"],
] as const)
  unknown(`a folder that the files of ${run} may name`, base, `cd /srv/app && ${run}`, "/dist/app");
