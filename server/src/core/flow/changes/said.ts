import type { Stage } from "../../model/model";
import type { Instruction } from "../../syntax/instruction";
import type { Build, RunCommand } from "../../toolchains/toolchain";
import type { FileContext } from "../context";
import type { Step } from "../files/steps";
import type { Content, What } from "./change";

/** Whether a path exists at some point of a stage. */
export type Presence =
  /** A step makes it, or something below it; `made` is the build whose program it is, in its own stage at `artifact`. A later one may have `rewritten` it. */
  | { readonly kind: "there"; readonly made?: MadeBy; readonly maker?: Maker; readonly rewritten?: true }
  /** No step can have made it, and the base has none. */
  | { readonly kind: "absent" }
  /** Some step may have made it: a script, a download, a folder that was not seen. */
  | { readonly kind: "unknown" };

export interface MadeBy {
  readonly build: Build;
  readonly stage: Stage;
  readonly artifact: string;
}

/** The step that put a path where it is, and what it is; `what` is undefined where that cannot be told. */
export interface Maker {
  readonly stage: Stage;
  readonly instruction: Instruction;
  readonly run: RunCommand | undefined;
  readonly what: What | undefined;
  readonly content: Content;
}

export const ABSENT: Presence = { kind: "absent" };
export const UNKNOWN: Presence = { kind: "unknown" };

/** What steps say of a path; undefined where they do not concern it. */
export type Said =
  | { readonly says: "there"; readonly presence: Presence & { readonly kind: "there" } }
  /** It is not there after them, whatever was before. */
  | { readonly says: "gone" }
  | { readonly says: "unknown" }
  /** They may have made it, or taken it away: what was before counts too. */
  | { readonly says: "open"; readonly made: boolean; readonly gone: boolean }
  | undefined;

export const MAYBE: Said = { says: "open", made: true, gone: false };
export const MAYBE_GONE: Said = { says: "open", made: false, gone: true };

/** Takes what steps say from the last one back, until one of them decides. */
export class Doubt {
  made = false;
  gone = false;

  /** The decision, if this is one. What does not surely happen decides nothing. */
  take(said: Said, always: boolean): Said {
    if (!said) return undefined;
    if (said.says === "open" || !always) {
      this.made ||= said.says === "open" ? said.made : said.says !== "gone";
      this.gone ||= said.says === "open" ? said.gone : said.says !== "there";
      return undefined;
    }
    const against = said.says === "there" ? this.gone : said.says === "gone" && this.made;
    if (against) return { says: "unknown" };
    return said.says === "there" && this.made ? { ...said, presence: { ...said.presence, rewritten: true } } : said;
  }

  get said(): Said {
    return this.made || this.gone ? { says: "open", made: this.made, gone: this.gone } : undefined;
  }
}

/** What a step may ask to say what it does to a path. */
export interface World {
  readonly context: FileContext;
  readonly stage: Stage;
  readonly step: Step;
  /** A path of the stage before the step. */
  before(path: string): Presence;
  /** A path at the end of another stage. */
  end(stage: Stage, path: string): Presence;
}

/** The step puts a path there. */
export function there({ stage, step }: World, what: What | undefined, content: Content): Said {
  const { instruction, run } = step;
  const made = content.kind === "build" ? { build: content.build, stage } : undefined;
  return {
    says: "there",
    presence: {
      kind: "there",
      maker: { stage, instruction, run, what, content },
      ...(made && { made: { ...made, artifact: "" } }),
    },
  };
}
