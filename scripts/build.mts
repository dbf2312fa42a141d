/** Bundles the product into dist/: `npm run build`; with --watch again at each change, with source maps. */
import { type BuildOptions, build, context, type Plugin } from "esbuild";
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
/** Parsers of manifests, by their packages. */
const PARSERS: Readonly<Record<string, string>> = { yaml: "yaml", "smol-toml": "toml", "@rgrove/parse-xml": "xml" };
/** What start-up does not need is a file of its own, which is read when it is first called. */
const lazy: Plugin = {
  name: "lazy",
  setup({ onResolve, onLoad }) {
    // Only a folder with a manifest needs them, and imports them then.
    onResolve({ filter: /^(?:yaml|smol-toml|@rgrove\/parse-xml)$/ }, ({ path }) => ({
      path: `./${PARSERS[path]}.js`,
      external: true,
    }));
    onResolve({ filter: /^\.\/(?:unbash|dockerfile-ast)\.js$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /^(?:unbash|dockerfile-ast)$/ }, ({ path }) => ({ path, namespace: "lazy" }));
    onLoad({ filter: /^unbash$/, namespace: "lazy" }, () => ({
      contents: ["parse", "forEachChild"]
        .map((name) => `export const ${name} = (...given) => require("./unbash.js").${name}(...given);`)
        .join("\n"),
    }));
    onLoad({ filter: /^dockerfile-ast$/, namespace: "lazy" }, () => ({
      contents: `export const DockerfileParser = { parse: (text) => require("./dockerfile-ast.js").DockerfileParser.parse(text) };`,
    }));
  },
};
/** The command line and the server have one core, in a file beside them: all of it is read at once, and when it is first wanted. */
const sharedCore: Plugin = {
  name: "shared-core",
  setup({ onResolve }) {
    onResolve({ filter: /^(?:\.\.\/)+core$/ }, () => ({ path: "./core.js", external: true }));
  },
};
/** Activation is over before the library is read. */
const lazyClient: Plugin = {
  name: "lazy-client",
  setup({ onResolve }) {
    onResolve({ filter: /^vscode-languageclient\/node$/ }, ({ kind }) =>
      kind === "entry-point" ? undefined : { path: "./languageclient.js", external: true },
    );
  },
};
const bundles: readonly BuildOptions[] = [
  {
    ...node,
    plugins: [sharedCore, lazy],
    entryPoints: { cli: "server/src/cli/main.ts" },
    banner: { js: "#!/usr/bin/env node" },
  },
  { ...node, ...module, ...types, plugins: [sharedCore, lazy], entryPoints: { server: "server/src/lsp/main.ts" } },
  { ...node, plugins: [lazy], entryPoints: { core: "server/src/core/index.ts" } },
  { ...node, entryPoints: Object.fromEntries(Object.entries(PARSERS).map(([name, file]) => [file, name])) },
  { ...node, entryPoints: { unbash: "unbash", "dockerfile-ast": "dockerfile-ast" } },
  {
    ...node,
    plugins: [lazyClient],
    entryPoints: { client: "client/extension.ts" },
    external: ["vscode"],
    // Node's own import() would see only a part of the library's names; require sees all.
    supported: { "dynamic-import": false },
  },
  {
    ...node,
    ...module,
    ...types,
    entryPoints: { languageclient: "vscode-languageclient/node" },
    external: ["vscode"],
  },
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
