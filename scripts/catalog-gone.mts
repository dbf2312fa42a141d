/** A row of catalog/never-existed.json. */
export interface NeverExisted {
  readonly patterns: readonly string[];
  readonly replacement?: string;
  readonly advice?: string;
}

/** A row of catalog/distroless/removed.json: one image. */
export interface Removed {
  readonly name: string;
  readonly tag?: string;
  readonly eol?: string;
  readonly kind?: string;
  readonly replacement?: string;
  readonly advice?: string;
}

/** And all of one Debian release. */
export interface RemovedRelease {
  readonly pattern: string;
  readonly lastUpdated: string;
  readonly replacement?: string;
  readonly advice?: string;
}

/** The lines of GONE in data.ts (server/src/core/catalog/gone.ts reads them), the first that matches counts. */
export function goneLines(
  never: readonly NeverExisted[],
  images: readonly Removed[],
  releases: readonly RemovedRelease[],
): readonly string[] {
  const patterns = new Map<string, string[]>();
  const add = (names: readonly string[], since: string, { replacement = "", advice = "" }: Partial<NeverExisted>) => {
    const fields = [since, replacement, advice].map((field) => field.replace(/[;\n`\\]/g, ","));
    const rest = fields.join(";").replace(/;+$/, "");
    patterns.set(rest, [...(patterns.get(rest) ?? []), ...names]);
  };
  for (const row of never) add(row.patterns.flatMap(braces), "", row);
  for (const row of images.filter(({ kind }) => kind === undefined).filter((each) => !isOfRelease(each, releases))) {
    add([row.tag ? `${row.name}:${row.tag}` : row.name], row.eol ?? "", row);
  }
  for (const row of releases) add(braces(row.pattern), row.lastUpdated, row);
  return [...patterns].map(([rest, names]) => `${names.join(" ")};${rest}`.replaceAll("gcr.io/distroless/", "~"));
}

/** A row that says no more than that of its Debian release: dropped on that day, and the same name is on the next. */
function isOfRelease({ name, eol, replacement, advice }: Removed, releases: readonly RemovedRelease[]): boolean {
  const [debian = ""] = /-debian\d+$/.exec(name) ?? [];
  const release = releases.find(({ pattern }) => pattern === `gcr.io/distroless/*${debian}`);
  return (
    debian !== "" &&
    release?.lastUpdated === eol &&
    advice === undefined &&
    replacement === name.replace(debian, "-debian13")
  );
}

/** A pattern with {a,b} as those without: java{8,11} is java8 and java11. */
function braces(pattern: string): readonly string[] {
  const [whole, inner = ""] = /\{([^{}]*)\}/.exec(pattern) ?? [];
  return whole === undefined
    ? [pattern]
    : inner.split(",").flatMap((each) => braces(pattern.replace(whole, () => each)));
}
