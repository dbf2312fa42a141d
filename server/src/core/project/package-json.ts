import { Memo } from "../text/memo";

/** What a package.json says (docs.npmjs.com, package.json). */
export interface PackageJson {
  readonly name: string | undefined;
  /** The text after each script's name, as a shell runs it. */
  readonly scripts: ReadonlyMap<string, string>;
  /** The packages that ship, the optional ones among them, with the versions that are asked for. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Those for development alone. */
  readonly devDependencies: ReadonlyMap<string, string>;
  /** What an `import` or `require` of the folder starts. */
  readonly main: string | undefined;
  /** The package manager that it asks for: `pnpm@9.1.0`. */
  readonly packageManager: string | undefined;
  /** The folder has packages of its own below it. */
  readonly hasWorkspaces: boolean;
  /** Its keys. */
  readonly keys: ReadonlySet<string>;
}

/** A package.json of the project, and not one of a package that was installed. */
export function isPackageJson(path: string): boolean {
  return /(?:^|\/)package\.json$/.test(path) && !/(?:^|\/)node_modules\//.test(path);
}

/** Three readers ask for one text. */
const known = new Memo(packageOf);

/** Reads a package.json; undefined where it is not the JSON of an object. */
export function readPackageJson(text: string): PackageJson | undefined {
  return known.of(text);
}

/** As JSON.parse gives it: anything may be anything. */
interface Manifest {
  readonly name?: unknown;
  readonly scripts?: unknown;
  readonly dependencies?: unknown;
  readonly optionalDependencies?: unknown;
  readonly devDependencies?: unknown;
  readonly main?: unknown;
  readonly packageManager?: unknown;
  readonly workspaces?: unknown;
}

function packageOf(text: string): PackageJson | undefined {
  const json: Manifest | undefined = parseObject(text);
  if (!json) return undefined;
  return {
    name: stringOf(json.name),
    scripts: namesIn(json.scripts),
    dependencies: new Map([...namesIn(json.dependencies), ...namesIn(json.optionalDependencies)]),
    devDependencies: namesIn(json.devDependencies),
    main: stringOf(json.main),
    packageManager: stringOf(json.packageManager),
    hasWorkspaces: json.workspaces !== undefined,
    keys: new Set(Object.keys(json)),
  };
}

/** The object that a JSON is of; undefined where it is none, or no JSON. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** A list has no names. */
export function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function namesIn(json: unknown): ReadonlyMap<string, string> {
  return new Map(isObject(json) ? Object.entries(json).map(([name, value]) => [name, String(value)]) : []);
}

function stringOf(json: unknown): string | undefined {
  return typeof json === "string" ? json : undefined;
}
