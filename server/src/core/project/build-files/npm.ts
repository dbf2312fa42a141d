import type { BuildFile } from "./build-file";

/** The scripts that an install runs by itself (docs.npmjs.com, Life Cycle Scripts; Yarn and pnpm run fewer of them). */
const LIFECYCLE = /^(?:(?:pre|post)?install|(?:pre|post)?prepare|prepublish|preprepare|dependencies)$/;
/** Packages that write into the project when they are installed: generated clients, a worker, a theme. */
const WRITERS =
  /^(?:msw|prisma|@prisma\/client|semantic-ui|fomantic-ui|lefthook|husky|nuxt|patch-package|.*-cli-service)$/;
/** Packages of the project itself, or of its neighbours, whose own scripts run too. */
const LOCAL = /^(?:file|link|portal|workspace|\.|\/|~)/;

/** package.json: an install by it writes modules and lock files, and nothing else. */
export function readNpm(text: string): BuildFile {
  return { keeps: keeps(text), names: undefined, parts: [] };
}

function keeps(text: string): boolean {
  try {
    const read = JSON.parse(text) as Record<string, Record<string, unknown> | undefined>;
    if (read.workspaces !== undefined) return false;
    const needed = Object.entries({ ...read.dependencies, ...read.devDependencies, ...read.optionalDependencies });
    return (
      !Object.keys(read.scripts ?? {}).some((name) => LIFECYCLE.test(name)) &&
      needed.every(([name, version]) => !WRITERS.test(name) && !LOCAL.test(String(version)))
    );
  } catch {
    return false;
  }
}
