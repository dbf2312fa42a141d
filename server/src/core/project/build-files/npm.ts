import type { BuildFile } from "./build-file";

/** The scripts that an install runs by itself (docs.npmjs.com, Life Cycle Scripts; Yarn and pnpm run fewer of them). */
const LIFECYCLE = /^(?:(?:pre|post)?install|(?:pre|post)?prepare|prepublish|preprepare|dependencies)$/;
/** Packages that write into the project when they are installed: generated clients, a worker, a theme. */
const WRITERS =
  /^(?:msw|prisma|@prisma\/client|semantic-ui|fomantic-ui|lefthook|husky|nuxt|patch-package|.*-cli-service)$/;
/** Packages of the project itself, or of its neighbours, whose own scripts run too. */
const LOCAL = /^(?:file|link|portal|workspace|\.|\/|~\/)/;

interface Manifest {
  readonly workspaces?: unknown;
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly dependencies?: object;
  readonly devDependencies?: object;
  readonly optionalDependencies?: object;
}

/** package.json: an install by it writes modules and lock files, and nothing else. */
export function readNpm(text: string): BuildFile {
  const manifest = parsed(text);
  const scripts = Object.entries(manifest?.scripts ?? {}).map(([name, script]) => [name, String(script)] as const);
  return {
    keeps: manifest !== undefined && keeps(manifest),
    names: undefined,
    parts: [],
    scripts: new Map(scripts),
    keys: new Set(Object.keys(manifest ?? {})),
    needs: new Set(Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies })),
  };
}

function parsed(text: string): Manifest | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null ? read : undefined;
  } catch {
    return undefined;
  }
}

function keeps(manifest: Manifest): boolean {
  const { workspaces, scripts, dependencies, devDependencies, optionalDependencies } = manifest;
  const needed = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  return (
    workspaces === undefined &&
    !Object.keys(scripts ?? {}).some((name) => LIFECYCLE.test(name)) &&
    needed.every(([name, version]) => !WRITERS.test(name) && !LOCAL.test(String(version)))
  );
}
