import type { Parse } from "./parsers";
import { packageName, type Requirement, readRequirement } from "./requirements";

/** What pyproject.toml says of a program and its packages (PEP 621, PEP 735, Poetry's own tables before 2.0). */
export interface Pyproject {
  /** Of the program itself; "" where there is none. */
  readonly name: string;
  /** What it needs to run, and what is only installed for development. */
  readonly packages: readonly Requirement[];
  readonly development: readonly Requirement[];
  /** `>=3.11`; undefined where nothing is said. */
  readonly python: string | undefined;
  /** Scripts that installing the program makes: `module:function` by name. */
  readonly scripts: ReadonlyMap<string, string>;
}

/** What is locked: each package with those that it wants, and whether it comes as a wheel that fits any Debian. */
export interface PythonLock {
  readonly packages: ReadonlyMap<string, LockedPackage>;
}

export interface LockedPackage {
  readonly wants: readonly string[];
  readonly hasWheel: boolean;
  /** The bytes of its wheel, compressed; undefined where the file does not say it. */
  readonly bytes: number | undefined;
}

/** Reads pyproject.toml; undefined where it is broken. */
export function readPyproject(text: string, parse: Parse): Pyproject | undefined {
  const root = tableOf(attempt(parse, text));
  if (!root) return undefined;
  const project = tableOf(root.project) ?? {};
  const poetry = tableOf(tableOf(root.tool)?.poetry) ?? {};
  const uv = tableOf(tableOf(root.tool)?.uv) ?? {};
  const groups = [...Object.values(tableOf(root["dependency-groups"]) ?? {}), uv["dev-dependencies"]];
  const poetryGroups = Object.values(tableOf(poetry.group) ?? {}).map((group) => tableOf(group)?.dependencies);
  const python = tableOf(poetry.dependencies)?.python;
  // Another file says them, which the build reads.
  const isDynamic = Array.isArray(project.dynamic) && project.dynamic.includes("dependencies");
  return {
    name: textOf(project.name) ?? textOf(poetry.name) ?? "",
    packages: [
      ...listed(project.dependencies),
      ...named(poetry.dependencies),
      ...(isDynamic ? [{ name: "", extras: [], elsewhere: true }] : []),
    ],
    development: [...groups.flatMap(listed), ...[...poetryGroups, poetry["dev-dependencies"]].flatMap(named)],
    python: textOf(project["requires-python"]) ?? textOf(python),
    scripts: new Map(
      Object.entries({ ...tableOf(poetry.scripts), ...tableOf(project.scripts) }).flatMap(([name, value]) =>
        typeof value === "string" ? [[name, value] as const] : [],
      ),
    ),
  };
}

/** Reads uv.lock, poetry.lock or Pipfile.lock; undefined where it is broken. */
export function readPythonLock(path: string, text: string, toml: Parse): PythonLock | undefined {
  const root = tableOf(attempt(path.endsWith("Pipfile.lock") ? JSON.parse : toml, text));
  if (!root) return undefined;
  if (path.endsWith("Pipfile.lock")) {
    const names = Object.keys(tableOf(root.default) ?? {});
    return {
      packages: new Map(names.map((name) => [packageName(name), { wants: [], hasWheel: false, bytes: undefined }])),
    };
  }
  const list = tablesOf(root.package);
  return { packages: new Map(list.map((each) => [packageName(textOf(each.name) ?? ""), lockedPackage(each)])) };
}

function lockedPackage({ dependencies, wheels, files }: Table): LockedPackage {
  const wants = Array.isArray(dependencies)
    ? tablesOf(dependencies).flatMap(({ name }) => textOf(name) ?? [])
    : Object.keys(tableOf(dependencies) ?? {});
  const all = [...tablesOf(wheels), ...tablesOf(files)];
  const fitting = all.filter((each) =>
    /-(?:any|manylinux[\w.]*x86_64)\.whl$/.test(textOf(each.url) ?? textOf(each.file) ?? ""),
  );
  const sizes = fitting.flatMap(({ size }) => (typeof size === "number" ? size : []));
  return {
    wants: wants.map(packageName),
    hasWheel: fitting.length > 0,
    bytes: sizes.length > 0 ? Math.max(...sizes) : undefined,
  };
}

/** All packages that these names bring, themselves included: a lock knows what each wants. */
export function closureOf(names: Iterable<string>, { packages }: PythonLock): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...(packages.get(name)?.wants ?? []));
  }
  return found;
}

/** Whether a Python version is one that a requirement admits: `>=3.11,<4`, `^3.12`, `==3.13.*`; undefined where that is not plain. */
export function admits(requirement: string, version: string): boolean | undefined {
  const minor = Number(version.split(".")[1]);
  const parts = requirement.split(",").map((each) => each.trim());
  const answers = parts.map((part) => {
    const [, operator = "", major, given] =
      /^(>=|>|<=|<|==|~=|\^|~|!=)?\s*(\d+)(?:\.(\d+))?(?:\.[\d*]+)?$/.exec(part) ?? [];
    if (major === undefined) return undefined;
    const there = Number(given ?? 0);
    if (operator === "<" || operator === "<=")
      return Number(major) > 3 || (operator === "<" ? minor < there : minor <= there);
    if (major !== "3") return operator === ">=" && Number(major) < 3;
    if (operator === "==" || operator === "~" || operator === "") return given === undefined || minor === there;
    return operator === "!=" || operator === ">" ? undefined : minor >= there;
  });
  if (answers.includes(false)) return false;
  return answers.every((answer) => answer === true) ? true : undefined;
}

type Table = Readonly<Record<string, unknown>>;

function tableOf(value: unknown): Table | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Table) : undefined;
}

function tablesOf(value: unknown): readonly Table[] {
  if (!Array.isArray(value)) return [];
  const tables: Table[] = [];
  for (const each of value) {
    const table = tableOf(each);
    if (table) tables.push(table);
  }
  return tables;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function listed(value: unknown): readonly Requirement[] {
  return Array.isArray(value) ? value.flatMap((each) => (typeof each === "string" ? readRequirement(each) : [])) : [];
}

/** Poetry's table: the version by the name, and python itself among them. */
function named(value: unknown): readonly Requirement[] {
  return Object.entries(tableOf(value) ?? {}).flatMap(([name, about]) => {
    const table = tableOf(about);
    const extras = Array.isArray(table?.extras) ? table.extras.filter((each) => typeof each === "string") : [];
    const elsewhere = table !== undefined && ["path", "git", "url"].some((key) => key in table);
    return name === "python" ? [] : { name: packageName(name), extras, elsewhere };
  });
}

function attempt(parse: Parse, text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
