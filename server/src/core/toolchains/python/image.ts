import { parseReference } from "../../catalog/reference";
import { lineage } from "../../model/image-config";
import type { StageView } from "../toolchain";

/** An image of Docker's python family, whose interpreter is /usr/local/bin/python3.X (docker-library/python). */
export interface PythonImage {
  /** `3.13`. */
  readonly version: string;
  /** As its name is written, without the tag. */
  readonly name: string;
  readonly tag: string;
  /** A Debian without compilers and tools. */
  readonly isSlim: boolean;
  /** The tag of the slim image of the same version and release; undefined where there is none. */
  readonly slimTag: string | undefined;
}

/** The image at the bottom of the stage, where it is one of Docker's python; undefined for others and unknown versions. */
export function pythonImage(view: StageView): PythonImage | undefined {
  const { base } = lineage(view.stage)[0] ?? view.stage;
  const reference = base.kind === "image" ? parseReference(base.reference) : undefined;
  const version = /^3\.\d+/.exec(view.baseVersion ?? "")?.[0];
  if (!reference || view.baseName !== "python" || version === undefined) return undefined;
  const { familiar: name, tag = "latest" } = reference;
  return { version, name, tag, isSlim: /(?:^|-)slim(?:-|$)/.test(tag), slimTag: slimOf(tag) };
}

/** `3.12-slim-bookworm` of `3.12-bookworm`: docker-library/python names its variants so. */
function slimOf(tag: string): string | undefined {
  if (/alpine|windows|nanoserver/.test(tag)) return undefined;
  if (/(?:^|-)slim(?:-|$)/.test(tag)) return tag;
  const [, version = "", release = ""] = /^((?:\d[\w.]*|latest|rc)(?:-rc)?)?-?([a-z]+)?$/.exec(tag) ?? [];
  const parts = [version === "latest" ? "" : version, "slim", release];
  return version === "" && release === "" ? undefined : parts.filter(Boolean).join("-");
}
