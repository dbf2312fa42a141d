import { type GoSource, isStandardPackage } from "../project/go";
import type { GoDeed } from "../project/go-calls";
import type { Project } from "../project/project";
import type { Need } from "./toolchain";

/** What the sources of a program say of its life: read from its own packages, tests aside. */
export interface GoProgram {
  /** All packages that its own files import, own ones aside. */
  readonly imports: readonly string[];
  /** Imported packages whose sources were not looked into. */
  readonly foreign: readonly string[];
  readonly needs: readonly Need[];
  /** A call that reads or writes files at run time, or starts programs, with the file it stands in. */
  readonly reads: { readonly call: string; readonly file: string } | undefined;
  readonly writes: { readonly call: string; readonly file: string } | undefined;
  readonly starts: { readonly call: string; readonly file: string } | undefined;
  /** A file that imports C. */
  readonly cgo: string | undefined;
}

/** Imports that want something from the image. */
const NEEDS: readonly { readonly what: Need["what"]; readonly packages: readonly string[] }[] = [
  { what: "certificates", packages: ["net/http", "crypto/tls", "crypto/x509", "net/smtp"] },
  { what: "users", packages: ["os/user"] },
];

/**
 * The program of the package in a folder of the context, or of the named files; its own packages are followed through
 * their imports. Undefined where none of its files were seen.
 */
export function readProgram(
  project: Project,
  start: { readonly folder: string } | { readonly files: readonly string[] },
): GoProgram | undefined {
  const files =
    "files" in start ? start.files.flatMap((path) => sourceAt(project, path)) : packageFiles(project, start.folder);
  if (files.length === 0 || ("files" in start && files.length < start.files.length)) return undefined;
  const all = followImports(project, files);
  const imports = [...new Set(all.flatMap(({ source }) => source.imports))].filter(
    (path) => ownFolder(project, path) === undefined,
  );
  const call = (deed: GoDeed) =>
    all.flatMap(({ path, source }) => {
      const found = source.calls[deed];
      return found ? [{ call: found, file: path }] : [];
    })[0];
  return {
    imports,
    foreign: imports.filter((path) => path !== "C" && !isStandardPackage(path)),
    needs: needsOf(
      imports,
      all.map(({ source }) => source),
    ),
    reads: call("reads"),
    writes: call("writes"),
    starts: call("starts"),
    cgo: all.find(({ source }) => source.imports.includes("C"))?.path,
  };
}

interface SourceFile {
  readonly path: string;
  readonly source: GoSource;
}

function sourceAt(project: Project, path: string): readonly SourceFile[] {
  const source = project.goSources.get(path);
  return source ? [{ path, source }] : [];
}

function packageFiles(project: Project, folder: string): readonly SourceFile[] {
  const found: SourceFile[] = [];
  for (const [path, source] of project.goSources) {
    const slash = path.lastIndexOf("/");
    if (path.slice(0, Math.max(slash, 0)) === folder) found.push({ path, source });
  }
  return found;
}

function followImports(project: Project, first: readonly SourceFile[]): readonly SourceFile[] {
  const files = [...first];
  const seen = new Set<string>();
  for (let at = 0; at < files.length; at++) {
    for (const path of files[at]?.source.imports ?? []) {
      const folder = ownFolder(project, path);
      if (folder === undefined || seen.has(folder)) continue;
      seen.add(folder);
      files.push(...packageFiles(project, folder));
    }
  }
  return files;
}

/** The folder of a package that one of the context's modules has; undefined for all others. */
function ownFolder(project: Project, path: string): string | undefined {
  for (const [folder, module] of project.goModules) {
    if (path === module.path) return folder;
    if (path.startsWith(`${module.path}/`))
      return [folder, path.slice(module.path.length + 1)].filter(Boolean).join("/");
  }
  return undefined;
}

function needsOf(imports: readonly string[], sources: readonly GoSource[]): readonly Need[] {
  const needs = NEEDS.flatMap(({ what, packages }): Need[] => {
    const found = packages.find((path) => imports.includes(path));
    return found ? [{ what, why: `it imports ${found}` }] : [];
  });
  const calls = (deed: GoDeed) => sources.find((source) => source.calls[deed])?.calls[deed];
  const zones = imports.includes("time/tzdata") ? undefined : calls("zones");
  const temp = calls("temp");
  if (zones) needs.push({ what: "zones", why: `it calls ${zones}` });
  if (temp) needs.push({ what: "temp", why: `it calls ${temp}` });
  return needs;
}
