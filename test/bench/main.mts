/**
 * `npm run bench` prints what of section 12 of the design exists by now; `npm run bench -- SECTION [options]` one of its
 * sections. What a machine lacks is said aloud.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { runOracle } from "../oracle/main.mts";
import { benchAnalysis } from "./analysis.mts";
import { benchCorpusFindings } from "./corpus-findings.mts";
import { measureEstimates, medianError } from "./estimates.mts";
import { measureHeadline } from "./headline.mts";
import { benchLinear } from "./linear.mts";
import { benchMemory, benchServers } from "./lsp.mts";
import { benchOffers } from "./offers.mts";
import { installPeers, type Peer } from "./peers.mts";
import { benchPlanted } from "./planted.mts";
import { interleave, peakMemory, table } from "./processes.mts";
import { HOSTILE, linesOf, SMALL } from "./shapes.mts";

const FILES = "out/bench/files";
mkdirSync(FILES, { recursive: true });

function file(name: string, text: string): string {
  writeFileSync(`${FILES}/${name}`, text, "latin1");
  return `${FILES}/${name}`;
}

const node = { name: "node -e 0", argv: [process.execPath, "-e", "0"] };
const ours = (path: string) => [process.execPath, "dist/cli.js", "check", path];
let installed: readonly Peer[] | undefined;
const peersHere = (): readonly Peer[] => {
  installed ??= installPeers();
  return installed;
};

function speed(title: string, path: string, rounds: number): void {
  const peers = peersHere();
  const timings = interleave(
    [node, { name: "ballast check", argv: ours(path) }, ...peers.map(({ name, argv }) => ({ name, argv: argv(path) }))],
    rounds,
  );
  console.log(`\n## ${title}\n`);
  console.log(
    table(
      ["command", "median ms", "× node -e 0"],
      timings.map((each) => [each.name, each.killed ? "killed" : each.median.toFixed(0), each.ratio.toFixed(2)]),
    ),
  );
}

function hostile(): void {
  const peers = peersHere();
  console.log("\n## Hostile input (each ≤ 1 s and ≤ 300 MiB)\n");
  const rows = HOSTILE.map(([name, shape], at) => {
    const path = file(`hostile-${at}`, shape());
    const [timing] = interleave([{ name, argv: ours(path) }], 3);
    const memory = peakMemory(ours(path));
    const others = peers.map(({ argv }) => {
      const [peer] = interleave([{ name, argv: argv(path) }], 1, { timeout: 10_000, warmUp: false });
      return peer?.killed ? "> 10 s" : `${((peer?.median ?? 0) / 1000).toFixed(2)} s`;
    });
    return [
      name,
      `${((timing?.median ?? 0) / 1000).toFixed(2)} s`,
      memory === undefined ? "?" : `${memory.toFixed(0)} MiB`,
      ...others,
    ];
  });
  console.log(table(["input", "ballast check", "peak", ...peers.map(({ name }) => name)], rows));
}

function corpus(): void {
  console.log("\n## The corpus in one process\n");
  if (!existsSync("corpus")) return console.log("not measured: no folder corpus/");
  const files = readdirSync("corpus").length;
  const timings = interleave([node, { name: "ballast check", argv: ours("corpus") }], 3);
  console.log(
    table(
      ["command", "median ms", "files/s"],
      timings.slice(1).map(({ name, median }) => [name, median.toFixed(0), (files / (median / 1000)).toFixed(0)]),
    ),
  );
}

function bundles(): void {
  console.log("\n## Bundles\n");
  const rows = ["core.js", "cli.js", "server.js", "engine.js", "client.js"].map((name) => {
    const path = `dist/${name}`;
    return [name, String(statSync(path).size), String(gzipSync(readFileSync(path)).length)];
  });
  console.log(table(["bundle", "bytes", "gzip"], rows));
}

function headline(): void {
  console.log("\n## The headline (case 3 on the engine)\n");
  const found = measureHeadline();
  if (typeof found === "string") return console.log(`not measured: ${found}`);
  const { before, tutorial, distroless, scratch, base } = found;
  const row = (name: string, bytes: number) => [name, String(bytes), `${(before / bytes).toFixed(0)}×`];
  console.log(
    table(
      ["image", "bytes", "before ÷ it"],
      [
        row("as it stands", before),
        row("the tutorial's multi-stage", tutorial),
        row("ours on scratch", scratch),
        row("ours on distroless static", distroless),
        row("distroless static alone", base),
      ],
    ),
  );
  console.log(
    `\nscratch ÷ tutorial: ${(scratch / tutorial).toFixed(3)} (target ≤ 0.70) · distroless − base: ${distroless - base} bytes (scratch: ${scratch})`,
  );
}

function estimates(): void {
  console.log("\n## Estimate against measured, over what the instructions of each app add (median ≤ 10 %)\n");
  const found = measureEstimates();
  if (typeof found === "string") return console.log(`not measured: ${found}`);
  const percent = (error: number | null | undefined) => (error == null ? "unknown" : `${(100 * error).toFixed(1)} %`);
  const rows = found.map(({ app, version, estimated, measured, error }) => [
    app,
    version,
    estimated === null ? "unknown" : String(estimated),
    String(measured),
    percent(error),
  ]);
  console.log(table(["app", "version", "estimated", "measured", "error"], rows));
  const of = (version: string) => found.filter((each) => each.version === version);
  const unknown = found.filter(({ error }) => error === null).length;
  console.log(
    `\nmedian error: ${percent(medianError(found))} of all, ${percent(medianError(of("before")))} before, ${percent(medianError(of("after")))} after; ${unknown} of ${found.length} are not known`,
  );
}

function check(): void {
  speed("`check` on a small file (10 lines; target ≤ 1.5×)", file("Dockerfile.small", SMALL), 9);
  speed("`check` at 2,000 lines (target ≤ 4×)", file("Dockerfile.2000", linesOf(2_000)), 5);
  speed("`check` at 10,000 lines", file("Dockerfile.10000", linesOf(10_000)), 3);
}

const SECTIONS: Readonly<Record<string, (args: readonly string[]) => void | Promise<void>>> = {
  check,
  analysis: benchAnalysis,
  servers: benchServers,
  memory: benchMemory,
  hostile,
  linear: benchLinear,
  corpus,
  "corpus-findings": benchCorpusFindings,
  offers: benchOffers,
  planted: benchPlanted,
  bundles,
  headline,
  estimates,
  oracle: runOracle,
};

const [wanted, ...args] = process.argv.slice(2);
if (wanted !== undefined && !SECTIONS[wanted]) {
  console.error(`There is no section ${wanted}: ${Object.keys(SECTIONS).join(", ")}.`);
  process.exit(2);
}
for (const [name, section] of Object.entries(SECTIONS))
  if (wanted === undefined || wanted === name) await section(args);
