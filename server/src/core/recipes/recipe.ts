import type { FileContext } from "../flow/context";
import type { Offer, Refusal } from "../rewrite/change";

/** A rewrite of a Dockerfile. */
export interface Recipe {
  readonly id: string;
  readonly title: string;
  /** What the final image may be; those that nobody need name stand first, the default before the others. */
  readonly targets: readonly string[];
  /** Those of them that there is an answer about for this file. */
  targetsFor(context: FileContext): readonly string[];
  /** The rules whose findings it removes: the change is not let out unless it does. */
  readonly removes: readonly string[];
  /** The file is of the shape that it rewrites at all; for others it has no answer to show. */
  suits(context: FileContext): boolean;
  /** Decides and prepares in one. */
  offer(context: FileContext, target: string): Offer | Refusal;
}
