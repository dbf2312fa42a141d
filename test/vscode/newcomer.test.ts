import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { calculatorFolder, describeInVSCode, openWindow, PATIENT, pictureOnFailure } from "../kit/vscode";
import type { Window } from "../kit/window";

/** Milliseconds. */
const ACTIVATION = 30;

await describeInVSCode("What a newcomer sees", () => {
  let window: Window;
  let settings: string;

  beforeAll(async () => {
    const folder = calculatorFolder();
    settings = join(folder, ".vscode/settings.json");
    window = await openWindow(folder);
    await window.openFile("Dockerfile");
    await window.status.waitFor();
  });

  beforeEach(({ task }) => pictureOnFailure(window, task.name));

  test("the shell of RUN has colours of its own", async () => {
    const color = (text: string) =>
      window.page
        .locator(".view-line span span", { hasText: new RegExp(`^\\s*${text}$`) })
        .first()
        .evaluate((element) => getComputedStyle(element).color);
    await expect.poll(() => color("apt-get"), PATIENT).not.toBe(await color("GO111MODULE=off"));
  });

  test("the status bar item opens what can be done here", async () => {
    await window.status.click();
    for (const row of ["Build image", "Compare", "Show log"]) await window.rows(row).first().waitFor();
    await window.press("Escape");
  });

  test("a setting counts at once", async () => {
    await window.focusEditor();
    await window.lens("Build").waitFor();
    const before = readFileSync(settings, "utf8");
    writeFileSync(settings, JSON.stringify({ "ballast.codeLens": false, "ballast.inlayHints": false }));
    await window.lens("Build").waitFor({ state: "detached" });
    await expect.poll(async () => (await window.lines())[0], PATIENT).toBe("FROM ubuntu AS build");
    writeFileSync(settings, before);
    await window.lens("Build").waitFor();
  });

  test("the walkthrough's first step opens a copy of the example", async () => {
    await window.command("Welcome: Open Walkthrough");
    await window.quickInput.waitFor();
    await window.page.keyboard.insertText("Take the dead weight");
    await window.pick("Take the dead weight");
    await window.page.getByRole("button", { name: "Open the calculator" }).click();
    await expect.poll(async () => (await window.lines())[0], PATIENT).toMatch(/^FROM ubuntu AS build\s*\d+ MB/);
    await window.page.locator(".tab.active", { hasText: "ballast.ballast" }).waitFor();
  });

  test("activation takes no time that anyone would notice", async () => {
    // The best of three: another process may have the machine at the moment.
    let best = await activation(window);
    for (let again = 0; again < 2 && best > ACTIVATION; again += 1) {
      await window.page.reload();
      await window.openFile("Dockerfile");
      await window.status.waitFor();
      best = Math.min(best, await activation(window));
    }
    expect(best).toBeLessThanOrEqual(ACTIVATION);
  });
});

/** Milliseconds, as VS Code itself says it. */
async function activation(window: Window): Promise<number> {
  await window.command("Developer: Show Running Extensions");
  const row = window.page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: "ballast" });
  return Number(/Activation: (\d+)ms/.exec(await row.innerText())?.[1] ?? Number.NaN);
}
