/** What a requirements file of pip asks for (pip, Requirements File Format). */
export interface Requirements {
  readonly packages: readonly Requirement[];
  /** Files that it includes by -r; those of -c only limit versions. */
  readonly includes: readonly string[];
  /** Options on lines of their own: `--index-url https://…`. */
  readonly options: readonly string[];
}

/** One package that is asked for. */
export interface Requirement {
  /** In lower case, with `-` (PEP 503); "" for a folder or an address that does not say it. */
  readonly name: string;
  /** In lower case: `binary` of `psycopg[binary]`. */
  readonly extras: readonly string[];
  /** A folder, a file or an address, and no name of an index. */
  readonly elsewhere: boolean;
  /** The folder, as it is written: `.` of `-e .`. */
  readonly folder?: string;
}

/** The names of such files: requirements.txt, requirements-dev.txt, requirements/base.txt. */
export const REQUIREMENTS = /(?:^|\/)requirements(?:[\w.-]*|\/[\w.-]+)\.txt$/;

export function readRequirements(text: string): Requirements {
  const packages: Requirement[] = [];
  const includes: string[] = [];
  const options: string[] = [];
  for (const raw of text.replace(/\\\r?\n/g, " ").split("\n")) {
    const line = withoutComment(raw).trim();
    if (line === "") continue;
    const [, include] = /^(?:-r|--requirement)[ =]?(.+)$/.exec(line) ?? [];
    if (include !== undefined) includes.push(include.trim());
    else if (/^(?:-e|--editable)\b/.test(line)) packages.push(elsewhere(line));
    else if (line.startsWith("-")) options.push(line);
    else packages.push(readRequirement(line));
  }
  return { packages, includes, options };
}

/** A requirement by its name, as on the command line and in pyproject.toml too (PEP 508). */
export function readRequirement(text: string): Requirement {
  const [, name = "", extras = "", rest = ""] = NAMED.exec(text) ?? [];
  if (name === "" || /^[^=<>~!;(,]/.test(rest)) return elsewhere(text, rest.startsWith("@") ? name : undefined);
  if (/\.(?:whl|zip|gz|bz2)$/.test(text)) return elsewhere(text);
  return {
    name: packageName(name),
    extras: extras
      .toLowerCase()
      .split(",")
      .map((each) => each.trim())
      .filter(Boolean),
    elsewhere: false,
  };
}

const NAMED = /^([A-Za-z0-9][\w.-]*)[ \t]*(?:\[([\w.,\t -]*)\])?[ \t]*(.*)$/s;

function elsewhere(text: string, name = /[#&]egg=([\w.-]+)/.exec(text)?.[1] ?? ""): Requirement {
  const [, folder] = /^(?:(?:-e|--editable)[ =]?)?(\.{0,2}\/\S*|\.{1,2}(?:\[\S*)?)$/.exec(text.trim()) ?? [];
  return { name: packageName(name), extras: [], elsewhere: true, ...(folder !== undefined && { folder }) };
}

/** The name of a package as all ways to write it are compared (PEP 503). */
export function packageName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** A comment begins a line, or has a space before it: `#egg=` does not. */
function withoutComment(line: string): string {
  for (let at = line.indexOf("#"); at >= 0; at = line.indexOf("#", at + 1)) {
    if (at === 0 || line[at - 1] === " " || line[at - 1] === "\t") return line.slice(0, at);
  }
  return line;
}
