import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");

/** Bundles test/vscode/smoke.ts for VS Code to load; gives the path of the bundle. */
export async function bundleSmoke(): Promise<string> {
  const outfile = join(root, "out/vscode/smoke.js");
  await build({
    entryPoints: [join(root, "test/vscode/smoke.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    logLevel: "warning",
  });
  return outfile;
}
