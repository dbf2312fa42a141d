import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { calculatorFolder, describeInVSCode, openWindow, PATIENT, pictureOnFailure } from "../kit/vscode";
import type { Window } from "../kit/window";

await describeInVSCode("A user's minute on the calculator", () => {
  let window: Window;
  let file: string;
  let original: string;
  /** A character for each byte. */
  const saved = () => readFileSync(file, "latin1");

  beforeAll(async () => {
    const folder = calculatorFolder();
    file = join(folder, "calculator/Dockerfile");
    original = saved();
    window = await openWindow(folder);
    await window.openFile("Dockerfile");
  });

  beforeEach(({ task }) => pictureOnFailure(window, task.name));

  test("what is wrong is underlined where it stands", async () => {
    await expect
      .poll(() => window.squiggled("warning"), PATIENT)
      .toEqual(expect.arrayContaining(["ubuntu", "go build -o /app ."]));
    const problems = await window.problems();
    expect(problems.find((row) => row.includes("bloated-base-image"))).toMatch(/\[Ln 1, Col 6\]/);
    expect(problems.find((row) => row.includes("missing-build-stage"))).toMatch(/\[Ln 6, Col 19\]/);
  });

  test("the base's size stands at the end of its line", async () => {
    await expect.poll(async () => (await window.lines())[0], PATIENT).toMatch(/^FROM ubuntu AS build\s*(?:≈ )?\d+ MB$/);
  });

  test("build and compare stand above the stage", async () => {
    // VS Code asks for them when the editor has the focus.
    await window.focusEditor();
    await window.lens("Build").waitFor();
    await window.lens("Compare").waitFor();
  });

  test("the status bar estimates the image, and its tooltip says of what", async () => {
    await expect.poll(() => window.status.innerText(), PATIENT).toMatch(/≈ [67]\d0 MB/);
    await window.status.hover();
    const tooltip = window.page.locator(".monaco-hover:visible");
    await tooltip.getByText("apt-get install").waitFor();
    expect(await tooltip.innerText()).toMatch(/estimate/i);
    expect(await tooltip.innerText()).toContain("linux/amd64");
    await window.leaveMouse();
    await tooltip.waitFor({ state: "hidden" });
  });

  test("the light bulb offers distroless first and scratch after it, each with its size", async () => {
    await window.focusEditor();
    await window.goTo(6, 20);
    const offers = (await window.lightBulb()).filter((title) => title.includes("ship on"));
    expect(offers[0]).toMatch(/distroless static.*≈ .* MB/);
    expect(offers[1]).toMatch(/scratch.*≈ .* MB/);
    await window.closeLightBulb();
  });

  test("Ctrl+Enter on a fix shows it before it is applied", async () => {
    await window.focusEditor();
    await window.takeAction("distroless static", "Control+Enter");
    await window.page.getByText("Refactor Preview").first().waitFor();
    expect(await window.lines()).not.toContainEqual(expect.stringContaining("FROM gcr.io"));
    await window.page.getByRole("button", { name: "Discard" }).click();
  });

  test.for([
    ["distroless static", "FROM gcr.io/distroless/static-debian13:nonroot"],
    ["on scratch", "FROM scratch"],
  ] as const)(
    "the fix %s leaves nothing to warn of, and one undo brings the file back to the byte",
    async ([title, from]) => {
      await window.focusEditor();
      await window.goTo(6, 20);
      const before = await window.problems();
      await window.focusEditor();
      await window.takeAction(title);
      await expect.poll(async () => (await window.lines()).join("\n"), PATIENT).toContain(from);
      await window.press("Control+s");
      await expect.poll(saved, PATIENT).toContain(`\n${from}`);
      await expect.poll(() => window.squiggled("warning"), PATIENT).not.toContain("ubuntu");
      const after = await window.problems();
      expect(after.filter((row) => /missing-build-stage|bloated-base-image/.test(row))).toEqual([]);
      expect(await window.squiggled("error")).toEqual([]);
      expect(await window.squiggled("warning")).toEqual([]);
      expect(before.length).toBeGreaterThan(0);
      await window.focusEditor();
      await window.press("Control+z", "Control+s");
      await expect.poll(saved, PATIENT).toBe(original);
    },
  );
});
