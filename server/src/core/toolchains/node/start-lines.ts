import { posix } from "../../model/paths";
import type { AppStart, Way } from "../app";

/** The Node of an image: what its ENTRYPOINT has already need not be said again. */
export interface NodeOfImage {
  readonly path: string;
  readonly isEntrypoint: boolean;
}

/** ENTRYPOINT and CMD that start the same words by node; those that `docker run IMAGE …` replaces stay in CMD. */
export function startBy({ argv = [], fixed }: AppStart, words: readonly string[], node: NodeOfImage): Way["start"] {
  const byNode = /^node(?:js)?$/.test(posix.basename(argv[0] ?? ""));
  // ENTRYPOINT ["node"] with CMD ["server.js"]: the image's own says the first word.
  if (fixed === 0 || (fixed === 1 && byNode && node.isEntrypoint))
    return { command: node.isEntrypoint ? words : [node.path, ...words] };
  const replaced = argv.slice(fixed);
  const own = words.length - replaced.length;
  const isTail = own >= 0 && replaced.every((word, at) => word === words[own + at]);
  const end = isTail ? own : words.length;
  const command = words.slice(end);
  return { entrypoint: [node.path, ...words.slice(0, end)], ...(command.length > 0 ? { command } : {}) };
}
