/** Bundles the product into dist/: `npm run build`. */
import { build } from "esbuild";
import { engineBundle } from "./bundle-engine.mts";

await build({
  entryPoints: { cli: "server/src/cli/main.ts" },
  outdir: "dist",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  banner: { js: "#!/usr/bin/env node" },
  logLevel: "warning",
});
await build(engineBundle);
