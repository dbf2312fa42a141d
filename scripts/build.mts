/** Bundles the product into dist/: `npm run build`; with --watch again at each change, with source maps. */
import { type BuildOptions, build, context } from "esbuild";
import { engineBundle } from "./bundle-engine.mts";

const node: BuildOptions = {
  outdir: "dist",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  legalComments: "none",
  logLevel: "warning",
};
// The UMD build of a package hides its parts from the bundler, so the other one is wanted where there is one.
const module: BuildOptions = { mainFields: ["module", "main"] };
// Each of two libraries brings its own copy of the same types.
const types: BuildOptions = { alias: { "vscode-languageserver-types": "vscode-languageserver-types" } };
const bundles: readonly BuildOptions[] = [
  { ...node, entryPoints: { cli: "server/src/cli/main.ts" }, banner: { js: "#!/usr/bin/env node" } },
  { ...node, ...module, ...types, entryPoints: { server: "server/src/lsp/main.ts" } },
  { ...node, ...module, entryPoints: { client: "client/extension.ts" }, external: ["vscode"] },
  engineBundle,
];

if (process.argv.includes("--watch")) {
  const watched = await Promise.all(
    bundles.map((each) => context({ ...each, minify: false, sourcemap: true, logLevel: "info" })),
  );
  await Promise.all(watched.map((each) => each.watch()));
} else {
  await Promise.all(bundles.map((each) => build(each)));
}
