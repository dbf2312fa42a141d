/** The language server against dockerfile-language-server-nodejs, in the same run: printed by `npm run bench`, or alone. */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { type LspServer, memoryOf, type SessionTimes, timeSession } from "./lsp-session.mts";
import { interleave, median, table } from "./processes.mts";
import { linesOf } from "./shapes.mts";

const peer = createRequire(import.meta.url).resolve("dockerfile-language-server-nodejs/bin/docker-langserver");

const SERVERS: readonly LspServer[] = [
  { name: "ballast (pull)", argv: ["dist/server.js", "--stdio"], pulls: true },
  { name: "ballast (push)", argv: ["dist/server.js", "--stdio"], pulls: false },
  { name: "dockerfile-language-server-nodejs", argv: [peer, "--stdio"], pulls: false },
];

const ROUNDS = 5;
const KEYSTROKES = 60;
const FILES = 50;

/** Prints one table for each length; the servers take turns. */
export async function benchServers(): Promise<void> {
  for (const [lines, target] of [
    [100, 5],
    [2_000, 30],
  ] as const) {
    console.log(
      `\n## The language server at ${lines} lines (keystroke → diagnostics, p95 ≤ ${target} ms; typing begins a second after opening)\n`,
    );
    const times = SERVERS.map((): SessionTimes[] => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [at, server] of SERVERS.entries())
        times[at]?.push(await timeSession(server, linesOf(lines), KEYSTROKES));
    }
    const head = ["server", "initialize ms", "open ms", "p50 ms", "p95 ms", "CPU ms each", "peak MiB"];
    console.log(
      table(
        head,
        SERVERS.map(({ name }, at) => [name, ...summary(times[at] ?? [])]),
      ),
    );
  }
  const [bare] = interleave([{ name: "node -e 0", argv: [process.execPath, "-e", "0"] }], ROUNDS);
  console.log(`\nBare \`node -e 0\`, start to end: ${bare?.median.toFixed(0)} ms (initialize ≤ that + 80 ms).`);
}

/** Prints what the servers keep with many files open. */
export async function benchMemory(): Promise<void> {
  console.log(`\n## Memory with ${FILES} files of 100 lines open (MiB)\n`);
  const texts = Array.from({ length: FILES }, (_, at) => linesOf(100).replaceAll("package-", `package-${at}-`));
  const rows: string[][] = [];
  for (const server of SERVERS) {
    const [one, all] = [await memoryOf(server, texts.slice(0, 1)), await memoryOf(server, texts)];
    rows.push([server.name, ...[one, all].map((each) => each?.toFixed(0) ?? "?")]);
  }
  console.log(table(["server", "1 file", `${FILES} files`], rows));
}

function summary(times: readonly SessionTimes[]): readonly string[] {
  const keystrokes = times.flatMap((each) => each.keystrokes).sort((a, b) => a - b);
  const p95 = keystrokes[Math.floor(keystrokes.length * 0.95)] ?? Number.NaN;
  const known = (values: readonly (number | undefined)[], digits: number) => {
    const all = values.filter((value) => value !== undefined);
    return all.length === 0 ? "?" : median(all).toFixed(digits);
  };
  return [
    median(times.map((each) => each.initialize)).toFixed(0),
    median(times.map((each) => each.open)).toFixed(0),
    median(keystrokes).toFixed(1),
    p95.toFixed(1),
    known(
      times.map((each) => each.work),
      1,
    ),
    known(
      times.map((each) => each.memory),
      0,
    ),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await benchServers();
