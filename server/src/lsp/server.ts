import type { Connection } from "vscode-languageserver/node";
import type { EngineAccess } from "../app/engine-access";
import type { Jobs } from "../app/jobs";
import type { Measured } from "../app/measured";
import type { Rewrites } from "../app/rewrites";
import type { Settings } from "../protocol";
import type { Client } from "./client";
import type { Documents } from "./documents";

/** What the handlers share. */
export interface Server {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: Documents;
  readonly access: EngineAccess;
  readonly jobs: Jobs;
  readonly measured: Measured;
  readonly rewrites: Rewrites;
  /** The page of a rule. */
  ruleUrl(rule: string): string;
  settings: Settings;
  /** Another extension answers questions about names. */
  navigatesElsewhere: boolean;
}

/** Questions about names are answered here, and not left to another extension. */
export function navigates({ settings, navigatesElsewhere }: Pick<Server, "settings" | "navigatesElsewhere">): boolean {
  return settings.navigation === "on" || (settings.navigation !== "off" && !navigatesElsewhere);
}

/**
 * A handler that never throws or rejects: a defect in it is logged and answered with nothing, and all others go on.
 * `what` names it in the log.
 */
export function guarded<A extends readonly unknown[], R>(
  { connection }: Pick<Server, "connection">,
  what: string,
  nothing: R,
  handle: (...args: A) => R,
): (...args: A) => R {
  const report = (error: unknown) => {
    connection.console.error(`A defect in Ballast itself, in ${what}: ${stackOf(error)}`);
    return nothing;
  };
  return (...args) => {
    try {
      const answer = handle(...args);
      return answer instanceof Promise ? (answer.catch(report) as R) : answer;
    } catch (error) {
      return report(error);
    }
  };
}

export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
