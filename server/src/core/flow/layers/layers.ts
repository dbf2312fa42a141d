import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { rememberedBeside } from "../../text/remembered";
import type { RunCommand } from "../../toolchains/toolchain";
import type { FileContext } from "../context";
import type { Content } from "../files/content";
import type { Ownership } from "./ownership";
import { Replay } from "./replay";

/** What a step does to files that an earlier layer of its image holds: the image ships both. */
export type LayerEvent = Hidden | Rewritten | Repeated;

/** A command takes away what an earlier layer holds. */
export interface Hidden {
  readonly kind: "hidden";
  readonly by: RunCommand;
  /** All commands of its RUN. */
  readonly run: readonly RunCommand[];
  readonly content: Content;
  /** What is taken away of it: its own path, or one below. */
  readonly path: string;
  readonly sure: boolean;
}

/** A command gives files of earlier layers another owner or mode, which writes them once more. */
export interface Rewritten {
  readonly kind: "rewritten";
  readonly by: RunCommand;
  readonly change: Ownership;
  /** The folder of the command that the files are in. */
  readonly path: string;
  readonly contents: readonly Content[];
  readonly sure: boolean;
  /** They are all there: no step since can have taken a part of them away. */
  readonly exact: boolean;
}

/** A step brings what an earlier layer holds at another path. */
export interface Repeated {
  readonly kind: "repeated";
  readonly first: Content;
  readonly second: Content;
  /** What is repeated of the first: its own path, or one below. */
  readonly path: string;
  readonly sure: boolean;
  /** All of it: no step since can have taken a part away. */
  readonly exact: boolean;
}

/** So many instructions are followed, those of a stage once for each image that it is part of. */
const MOST_STEPS = 20_000;

/** The events in the images that ship. What two images share is told once. */
export const layerEvents = rememberedBeside(replayAll);

function replayAll(context: FileContext): readonly LayerEvent[] {
  const events: LayerEvent[] = [];
  const told = new Set<Stage>();
  let steps = 0;
  // What is certain of one image is, though another that may not ship shares it.
  for (const { stage, certain } of [...context.targets].sort((a, b) => Number(b.certain) - Number(a.certain))) {
    const chain = lineage(stage);
    steps += chain.reduce((sum, { instructions }) => sum + instructions.length + 1, 0);
    if (steps > MOST_STEPS) break;
    const replay = new Replay(context);
    for (const each of chain) {
      const found = replay.stage(each);
      if (!told.has(each)) events.push(...(certain ? found : found.map((event) => ({ ...event, sure: false }))));
      told.add(each);
    }
  }
  return events;
}
