import type { FileContext } from "../flow/context";
import type { Offer, Refusal } from "../rewrite/change";

/** A rewrite of a Dockerfile. */
export interface Recipe {
  readonly id: string;
  readonly title: string;
  /** What the final image may be; the first is the default. */
  readonly targets: readonly string[];
  /** The rules whose findings it removes: the change is not let out unless it does. */
  readonly removes: readonly string[];
  /** Decides and prepares in one. */
  offer(context: FileContext, target: string): Offer | Refusal;
}
