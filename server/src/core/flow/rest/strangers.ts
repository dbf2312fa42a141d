import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { stageNamed } from "../../model/reach";
import type { FileContext } from "../context";
import type { Copy } from "../files/copies";

/** Images whose programs want no library of the system, as their own Dockerfiles build them; Go's are its own. */
const STATIC =
  /^(?:(?:docker\.io\/)?(?:mwader\/static-ffmpeg|jwilder\/dockerize|hairyhenderson\/gomplate|docker|traefik|caddy|golang)|ghcr\.io\/astral-sh\/uv|public\.ecr\.aws\/awsguru\/aws-lambda-adapter)(?:[:@]|$)/;
/** Files that nothing starts. */
const DATA =
  /\.(?:json|ya?ml|toml|conf|cfg|ini|txt|md|html?|css|[cm]?js|py|sh|jar|crt|pem|xml|sql|csv|png|svg|ico|woff2?|ttf)$/;

/**
 * A COPY from an image other than the stage's own, or from a stage on one, brings what may be a program or a library: it may
 * want libraries that the stage's image has and a smaller one has not. `path` is where it comes to stand.
 */
export function isStranger(context: FileContext, stage: Stage, { from }: Copy, path: string): boolean {
  if (from === undefined || DATA.test(path)) return false;
  const other = stageNamed(context.model, stage, from);
  // What a stage of the author's makes elsewhere is a part of the project.
  if (other && !/\/(?:s?bin|lib\w*)(?:\/|$)/.test(path)) return false;
  const reference = other ? baseOf(other) : from;
  return reference === undefined || (!STATIC.test(reference) && reference !== baseOf(stage));
}

function baseOf(stage: Stage): string | undefined {
  const base = lineage(stage)[0]?.base;
  return base?.kind === "image" ? base.reference : undefined;
}
