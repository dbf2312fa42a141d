import { parseXml } from "@rgrove/parse-xml";
import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import { YAML } from "../../server/src/app/parsers";
import type { Parsers } from "../../server/src/core";

/** All of them, for tests that have no folder to ask. */
export const PARSERS: Parsers = {
  yaml: (text) => parseYaml(text, YAML),
  toml: parseToml,
  xml: (text) => parseXml(text).toJSON(),
};
