import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { expect, test } from "vitest";

/** A layer of core imports itself and those before it. */
const LAYERS = [
  "text",
  "syntax",
  "shell",
  "model",
  "suppress",
  "catalog",
  "project",
  "navigation",
  "toolchains",
  "flow",
  "size",
  "rewrite",
  "recipes",
  "rules",
];
/** In these folders a file imports no sibling but these. */
const SIBLINGS: Readonly<Record<string, RegExp>> = {
  rules: /\/(?:rule|registry)$/,
  recipes: /\/(?:recipe|registry)$/,
  toolchains:
    /\/(?:toolchain|app|called-at-start|registry|libc|named-files|native-libraries|path-value|program-files|source-values|system-programs)$/,
};
/** A toolchain has several files, in a folder of its name: go.ts, go/plan.ts. They may know each other. */
const familyOf = (path: string) => /^core\/toolchains\/([a-z]+)/.exec(path)?.[1];
/** Packages that core may use: one reads scripts, one is the second opinion on a rewritten Dockerfile. */
const CORE_PACKAGES = new Set(["unbash", "dockerfile-ast"]);
/** What a folder of server/src may import of the others. */
const OUTSIDE: Readonly<Record<string, RegExp>> = {
  app: /^(?:app\/|core\/index$|core$|ports$)/,
  host: /^(?:host\/|ports$)/,
  cli: /^(?:cli\/|app\/|core\/index$|core$|ports$)/,
  lsp: /^(?:lsp\/|app\/|core\/index$|core$|ports$|protocol$)/,
  "protocol.ts": /^app\//,
};

const root = join(import.meta.dirname, "../server/src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replaceAll("\\", "/"));

interface Import {
  readonly file: string;
  /** A path below server/src, or a package. */
  readonly target: string;
  readonly isPackage: boolean;
}

const imports: readonly Import[] = files.flatMap((file) => importsOf(root, file));

function importsOf(folder: string, file: string): readonly Import[] {
  const text = readFileSync(join(folder, file), "utf8");
  return [...text.matchAll(/^(?:import|export)\s[^"';]*?\sfrom\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(
    ([, fixed, lazy]) => {
      const specifier = fixed ?? lazy ?? "";
      const isPackage = !specifier.startsWith(".");
      return { file, target: isPackage ? specifier : posix.join(dirname(file), specifier), isPackage };
    },
  );
}

function brokenBy(verdict: (each: Import) => boolean): string[] {
  return imports.filter(verdict).map(({ file, target }) => `${file} imports ${target}`);
}

test("there are files and imports to look at", () => {
  expect(files.length).toBeGreaterThan(30);
  expect(imports.length).toBeGreaterThan(100);
});

test("a layer of core imports only layers above it", () => {
  const layer = (path: string) => LAYERS.indexOf(path.split("/")[1] ?? "");
  const broken = brokenBy(
    ({ file, target, isPackage }) =>
      file.startsWith("core/") && !isPackage && layer(file) >= 0 && (layer(target) < 0 || layer(target) > layer(file)),
  );
  expect(broken).toEqual([]);
});

test("core uses its one parser and nothing else from outside", () => {
  expect(
    brokenBy(
      ({ file, target, isPackage }) =>
        file.startsWith("core/") && (isPackage ? !CORE_PACKAGES.has(target) : !target.startsWith("core/")),
    ),
  ).toEqual([]);
});

test("a rule, a recipe, a toolchain imports no sibling", () => {
  const broken = brokenBy(({ file, target, isPackage }) => {
    const [core, folder = ""] = file.split("/");
    const allowed = SIBLINGS[folder];
    if (core !== "core" || isPackage || !allowed || file.endsWith("/registry.ts")) return false;
    const isSibling =
      folder === "toolchains" ? target.startsWith("core/toolchains/") : dirname(target) === dirname(file);
    const isOwn = folder === "toolchains" && familyOf(file) === familyOf(target);
    return isSibling && !allowed.test(target) && !isOwn;
  });
  expect(broken).toEqual([]);
});

test("app, host, cli and lsp know only what they may; main.ts alone puts them together", () => {
  const broken = brokenBy(({ file, target, isPackage }) => {
    const allowed = OUTSIDE[file.split("/")[0] ?? ""];
    return allowed !== undefined && !isPackage && !file.endsWith("/main.ts") && !allowed.test(target);
  });
  expect(broken).toEqual([]);
});

test("what the client imports of the server is types and names, nothing that runs", () => {
  const text = readFileSync(join(root, "protocol.ts"), "utf8");
  expect(text.match(/^(?:import|export) (?!type |interface |const )/gm) ?? []).toEqual([]);
});

test("the client knows of the server what they say to each other, and nothing else", () => {
  const folder = join(root, "../../client");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const outside = files
    .flatMap((file) => importsOf(folder, file.replaceAll("\\", "/")))
    .filter(({ target, isPackage }) => !isPackage && target.startsWith(".."));
  expect(outside.length).toBeGreaterThan(2);
  expect(outside.filter(({ target }) => target !== "../server/src/protocol")).toEqual([]);
});

test("every layer that has files is listed", () => {
  const folders = new Set(
    files.filter((file) => file.startsWith("core/") && file.split("/").length > 2).map((file) => file.split("/")[1]),
  );
  expect([...folders].filter((folder) => !LAYERS.includes(folder ?? ""))).toEqual([]);
  expect(relative(root, root)).toBe("");
});
