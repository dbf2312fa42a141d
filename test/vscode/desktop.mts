/** The smoke test in a desktop VS Code, which is downloaded: `npx tsx test/vscode/desktop.mts`. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { bundleSmoke } from "../kit/smoke";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "ballast-desktop-"));
cpSync(join(root, "examples/calculator"), folder, { recursive: true });
try {
  process.exitCode = await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleSmoke(),
    launchArgs: [folder, "--disable-workspace-trust"],
  });
} catch (error) {
  process.stderr.write(`No desktop VS Code could be run: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
