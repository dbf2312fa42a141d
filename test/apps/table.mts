/** The page that shows what the apps came to. */
import { formatBytes } from "../../server/src/core/index.ts";
import { APPS } from "./apps.mts";
import type { Outcome } from "./prove.mts";

export interface Results {
  readonly engine: string;
  readonly platform: string;
  /** The bases were made on the machine, not pulled. */
  readonly standIn: boolean;
  readonly outcomes: readonly Outcome[];
}

const HEADS = ["app", "what it is", "before", "ships on", "after", "before ÷ after", "the expert's", "verdict"];

function size(bytes: number | null): string {
  return bytes === null ? "–" : formatBytes(bytes);
}

function rowOf({ app, target, before, shipsOn, after, expert, verdict }: Outcome, first: boolean): readonly string[] {
  const about = APPS.find(({ name }) => name === app)?.about ?? "";
  return [
    first ? `[${app}](../test/apps/${app})` : "",
    first ? about : "",
    size(before),
    shipsOn?.replace(/^gcr\.io\/distroless\//, "") ?? `no ${target}`,
    size(after),
    before === null || after === null ? "–" : `${(before / after).toFixed(before < 10 * after ? 1 : 0)}×`,
    size(expert),
    verdict.replaceAll("|", "\\|").replaceAll("\n", " "),
  ];
}

export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((each, at) => rowOf(each, outcomes[at - 1]?.app !== each.app));
  return [HEADS, HEADS.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Apps that were never measured, in words. */
function unmeasured(outcomes: readonly Outcome[]): string {
  const names = APPS.map(({ name }) => name).filter((name) => !outcomes.some(({ app }) => app === name));
  return names.length === 0 ? "" : `\nNot measured yet: ${names.join(", ")}.\n`;
}

function days(outcomes: readonly Outcome[]): string {
  const dates = outcomes.map(({ date }) => date).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  return first === last ? `on ${first}` : `between ${first} and ${last}`;
}

export function page({ engine, platform, standIn, outcomes }: Results): string {
  return `# Small programs, converted

Each of them is in \`test/apps\`, with a Dockerfile as people write it. It is rewritten, built before and after on a real engine,
asked the same, and held to the answers that its \`app.ts\` states. *Same* means that both gave exactly those. A row without an
image after it is a refusal, with the sentence that the user reads. *The expert's* is the size with a file that somebody wrote
by hand. Sizes are bytes of the files in the layers, as \`docker images\` printed them before Engine 29. CI does this for most of
them at each change, \`npm run proof\` for all.

Measured ${days(outcomes)} with Docker Engine ${engine}, ${platform}.${standIn ? " The base images were stand-ins made of the same Debian packages, on a machine that reaches no registry: with the official ones the sizes differ by what those differ." : ""}

${tableOf(outcomes)}
${unmeasured(outcomes)}
<!-- Generated from docs/apps.json by \`npm run apps\`. -->
`;
}
