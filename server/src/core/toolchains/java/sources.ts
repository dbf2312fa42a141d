import { posix } from "../../model/paths";
import { isJavaResource, isJavaSource, type JavaSource } from "../../project/java-source";
import type { Project } from "../../project/project";
import type { AppView, Writes } from "../app";

/** What the sources of a program show of what it does at run time. */
export interface JavaUses {
  /** All of them were read. */
  readonly seen: boolean;
  /** Strings that may name files. */
  readonly strings: ReadonlySet<string>;
  readonly writes: Writes;
  /** The first use of its kind, with the file that has it, for a sentence: "ProcessBuilder in src/main/java/App.java". */
  readonly starts: string | undefined;
  readonly loads: string | undefined;
  readonly tools: string | undefined;
  readonly desktop: string | undefined;
  /** What versions of Java behind this one have no more. */
  readonly gone: { readonly text: string; readonly until: number } | undefined;
}

/** What the sources in the folder show; where one was not read, that they write anywhere. */
export function usesOf({ project, workdir = "/" }: AppView): JavaUses {
  const known = collected.get(project) ?? collect(project);
  collected.set(project, known);
  const { writes, ...others } = known;
  const places = writes.map(({ path, folder }) =>
    path === undefined ? undefined : writtenFolder(path, folder, workdir),
  );
  const anywhere = !others.seen || places.includes(undefined);
  return { ...others, writes: anywhere ? "anywhere" : [...new Set(places.flatMap((place) => place ?? []))] };
}

type Collected = Omit<JavaUses, "writes"> & Pick<JavaSource, "writes">;

/** A folder may have a thousand sources, and each keystroke asks. */
const collected = new WeakMap<Project, Collected>();

function collect(project: Project): Collected {
  const paths = [...(project.files?.keys() ?? [])].filter((path) => isJavaSource(path) || isJavaResource(path));
  const sources = paths.map((path) => ({ path, source: project.javaSources?.get(path) }));
  const first = (of: "starts" | "loads" | "tools" | "desktop") =>
    sources.flatMap(({ path, source }) => (source?.[of] ? `${source[of]} in ${path}` : []))[0];
  return {
    seen: paths.some(isJavaSource) && sources.every(({ source }) => source !== undefined),
    strings: new Set(sources.flatMap(({ source }) => [...(source?.strings ?? [])])),
    writes: sources.flatMap(({ source }) => source?.writes ?? []),
    starts: first("starts"),
    loads: first("loads"),
    tools: first("tools"),
    desktop: first("desktop"),
    gone: sources
      .flatMap(({ path, source }) =>
        source?.gone ? { text: `${source.gone.name} in ${path}`, until: source.gone.until } : [],
      )
      .sort((a, b) => a.until - b.until)[0],
  };
}

/** The folder that has to be writable; none for what every image lets anybody write to. */
function writtenFolder(path: string, folder: boolean, workdir: string): readonly string[] {
  const place = posix.join(workdir, path.replace(/^file:/, ""));
  return /^\/(?:tmp|dev|proc)\//.test(place) ? [] : [folder ? place : posix.dirname(place)];
}
