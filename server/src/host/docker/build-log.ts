import type { BuildFailure } from "../../ports";

/** A line of the engine's answer to a build: JSON, one kind of it or another. */
export interface EngineMessage {
  readonly id?: string;
  /** BuildKit's status is in base64; what was built is an object. */
  readonly aux?: string | { readonly ID?: string } | null;
  readonly stream?: string;
  readonly status?: string;
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
}

/** What a builder's messages come to. The engine reports a failure with a status of success: only they tell. */
export interface BuildLog {
  /** The id of the image, once it is built. */
  readonly image?: string;
  read(message: EngineMessage): void;
  /** To be asked when the answer has ended; undefined where the engine reported no error. */
  failure(): BuildFailure | undefined;
}

/** The same of a builder that works in containers, and keeps an image of each step. */
export interface SteppedLog extends BuildLog {
  /** The container of the step that runs, while one does. */
  readonly container: string | undefined;
  /** The images that this build made and did not find, in order. */
  readonly made: readonly string[];
}
