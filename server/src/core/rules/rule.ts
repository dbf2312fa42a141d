import type { FileContext } from "../flow/context";
import type { Stage } from "../model/model";
import type { Change } from "../rewrite/change";
import type { MayGrow } from "../rewrite/verifiable";
import type { Edit } from "../text/edit";
import type { Span } from "../text/span";

export type Severity = "error" | "warning" | "info" | "hint";
export const SEVERITIES: readonly Severity[] = ["error", "warning", "info", "hint"];

/** What to do about one finding, where that is certain: an edit of the author's own lines. Rewrites are recipes. */
export interface Fix {
  /** What it does, in the imperative: "Copy from /calculator". */
  readonly title: string;
  /** `safe` joins fix-all: it can change nothing of what the image does. */
  readonly safety: Change["safety"];
  /** Lines end with a line feed here, whatever the file has. */
  readonly edits: readonly Edit[];
  readonly assumes?: readonly string[];
}

export interface Finding {
  readonly span: Span;
  /** What, in one or two sentences; why stands in the docs, what to do in the fixes. */
  readonly message: string;
  readonly confidence: "certain" | "likely";
  /** Where this one weighs less or more than the rule's others. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  /** The first is the preferred one. */
  readonly fixes?: readonly Fix[];
  /** The stage whose image it is about, where that is not the last one: recipes rewrite the last one alone. */
  readonly target?: Stage;
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
  readonly mayGrow?: MayGrow;
  readonly docs: {
    readonly what: string;
    readonly why: string;
    readonly limits: string;
    readonly examples: readonly Example[];
  };
  /** Findings in document order. */
  check(context: FileContext): Iterable<Finding>;
}

/** What is found in the image of each stage that surely ships; what several of them share is told once. */
export function* inShipped(
  { shipped, model }: FileContext,
  findingsIn: (stage: Stage) => Iterable<Finding>,
): Iterable<Finding> {
  const told = new Map<string, Stage>();
  for (const stage of shipped) {
    for (const finding of findingsIn(stage)) {
      const place = `${finding.span.start} ${finding.span.end}`;
      const by = told.get(place) ?? stage;
      told.set(place, by);
      if (by === stage) yield stage === model.final ? finding : { ...finding, target: stage };
    }
  }
}
