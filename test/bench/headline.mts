/** The headline on a real engine: case 3 as it stands, with our rewrites, and the tutorial's own multi-stage image. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CALCULATOR, caseOf } from "../cases/cases.ts";

export interface Headline {
  /** Bytes of the files in the layers, as the engine says it. */
  readonly before: number;
  readonly distroless: number;
  readonly scratch: number;
  /** The tutorial's multi-stage image, built in the same run. */
  readonly tutorial: number;
  /** Distroless static alone. */
  readonly base: number;
}

/** Case 3 with the final stage that its tutorial teaches. */
const TUTORIAL = caseOf(3).dockerfile.replace("ENTRYPOINT", "\nFROM scratch\nCOPY --from=build /app /app\nENTRYPOINT");

/** Builds all of them. A string says why it could not be measured. */
export function measureHeadline(): Headline | string {
  const folder = mkdtempSync(join(tmpdir(), "ballast-headline-"));
  try {
    writeFileSync(join(folder, "calculator.go"), CALCULATOR);
    writeFileSync(join(folder, "input"), "2 * 3\n");
    writeFileSync(join(folder, "Dockerfile"), caseOf(3).dockerfile);
    writeFileSync(join(folder, "Dockerfile.tutorial"), TUTORIAL);
    const compare = (target: string) =>
      ballast([
        "compare",
        join(folder, "Dockerfile"),
        "--target",
        target,
        "--stdin",
        join(folder, "input"),
        "--format",
        "json",
      ]);
    const distroless = compare("distroless");
    const scratch = compare("scratch");
    const tutorial = ballast(["build", join(folder, "Dockerfile.tutorial"), "--context", folder, "--format", "json"]);
    const base = ballast(["size", "gcr.io/distroless/static-debian13:nonroot", "--image", "--format", "json"]);
    return {
      before: distroless.before.bytes,
      distroless: distroless.after.bytes,
      scratch: scratch.after.bytes,
      tutorial: tutorial.size.bytes,
      base: base.size.bytes,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ballast(args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["dist/cli.js", ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(stderr.trim().split("\n").at(-1));
  return JSON.parse(stdout);
}
