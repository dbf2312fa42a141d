/**
 * `npm run apps` converts, builds, runs and compares every app on the engine, and writes docs/apps.json with what it
 * measured and docs/apps.md with the table. `--check` needs no engine: it fails where the two do not fit each other or
 * the apps that there are.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import Docker from "dockerode";
import { formatBytes } from "../../server/src/core/index.ts";
import { APPS, type App, type Ask } from "./apps.ts";
import { type Comparison, compareRewrite, rewriteOf, statedAnswers } from "./convert.ts";

interface Results {
  /** The day, as 2026-11-21. */
  readonly date: string;
  readonly engine: string;
  readonly platform: string;
  /** The bases were made on the machine, not pulled. */
  readonly standIn: boolean;
  readonly apps: readonly Result[];
}

interface Result {
  readonly name: string;
  readonly base: string;
  /** Bytes of the files in the layers; null where there is no such image. */
  readonly before: number | null;
  readonly after: number | null;
  readonly scratch: number | null;
  /** Of the rewrite that is preferred, and of the one to scratch where there is one. */
  readonly verdict: string;
}

const JSON_FILE = "docs/apps.json";
const PAGE = "docs/apps.md";

async function measure(): Promise<Results> {
  const docker = new Docker();
  const { Version, Os, Arch } = await docker.version();
  const { Config } = await docker.getImage("golang:1.26").inspect();
  return {
    date: new Date().toISOString().slice(0, 10),
    engine: Version,
    platform: `${Os}/${Arch}`,
    standIn: Config.Labels?.["stand-in"] === "true",
    apps: APPS.map(resultOf),
  };
}

function resultOf(app: App): Result {
  console.log(app.name);
  const rewrite = rewriteOf(app, "distroless");
  const none = { name: app.name, base: app.base, before: null, after: null, scratch: null };
  if ("refused" in rewrite) return { ...none, verdict: `refused: ${rewrite.refused}` };
  const targets = app.scratch ? ["distroless", "scratch"] : ["distroless"];
  const runs = targets.map((target) => app.asks.map((ask) => verdictOf(app, ask, target)));
  const [shipped, scratch] = runs.map(([first]) => first?.compared);
  const wrong = runs.flat().find(({ verdict }) => verdict !== "same");
  return {
    ...none,
    before: shipped?.before.bytes ?? null,
    after: shipped?.after.bytes ?? null,
    scratch: scratch?.after.bytes ?? null,
    verdict: wrong?.verdict ?? "same",
  };
}

/** `same` is said only where both gave the stated answers. */
function verdictOf(app: App, ask: Ask, target: string): { compared?: Comparison; verdict: string } {
  try {
    const compared = compareRewrite(app, ask, target);
    const { same, why, checks } = compared.behaviour;
    const asStated = statedAnswers(ask).every(([name, answer]) =>
      checks.some((check) => check.name === name && check.before === answer && check.after === answer),
    );
    if (same === true) return { compared, verdict: asStated ? "same" : "the same, but not as stated" };
    return { compared, verdict: `${same === null ? "could not tell" : "different"}: ${why ?? ""}` };
  } catch (error) {
    return { verdict: `not compared on ${target}: ${error instanceof Error ? error.message : error}` };
  }
}

function page({ date, engine, platform, standIn, apps }: Results): string {
  const size = (bytes: number | null) => (bytes === null ? "–" : formatBytes(bytes));
  const rows = apps.map(({ name, base, before, after, scratch, verdict }) => {
    const ratio = before === null || after === null ? "–" : `${(before / after).toFixed(0)}×`;
    const about = APPS.find((app) => app.name === name)?.about ?? "";
    const shipsOn = base.replace(/^gcr\.io\/distroless\//, "");
    return [
      `[${name}](../test/apps/${name})`,
      about,
      size(before),
      size(after),
      ratio,
      shipsOn,
      size(scratch),
      verdict,
    ];
  });
  const table = [
    ["app", "what it is", "before", "after", "before ÷ after", "ships on", "on scratch", "verdict"],
    rows[0]?.map(() => "---") ?? [],
    ...rows,
  ];
  return `# Twelve small Go programs, converted

Each of them is in \`test/apps\` with a Dockerfile as people write it. CI rewrites it (\`split-build-stage\`), builds it before and
after on a real engine, asks both the same, and holds them to the answers that \`test/apps/apps.ts\` states. *Same* means that
both gave exactly those. Sizes are bytes of the files in the layers, as \`docker images\` printed them before Engine 29.

Measured on ${date} with Docker Engine ${engine}, ${platform}.${standIn ? " The base images were stand-ins made of the same Debian packages, on a machine that reaches no registry: with the official ones the sizes differ by what those differ." : ""}

${table.map((row) => `| ${row.join(" | ")} |`).join("\n")}

*On scratch* has a size where the program needs nothing but itself; \`--target scratch\` is refused for the others.

<!-- Generated from ${JSON_FILE} by \`npm run apps\`. -->
`;
}

function problems(): readonly string[] {
  if (!existsSync(JSON_FILE) || !existsSync(PAGE)) return [`${JSON_FILE} and ${PAGE} are not both there`];
  const results = JSON.parse(readFileSync(JSON_FILE, "utf8")) as Results;
  const shape = (list: readonly { name: string; base: string }[]) =>
    list.map(({ name, base }) => `${name} on ${base}`).join(", ");
  return [
    ...(shape(results.apps) === shape(APPS) ? [] : [`${JSON_FILE} does not list the apps of test/apps/apps.ts`]),
    ...(readFileSync(PAGE, "utf8") === page(results) ? [] : [`${PAGE} is not what ${JSON_FILE} says`]),
  ];
}

if (process.argv.includes("--check")) {
  const found = problems();
  for (const each of found) process.stderr.write(`apps: ${each}; npm run apps writes both anew\n`);
  if (found.length > 0) process.exitCode = 1;
} else {
  const results = await measure();
  writeFileSync(JSON_FILE, `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(PAGE, page(results));
  const wrong = results.apps.filter(({ verdict }) => verdict !== "same");
  for (const { name, verdict } of wrong) process.stderr.write(`${name}: ${verdict}\n`);
  if (wrong.length > 0) process.exitCode = 1;
}
