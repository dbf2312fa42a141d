import type { Content } from "../flow/files/content";
import type { Hidden } from "../flow/layers/layers";
import type { Syntax } from "../syntax/instruction";
import type { Edit } from "../text/edit";
import type { RunCommand } from "../toolchains/toolchain";
import { bindInsteadOfCopy } from "./bind-instead-of-copy";
import { mergeRuns } from "./merge-runs";

/** A way to write it so that no layer holds what a later one hides. */
export interface Way {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly assumes: readonly string[];
}

/** How the contents that a command removes never come into the image; undefined where that takes a person. */
export function neverBring(syntax: Syntax, { by, run }: Hidden, contents: readonly Content[]): Way | undefined {
  const [first] = contents;
  if (!first) return undefined;
  if ("command" in first.by) return inOneRun(syntax, first.by, by);
  const edits = contents.length === 1 ? bindInsteadOfCopy(syntax, first, by, run) : undefined;
  const assumes = ["The image is built with BuildKit, the default since Docker Engine 23."];
  return edits && { title: `Lend ${first.path} to this RUN with a bind mount`, edits, assumes };
}

/** One RUN of the first that makes it, the last that removes it, and all between. */
export function inOneRun(syntax: Syntax, first: RunCommand, last: RunCommand): Way | undefined {
  const edits = first.stage === last.stage ? mergeRuns(syntax, first.stage, first.at, last.at) : undefined;
  const assumes = ["A change to one of these commands runs all of them again at the next build."];
  return edits && { title: "Do this in the RUN that brings it", edits, assumes };
}
