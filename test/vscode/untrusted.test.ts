import { beforeAll, beforeEach, expect, test } from "vitest";
import { calculatorFolder, describeInVSCode, openWindow, PATIENT, pictureOnFailure } from "../kit/vscode";
import type { Window } from "../kit/window";

await describeInVSCode(
  "Restricted Mode",
  () => {
    let window: Window;

    beforeAll(async () => {
      // A folder that is not trusted names an engine of its own: nobody may listen to it.
      window = await openWindow(calculatorFolder({ "ballast.host": "tcp://127.0.0.1:1" }), "untrusted");
      await window.page.getByRole("button", { name: "No, I don't trust" }).click();
      await window.openFile("Dockerfile");
    });

    beforeEach(({ task }) => pictureOnFailure(window, task.name));

    test("findings, fixes and estimates work", async () => {
      await expect.poll(() => window.squiggled("warning"), PATIENT).toContain("ubuntu");
      await expect.poll(() => window.status.innerText(), PATIENT).toMatch(/≈ \d+ MB · Restricted Mode/);
      await window.goTo(6, 20);
      expect(await window.lightBulb()).toContainEqual(expect.stringMatching(/distroless static.*≈/));
      await window.closeLightBulb();
    });

    test.for(["Ballast: Build image", "Ballast: Compare"])("%s says why it does nothing", async (command) => {
      await window.command(command);
      await window.notification("Ballast builds only in trusted folders").waitFor();
      await window.clearNotifications();
    });

    test("trust brings the engine back, without a restart", async () => {
      await window.command("Ballast: Build image");
      await window.button("Ballast builds only in trusted folders", "Manage trust").click();
      await window.page.getByRole("button", { name: "Trust", exact: true }).first().click();
      await window.openFile("Dockerfile");
      await expect.poll(() => window.status.innerText(), PATIENT).not.toContain("Restricted Mode");
    });
  },
  { kind: "untrusted" },
);
