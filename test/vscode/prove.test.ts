import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { connect } from "../kit/engine";
import { calculatorFolder, describeInVSCode, openWindow, PATIENT, pictureOnFailure } from "../kit/vscode";
import type { Window } from "../kit/window";

/** Ubuntu's compiler is installed on the way. */
const BUILD = 240_000;
/** Distroless images say where their certificates are; Ubuntu does not. It imports little, for all of that is compiled. */
const NOSY = `package main

import "syscall"

func main() {
	path, _ := syscall.Getenv("SSL_CERT_FILE")
	println("certificates", path)
}
`;

const engine = await connect();
const reason = await engine.inspect("ubuntu").then(
  (image) => (image ? undefined : "the engine has no image ubuntu"),
  (error: Error) => error.message,
);

await describeInVSCode(
  "Proving a rewrite",
  () => {
    let window: Window;
    let folder: string;
    const lines = async () => (await window.lines()).join("\n");

    beforeAll(async () => {
      folder = calculatorFolder();
      window = await openWindow(folder);
      await window.openFile("Dockerfile");
      await window.status.waitFor();
    });

    beforeEach(({ task }) => pictureOnFailure(window, task.name));

    const rewrite = async (title: string, from: string) => {
      await window.focusEditor();
      await window.goTo(6, 20);
      await window.takeAction(title);
      await expect.poll(lines, PATIENT).toContain(from);
    };

    test("its lens comes with the fix, and goes and comes with undo and redo", { timeout: BUILD }, async () => {
      await window.focusEditor();
      await window.lens("Compare").waitFor();
      await rewrite("distroless static", "FROM gcr.io");
      await window.lens("Prove it").waitFor();
      await window.press("Control+z");
      await window.lens("Compare").waitFor();
      await expect.poll(() => window.lens("Prove it").count(), PATIENT).toBe(0);
      await window.press("Control+y");
      await window.lens("Prove it").waitFor();
    });

    test("it can be cancelled", { timeout: BUILD }, async () => {
      await window.lens("Prove it").click();
      await window.pick("Type it");
      await window.answer("Compare: input of both programs", "2 * 3\\n10 / 4");
      await window.button(/Proving the rewrite of Dockerfile/, "Cancel").click();
      await window.page.getByText("Proving the rewrite of Dockerfile: cancelled").waitFor();
      await window.lens("Prove it").waitFor();
    });

    test("what is proven is shown side by side, and the lens goes", { timeout: 2 * BUILD }, async () => {
      await window.lens("Prove it").click();
      const verdict = /\d+ MB → \d\.\d+ MB, \d+ times smaller; they did the same/;
      await window.notification(verdict).waitFor({ timeout: BUILD });
      const { panel } = window;
      await panel.getByRole("heading", { level: 1, name: "times smaller" }).waitFor();
      const row = (name: string) => panel.getByRole("row", { name }).first().innerText();
      expect(await row("size")).toMatch(/^size\s+\d+ MB\s+\d\.\d+ MB$/);
      expect(await row("shell")).toMatch(/^shell\s+yes\s+no$/);
      expect(await row("user")).toMatch(/^user\s+root\s+(?:65532|nonroot)$/);
      expect(await row("start-up")).toMatch(/ m?s until it ended/);
      expect(await row("standard output")).toMatch(/Result: 2\.5\s[\s\S]+Result: 2\.5\s+same$/);
      expect(await row("needed libraries")).toMatch(/same$/);
      expect(await panel.getByRole("button", { name: "Undo the rewrite" }).count()).toBe(0);
      await window.clearNotifications();
      await expect.poll(() => window.lens("Prove it").count(), PATIENT).toBe(0);
    });

    test("a rewrite that does something else is taken back with one click", { timeout: 2 * BUILD }, async () => {
      await window.focusEditor();
      await window.command("File: Revert File");
      const file = join(folder, "calculator/Dockerfile");
      writeFileSync(join(folder, "calculator/calculator.go"), NOSY);
      const original = readFileSync(file, "utf8");
      await rewrite("distroless static", "FROM gcr.io");
      await window.lens("Prove it").click();
      await window.notification(/they did not do the same/).waitFor({ timeout: BUILD });
      await window.clearNotifications();
      await window.panel.getByRole("heading", { level: 1, name: "did not do the same" }).waitFor();
      const output = window.panel.getByRole("row", { name: "standard error" });
      expect(await output.innerText()).toMatch(/certificates\s+certificates \/etc\/\S+\s+different$/);
      await window.panel.getByRole("button", { name: "Undo the rewrite" }).click();
      await expect.poll(lines, PATIENT).not.toContain("FROM gcr.io");
      await window.press("Control+s");
      await expect.poll(() => readFileSync(file, "utf8"), PATIENT).toBe(original);
    });
  },
  { lacking: reason },
);
