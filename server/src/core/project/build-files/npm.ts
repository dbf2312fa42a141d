import { type PackageJson, readPackageJson } from "../package-json";
import type { BuildFile } from "./build-file";

/** The scripts that an install runs by itself (docs.npmjs.com, Life Cycle Scripts; Yarn and pnpm run fewer of them). */
const LIFECYCLE = /^(?:(?:pre|post)?install|(?:pre|post)?prepare|prepublish|preprepare|dependencies)$/;
/** Packages that write into the project when they are installed: generated clients, a worker, a theme. */
const WRITERS =
  /^(?:msw|prisma|@prisma\/client|semantic-ui|fomantic-ui|lefthook|husky|nuxt|patch-package|.*-cli-service)$/;
/** Packages of the project itself, or of its neighbours, whose own scripts run too. */
const LOCAL = /^(?:file|link|portal|workspace|\.|\/|~\/)/;

/** package.json: an install by it writes modules and lock files, and nothing else. */
export function readNpm(text: string): BuildFile {
  const manifest = readPackageJson(text);
  return {
    keeps: manifest !== undefined && keeps(manifest),
    names: undefined,
    parts: [],
    scripts: manifest?.scripts ?? new Map(),
    keys: manifest?.keys ?? new Set(),
    needs: new Set([...(manifest?.dependencies.keys() ?? []), ...(manifest?.devDependencies.keys() ?? [])]),
  };
}

function keeps({ hasWorkspaces, scripts, dependencies, devDependencies }: PackageJson): boolean {
  return (
    !hasWorkspaces &&
    ![...scripts.keys()].some((name) => LIFECYCLE.test(name)) &&
    [...dependencies, ...devDependencies].every(([name, version]) => !WRITERS.test(name) && !LOCAL.test(version))
  );
}
