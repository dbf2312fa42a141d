import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bundleSmoke } from "../kit/smoke";
import { calculatorFolder, describeInVSCode, openWindow, PATIENT } from "../kit/vscode";

await describeInVSCode("The smoke test of the desktop", () => {
  test("passes in this VS Code too", async () => {
    const folder = join(calculatorFolder(), "calculator");
    await openWindow(folder, "trusted", await bundleSmoke());
    const answer = join(folder, "smoke.json");
    await expect
      .poll(() => existsSync(answer) && JSON.parse(readFileSync(answer, "utf8")), PATIENT)
      .toEqual({ ok: true });
  });
});
