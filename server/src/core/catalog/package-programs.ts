import * as apk from "./apk-programs-data";
import * as apt from "./apt-programs-data";

interface Table {
  readonly ASKED: string;
  readonly BRINGS: typeof apt.BRINGS;
}

/** What packages of one kind bring, as catalog/apt-programs.json and apk-programs.json say it. */
class Programs {
  private readonly asked: readonly string[];
  private readonly brought: ReadonlyMap<string, string>;
  /** One set for all commands that bring the same. */
  private readonly answers = new Map<string, ReadonlySet<string>>();

  constructor({ ASKED, BRINGS }: Table) {
    this.asked = ASKED.split(" ");
    this.brought = new Map(
      BRINGS.flatMap(([programs, packages]) => packages.split(" ").map((name) => [name, programs] as const)),
    );
  }

  notBrought(packages: readonly string[]): ReadonlySet<string> | undefined {
    const lists = packages.map((name) => this.brought.get(name));
    if (lists.length === 0 || lists.some((list) => list === undefined)) return undefined;
    const key = [...new Set(lists)].sort().join(" ");
    const known = this.answers.get(key) ?? this.without(key);
    this.answers.set(key, known);
    return known;
  }

  private without(brings: string): ReadonlySet<string> {
    const some = new Set(brings.split(" "));
    return new Set(this.asked.filter((program) => !some.has(program)));
  }
}

const MANAGERS = { apt: new Programs(apt), apk: new Programs(apk) };

/**
 * Programs that packages of Debian and Ubuntu (apt) or of Alpine (apk) surely do not bring, nor what they depend on or
 * recommend. Only what rules ask for was looked for; undefined where a package is not in the table.
 */
export function programsNotBrought(
  manager: keyof typeof MANAGERS,
  packages: readonly string[],
): ReadonlySet<string> | undefined {
  return MANAGERS[manager].notBrought(packages);
}

/** The programs that were looked for in packages of Debian and Ubuntu. */
const ASKED = new Set(apt.ASKED.split(" "));

/** The table says of packages of Debian and Ubuntu whether they bring the program. */
export function isAsked(program: string): boolean {
  return ASKED.has(program);
}
