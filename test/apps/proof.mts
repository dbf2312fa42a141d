/**
 * `npm run proof [-- NAME…]` converts, builds, runs and compares every app on the engine, or those whose names begin so,
 * and prints the table; it ends with 1 where one did not come out as it should. `npm run apps` writes docs/apps.json with
 * what was measured and docs/apps.md with the table, too; apps that it was not asked for keep their rows. `--check` needs no engine: it fails where the two do not fit
 * each other or the apps that there are. `--pending` takes the apps whose toolchain is to come for ready.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import Docker from "dockerode";
import { APPS, type App } from "./apps.mts";
import { type Outcome, proveApp } from "./prove.mts";
import { page, type Results, tableOf } from "./table.mts";

const JSON_FILE = "docs/apps.json";
const PAGE = "docs/apps.md";

async function measure(apps: readonly App[]): Promise<Results> {
  const docker = new Docker();
  const { Version, Os, Arch } = await docker.version();
  const { Config } = await docker.getImage("debian:trixie-slim").inspect();
  return {
    engine: Version,
    platform: `${Os}/${Arch}`,
    standIn: Config.Labels?.["stand-in"] === "true",
    outcomes: apps.flatMap((app) => {
      const start = performance.now();
      const outcomes = proveApp(app);
      const words = outcomes.map(({ target, verdict }) => `${target}: ${verdict}`).join("; ");
      console.log(`${app.name} (${((performance.now() - start) / 1000).toFixed(0)} s): ${words}`);
      return outcomes;
    }),
  };
}

function problems(): readonly string[] {
  if (!existsSync(JSON_FILE) || !existsSync(PAGE)) return [`${JSON_FILE} and ${PAGE} are not both there`];
  const results = JSON.parse(readFileSync(JSON_FILE, "utf8")) as Results;
  const stated = new Set(APPS.flatMap(({ name, ships }) => Object.keys(ships).map((target) => `${name} on ${target}`)));
  const gone = results.outcomes.map(({ app, target }) => `${app} on ${target}`).filter((each) => !stated.has(each));
  return [
    ...gone.map((each) => `${JSON_FILE} has ${each}, which test/apps does not state`),
    ...(readFileSync(PAGE, "utf8") === page(results) ? [] : [`${PAGE} is not what ${JSON_FILE} says`]),
  ];
}

/** The rows of this run, and of the apps that it left out those of an earlier one. */
function withEarlier(outcomes: readonly Outcome[]): readonly Outcome[] {
  const earlier = existsSync(JSON_FILE) ? (JSON.parse(readFileSync(JSON_FILE, "utf8")) as Results).outcomes : [];
  return APPS.flatMap(({ name }) => {
    const now = outcomes.filter(({ app }) => app === name);
    return now.length > 0 ? now : earlier.filter(({ app }) => app === name);
  });
}

const names = process.argv.slice(2).filter((each) => !each.startsWith("--"));
if (process.argv.includes("--check")) {
  const found = problems();
  for (const each of found) process.stderr.write(`apps: ${each}; npm run apps writes both anew\n`);
  if (found.length > 0) process.exitCode = 1;
} else {
  const named = APPS.filter(({ name }) => names.length === 0 || names.some((each) => name.startsWith(each)));
  const apps = process.argv.includes("--pending") ? named.map(({ pending, ...app }) => app) : named;
  const results = await measure(apps);
  console.log(`\n${tableOf(results.outcomes)}`);
  if (process.argv.includes("--write")) {
    const all = { ...results, outcomes: withEarlier(results.outcomes) };
    writeFileSync(JSON_FILE, `${JSON.stringify(all, undefined, 2)}\n`);
    writeFileSync(PAGE, page(all));
  }
  const wrong = results.outcomes.filter(({ right }) => !right);
  for (const { app, target, verdict } of wrong) process.stderr.write(`${app} on ${target}: ${verdict}\n`);
  if (wrong.length > 0 || apps.length === 0) process.exitCode = 1;
}
