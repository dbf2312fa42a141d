/** Bundles the product into dist/: `npm run build`. */
import { type BuildOptions, build } from "esbuild";
import { engineBundle } from "./bundle-engine.mts";

const options: BuildOptions = {
  outdir: "dist",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  legalComments: "none",
  logLevel: "warning",
};

await build({
  ...options,
  entryPoints: { cli: "server/src/cli/main.ts" },
  banner: { js: "#!/usr/bin/env node" },
});
// The UMD build of a package hides its parts from the bundler, so the other one is wanted where there is one.
await build({ ...options, entryPoints: { server: "server/src/lsp/main.ts" }, mainFields: ["module", "main"] });
await build(engineBundle);
