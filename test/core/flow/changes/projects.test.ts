import { testRule } from "../../../kit/rule";

const { finds, ignores } = testRule("copied-path-missing");

const stage = (base: string, run: string, path: string, mark = "") => `
  FROM ${base} AS build
  WORKDIR /
  COPY requirements.txt package.json ./
  RUN ${run}
  FROM scratch
  COPY --from=build ${path} /x
  ${mark ? `#                 ${"^".repeat(path.length)} ${mark}` : ""}
  `;
const missing = (name: string, base: string, run: string, path: string) =>
  finds(name, stage(base, run, path, `No step of stage build makes ${path}.`));
const unknown = (name: string, base: string, run: string, path: string) => ignores(name, stage(base, run, path));

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
