import { ASKED, BRINGS } from "./apt-programs-data";

const asked = ASKED.split(" ");
const brought = new Map(
  BRINGS.flatMap(([programs, packages]) => packages.split(" ").map((name) => [name, programs] as const)),
);

/**
 * Programs that packages of Debian or Ubuntu surely do not bring, nor what they depend on or recommend. Only what rules ask
 * for was looked for; undefined where a package is not in the table (catalog/apt-programs.json).
 */
export function programsNotBrought(packages: readonly string[]): ReadonlySet<string> | undefined {
  const lists = packages.map((name) => brought.get(name));
  if (lists.length === 0 || lists.some((list) => list === undefined)) return undefined;
  const key = [...new Set(lists)].sort().join(" ");
  const known = answers.get(key) ?? without(key);
  answers.set(key, known);
  return known;
}

/** One set for all commands that bring the same. */
const answers = new Map<string, ReadonlySet<string>>();

function without(brings: string): ReadonlySet<string> {
  const some = new Set(brings.split(" "));
  return new Set(asked.filter((program) => !some.has(program)));
}
