import type { Syntax } from "./instruction";

const STABLE = /^(?:docker\.io\/)?docker\/dockerfile(?::(?:latest|1(?:\.\d+){0,2}))?(?:@\S+)?$/;

/**
 * Whether the file is read by a stable release of BuildKit's own frontend. Of another one, named in `# syntax=`, nobody
 * knows what else it takes.
 */
export function hasStableFrontend({ directives }: Syntax): boolean {
  const syntax = directives.find(({ name }) => name === "syntax");
  return !syntax || STABLE.test(syntax.value.split(" ", 1)[0] ?? "");
}
