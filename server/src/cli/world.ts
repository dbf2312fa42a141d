import type { BuildEngine } from "../ports";
import type { OpenProject } from "./input";

/** What a command uses of the world; `main` puts it together. */
export interface World {
  readonly openProject: OpenProject;
  /** The engine at a host, or the one that the docker command would use. Nothing is asked of it yet. */
  connectEngine(host: string | undefined): Promise<BuildEngine>;
  /** A line to standard output. */
  print(text: string): void;
  /** A line to standard error. */
  complain(text: string): void;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}
