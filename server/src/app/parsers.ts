import { isYaml, type Parsers } from "../core";

/**
 * Aliases that grow without end are nobody's compose file. Whether a key stands twice is not asked: the parser compares each
 * with all before it.
 */
export const YAML = { maxAliasCount: 100, uniqueKeys: false, logLevel: "silent" } as const;

/** The parsers for files of these paths: each loads where there is something for it to read. */
export async function parsersOf(paths: Iterable<string>): Promise<Parsers> {
  const all = [...paths];
  const [yaml, toml, xml] = await Promise.all([
    all.some((path) => isYaml(path) || path.endsWith(".yarnrc.yml")) ? import("yaml") : undefined,
    all.some((path) => /\.toml$|(?:^|\/)(?:uv|poetry)\.lock$/.test(path)) ? import("smol-toml") : undefined,
    all.some((path) => path.endsWith(".xml")) ? import("@rgrove/parse-xml") : undefined,
  ]);
  return {
    yaml: (text) => yaml?.parse(text, YAML),
    toml: (text) => toml?.parse(text),
    xml: (text) => xml?.parseXml(text).toJSON(),
  };
}
