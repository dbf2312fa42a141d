/** Asks BuildKit's own parser, through the Go program beside this file. */
import { spawnSync } from "node:child_process";
import type { FileAnswer } from "./ours.mts";

const FOLDER = "test/oracle";
const PROGRAM = `${process.cwd()}/out/oracle/oracle${process.platform === "win32" ? ".exe" : ""}`;

export interface WordQuestion {
  readonly word: string;
  readonly escape: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface WordAnswer {
  readonly value: string;
  readonly error?: string;
}

/** Builds the oracle; the sentence says why it cannot be had. */
export function buildOracle(): string | undefined {
  const { error, status, stderr } = go(["build", "-o", PROGRAM, "."]);
  if (error) return "Go was not found";
  return status === 0 ? undefined : `the oracle could not be built: ${stderr.trim().split("\n").at(-1)}`;
}

/** The release of BuildKit that the oracle asks, and where its sources are. */
export function buildkit(): { readonly version: string; readonly folder: string } {
  const { stdout } = go(["list", "-m", "-f", "{{.Version}} {{.Dir}}", "github.com/moby/buildkit"]);
  const [version = "", ...folder] = stdout.trim().split(" ");
  return { version, folder: folder.join(" ") };
}

/** BuildKit's tree of each text, or its reason to reject it. */
export function askFiles(texts: readonly string[]): readonly FileAnswer[] {
  return ask(texts.map((text) => ({ text }))) as readonly FileAnswer[];
}

/** BuildKit's value of each word. */
export function askWords(questions: readonly WordQuestion[]): readonly WordAnswer[] {
  return ask(questions) as readonly WordAnswer[];
}

function ask(questions: readonly object[]): readonly unknown[] {
  const { stdout, stderr, status } = spawnSync(PROGRAM, {
    input: questions.map((each) => JSON.stringify(each)).join("\n"),
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`the oracle failed: ${stderr}`);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function go(args: readonly string[]) {
  return spawnSync("go", args, { cwd: FOLDER, encoding: "utf8", timeout: 300_000 });
}
