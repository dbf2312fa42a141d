import type { BuildFile } from "./build-file";

/** Settings of tsc: where it writes to, and what it takes over from (typescriptlang.org, TSConfig Reference). */
export function readTsconfig(written: string): BuildFile {
  const text = withoutJsonComments(written);
  const values = (key: RegExp) => [...text.matchAll(key)].map(([, value = ""]) => value);
  const outputs = values(/"(?:outDir|declarationDir|outFile|tsBuildInfoFile)"\s*:\s*"([^"]*)"/g);
  const isQuiet = /"noEmit"\s*:\s*true/.test(text) || /"files"\s*:\s*\[\s*\]/.test(text);
  const parts = values(/"(?:extends|path)"\s*:\s*"([^"]*)"/g);
  const isPlain = !/"extends"\s*:\s*\[|\$\{/.test(text);
  const told = isQuiet || /"outDir"/.test(text);
  return { keeps: isPlain, names: told ? outputs : undefined, parts };
}

/** nest-cli.json: nothing but tsc and what lies beside its sources (docs.nestjs.com, CLI workspaces). */
export function readNestCli(text: string): BuildFile {
  const keeps = !/"(?:outDir|webpack\w*|tsConfigPath|builder|projects|monorepo)"/.test(text);
  return { keeps, names: [], parts: [] };
}

const VITE_PLUGINS =
  /^(?:vite|vitest(?:\/config)?|(?:node:)?(?:path|url)|@vitejs\/plugin-[\w-]+|@sveltejs\/vite-plugin-svelte|@tailwindcss\/vite|tailwindcss|autoprefixer|vite-tsconfig-paths|vite-plugin-svgr)$/;

/** vite.config.js: the folder that it names for the build, or dist, where it takes known plugins (vite.dev/config/build-options). */
export function readVite(written: string): BuildFile {
  const text = withoutComments(written);
  const imports = [...text.matchAll(/\b(?:from|import|require\()\s*["']([^"']+)["']/g)].map(([, name = ""]) => name);
  const outputs = [...text.matchAll(/\boutDir\s*:\s*["']([^"'$]*)["']/g)].map(([, value = ""]) => value);
  const idle = written.split("/*").slice(1);
  // Between the signs of a comment it may be one of no account.
  const told =
    [...text.matchAll(/\boutDir\b/g)].length === outputs.length &&
    !idle.some((part) => part.split("*/", 1)[0]?.includes("outDir"));
  const keeps =
    imports.every((name) => VITE_PLUGINS.test(name)) &&
    !/\b(?:root|dir|(?!outDir\b)\w+Dir|file|write\w*|exec\w*|spawn|fs|emit\w*|entryFileNames|closeBundle|buildEnd)\b|\bimport\s*\(/.test(
      text,
    );
  return { keeps, names: told ? (outputs.length > 0 ? outputs : ["dist"]) : undefined, parts: [] };
}

/** Lines that are comments, and those behind a space. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(?:\/\/|\/\*|\*).*$|[ \t]\/\/.*$/gm, "");
}

/** JSON with comments: what looks like one in a string, as in "src/*", is none. */
function withoutJsonComments(text: string): string {
  let left = "";
  for (let at = 0; at < text.length; ) {
    const sign = text.slice(at, at + 2);
    const end =
      sign === "/*" ? text.indexOf("*/", at + 2) + 2 : sign === "//" ? text.indexOf("\n", at) : endOf(text, at);
    const next = end <= at ? text.length : end;
    left += sign === "/*" || sign === "//" ? " " : text.slice(at, next);
    at = next;
  }
  return left;
}

/** The end of a string that begins here, and that of any other character. */
function endOf(text: string, at: number): number {
  if (text[at] !== '"') return at + 1;
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end + 1;
}
