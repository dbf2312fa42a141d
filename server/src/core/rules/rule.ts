import type { FileContext } from "../flow/context";
import type { Span } from "../text/span";

export type Severity = "error" | "warning" | "info" | "hint";
export const SEVERITIES: readonly Severity[] = ["error", "warning", "info", "hint"];

export interface Finding {
  readonly span: Span;
  /** What, in one or two sentences; why stands in the docs, what to do in the fixes. */
  readonly message: string;
  readonly confidence: "certain" | "likely";
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
}

export interface Example {
  /** A Dockerfile that the rule speaks about; `#- path` begins a file of its folder. */
  readonly before: string;
  /** What the file should look like; the rule is silent about it. */
  readonly after: string;
}

export interface Rule {
  /** kebab-case, names the pattern; it reads after "ignore". */
  readonly id: string;
  readonly title: string;
  readonly group: "size" | "surface" | "runtime" | "cache" | "upkeep";
  readonly severity: Severity;
  /** The peers' ids for the same thing. */
  readonly sameAs: readonly string[];
  /** The recipes that take its findings away. */
  readonly recipes: readonly string[];
  readonly docs: {
    readonly what: string;
    readonly why: string;
    readonly limits: string;
    readonly examples: readonly Example[];
  };
  /** Findings in document order. */
  check(context: FileContext): Iterable<Finding>;
}
