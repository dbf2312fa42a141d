import { nothingKnown } from "../../catalog/amounts";
import { CATALOG_PLATFORM, type Size } from "../../catalog/size";
import type { AppView } from "../app";
import { buildOf, dependenciesOf } from "./build";

/** Classes and resources, packed, to the bytes of their sources; and what an archive has beside them. */
const PACKED = 0.6;
const MANIFEST = 1_500;
/** Bytes that a library brings with those that it needs: gson 0.3 MB, a web server of Spring 20 MB (repo1.maven.org). */
const LIBRARY = { low: 20_000, usual: 4_000_000, high: 25_000_000 };

/** How large an archive becomes that a build packs: by its sources and by how many libraries its pom names; unknown without a pom. */
export function archiveSize(view: AppView, archive: string): Size {
  const libraries = dependenciesOf(view, buildOf(view), archive);
  if (libraries === undefined) return nothingKnown();
  let sources = 0;
  for (const [path, bytes] of view.project.files ?? []) if (/(?:^|\/)src\/main\//.test(path)) sources += bytes;
  const own = MANIFEST + sources * PACKED;
  return {
    bytes: Math.round(own + libraries * LIBRARY.usual),
    low: Math.round(libraries * LIBRARY.low),
    high: Math.round(own * 2 + libraries * LIBRARY.high),
    kind: "unpacked",
    source: "estimate",
    platform: CATALOG_PLATFORM,
  };
}
