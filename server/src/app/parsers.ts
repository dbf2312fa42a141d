import { isYaml, type Parsers } from "../core";

/**
 * Aliases that grow without end are nobody's compose file. Whether a key stands twice is not asked: the parser compares each
 * with all before it.
 */
export const YAML = { maxAliasCount: 100, uniqueKeys: false, logLevel: "silent" } as const;

const nothing = () => undefined;

/** The parsers load where there is something for them to read. */
export async function parsersFor(texts: ReadonlyMap<string, string>): Promise<Parsers> {
  const paths = [...texts.keys()];
  return {
    yaml: paths.some((path) => isYaml(path)) ? await yaml() : nothing,
    toml: paths.some((path) => path.endsWith(".toml")) ? (await import("smol-toml")).parse : nothing,
  };
}

async function yaml(): Promise<Parsers["yaml"]> {
  const { parse } = await import("yaml");
  return (text) => parse(text, YAML);
}
