/** A Dockerfile that a rule flags and that really fails, with a version that really starts. */
export interface Proof {
  /** What is wrong with it, for the test's name. */
  readonly name: string;
  /** With the files of its folder: `#- path` begins one, as in a fixture. */
  readonly dockerfile: string;
  /** Where it fails: no image is made, its program does not start or ends with an error, its health check fails. */
  readonly fails: "build" | "start" | "health";
  /** The engine's message, or the program's; the rule's docs name it too. */
  readonly says: RegExp;
  /** What the rule's own fix makes of it; written by hand where the rule has none. The files are the same. */
  readonly fixed: string;
  /** What the fixed one prints. */
  readonly prints: RegExp;
}

/** What a file of this folder exports: proofs of the rule that it is named after, or the reason why there can be none. */
export interface ProofFile {
  readonly proofs?: readonly Proof[];
  readonly unproven?: string;
}
