import { matchesPattern, posix } from "../../model/paths";
import { sourceSyntax } from "../../project/source-syntax";
import { rememberedBeside } from "../../text/remembered";
import type { NamingFile } from "../named-files";
import type { ProgramUse } from "../program-files";
import type { SourceUnit } from "../source-values";
import type { Build, StageView } from "../toolchain";
import { readCompiler } from "./arguments";
import { cUses } from "./uses";

/** What the sources of a program of C or C++ say. */
export interface CProgram {
  readonly uses: readonly ProgramUse[];
  readonly naming: readonly NamingFile[];
  /** What they include of other folders than their own: `stdio.h`. */
  readonly includes: readonly string[];
  /** The functions that they call, by their last names. */
  readonly calls: ReadonlySet<string>;
  readonly isCxx: boolean;
  /** Bytes of all of them. */
  readonly bytes: number;
}

/** The sources that the compilers of a stage are given, with all headers; all of the folder where a tool calls them. Undefined where one was not read. */
export const cProgram = rememberedBeside((build: Build, view: StageView): CProgram | undefined => {
  const { cSources, files } = view.project;
  if (!files || !cSources) return undefined;
  const paths = "unknown" in build.artifacts || build.mayMake ? [...cSources.keys()] : compiled(view);
  const all = paths && [
    ...new Set([...paths, ...[...cSources.keys()].filter((path) => /\.(?:h|hh|hpp|hxx|H|inl|ipp)$/.test(path))]),
  ];
  if (!all || all.length === 0 || all.some((path) => !cSources.has(path))) return undefined;
  const units = all.flatMap((path): SourceUnit[] => {
    const source = cSources.get(path);
    return source ? [{ path, text: source.text, place: undefined }] : [];
  });
  return {
    uses: cUses(units),
    naming: units.map(({ path, text }) => ({
      path,
      folder: posix.dirname(`/${path}`).slice(1),
      literals: text.strings,
      embeds: [],
    })),
    includes: [...new Set(all.flatMap((path) => cSources.get(path)?.includes ?? []))],
    calls: new Set(
      units.flatMap(({ text }) => sourceSyntax(text).calls.map(({ name }) => name.split("::").at(-1) ?? "")),
    ),
    isCxx: all.some((path) => /\.(?:cc|cpp|cxx|C)$/.test(path)),
    bytes: all.reduce((sum, path) => sum + (files.get(path) ?? 0), 0),
  };
});

/** The files of the context that the compilers of a stage are given; undefined where one of them cannot be told. */
function compiled(view: StageView): readonly string[] | undefined {
  const found: string[] = [];
  for (const run of view.commands) {
    const read = readCompiler(run);
    if (!read || read.makes === "nothing") continue;
    for (const source of read.sources) {
      if (/\.(?:o|a|lo)$/.test(source)) continue;
      const path = posix.join(run.folder ?? "/", source);
      if (/[*?[]/.test(source)) {
        const matched = [...(view.project.cSources?.keys() ?? [])].filter((each) => {
          const origin = view.origin(posix.join(posix.dirname(path), posix.basename(each)), run);
          return (
            origin.kind === "context" &&
            origin.path === each &&
            matchesPattern(path, posix.join(posix.dirname(path), posix.basename(each)))
          );
        });
        if (matched.length === 0) return undefined;
        found.push(...matched);
        continue;
      }
      const origin = view.origin(path, run);
      if (origin.kind !== "context") return undefined;
      found.push(origin.path);
    }
  }
  return found;
}
