import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** What a call of the command line gave. */
export interface Called {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const CLI = join(import.meta.dirname, "../../dist/cli.js");

/** Calls the bundled command line, as a user would. */
export function ballast(
  args: readonly string[],
  options: { readonly input?: string; readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Called {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    cwd: options.cwd,
    input: options.input ?? "",
    env: { ...process.env, NO_COLOR: "1", ...options.env },
  });
  return { status, stdout, stderr };
}
