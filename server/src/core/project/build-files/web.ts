import type { BuildFile } from "./build-file";

/** Settings of tsc: where it writes to, and what it takes over from (typescriptlang.org, TSConfig Reference). */
export function readTsconfig(written: string): BuildFile {
  const text = withoutComments(written);
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
  const told = [...text.matchAll(/\boutDir\b/g)].length === outputs.length;
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
