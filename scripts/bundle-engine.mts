import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";

const file = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * How esbuild bundles the process that talks to the engine: one file that needs nothing beside it. dockerode's proto
 * files are not needed, since its own sessions and its reading of BuildKit's status are not used; their loader, and the
 * ssh client for addresses that Ballast refuses, are replaced by a module that says so.
 */
export const engineBundle: BuildOptions = {
  entryPoints: [file("server/src/host/docker/child.ts")],
  outfile: file("dist/engine.js"),
  bundle: true,
  minify: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["cpu-features", "*.node"],
  alias: {
    ssh2: file("server/src/host/docker/absent.ts"),
    "@grpc/proto-loader": file("server/src/host/docker/absent.ts"),
  },
  legalComments: "none",
  logLevel: "warning",
};
