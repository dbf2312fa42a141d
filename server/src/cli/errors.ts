/** Wrong use or unreadable input: exit 2. The message is one line for the user. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command's exit codes (section 9 of the design). */
export const EXIT = { clean: 0, findings: 1, usage: 2, engine: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
