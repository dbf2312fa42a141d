import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { calculatorFolder, describeInVSCode, openWindow, PATIENT, pictureOnFailure } from "../kit/vscode";
import type { Window } from "../kit/window";

const TEXT = `ARG VERSION=1.26
FROM golang:\${VERSION} AS build
ARG VERSION
RUN <<EOF
go build -ldflags "-X main.version=$VERSION" -o /app .
EOF
FROM scratch
ENV MODE=quiet
COPY --link --from=build /app /app
CMD ["/app"]
`;

await describeInVSCode("Finding one's way in a Dockerfile, by keys alone", () => {
  let window: Window;
  let folder: string;

  beforeAll(async () => {
    folder = calculatorFolder();
    mkdirSync(join(folder, "names"));
    writeFileSync(join(folder, "names/names.dockerfile"), TEXT);
    window = await openWindow(folder);
    await window.openFile("names.dockerfile");
    await window.status.waitFor();
  });

  beforeEach(({ task }) => pictureOnFailure(window, task.name));

  const cursor = () => window.page.locator(".statusbar-item", { hasText: /^Ln \d+, Col \d+/ }).innerText();
  const text = async () =>
    (await window.lines()).map((line) => line.replace(/\s*(?:≈ )?[\d.]+ [kMG]?B$/, "")).join("\n");

  /** F2, which shows the old name to be typed over. */
  const rename = async (from: string, to: string) => {
    await window.press("F2");
    const box = window.page.locator(".rename-box input:focus");
    await box.waitFor();
    expect(await box.inputValue()).toBe(from);
    await window.page.keyboard.insertText(to);
    await window.press("Enter");
  };

  test("the list of symbols has the stages with what stands in them", async () => {
    const all = ["VERSION", "build", "VERSION", "RUN", "scratch", "MODE", "COPY", "CMD"];
    await expect.poll(() => symbols(window), PATIENT).toEqual(all);
  });

  test("F12 goes from a use to the stage, and from a variable to its ARG", async () => {
    await window.focusEditor();
    await window.goTo(9, 22);
    await window.press("F12");
    await expect.poll(cursor, PATIENT).toBe("Ln 2, Col 27");
    await window.goTo(5, 38);
    await window.press("F12");
    await expect.poll(cursor, PATIENT).toBe("Ln 3, Col 5");
    await window.press("F12");
    await expect.poll(cursor, PATIENT).toBe("Ln 1, Col 5");
  });

  test("Shift+F12 shows all places", async () => {
    await window.focusEditor();
    await window.goTo(1, 6);
    await window.press("Shift+F12");
    await window.page.locator(".peekview-widget .peekview-title", { hasText: "References (4)" }).waitFor();
    await window.press("Escape");
    await window.page.locator(".peekview-widget").waitFor({ state: "detached" });
  });

  test("F2 renames in all places, and one undo takes it back", async () => {
    await window.focusEditor();
    await window.goTo(9, 22);
    await rename("build", "compile");
    await expect.poll(text, PATIENT).toContain("AS compile");
    expect(await text()).toContain("--from=compile /app");
    expect(await text()).toContain("go build -ldflags");
    await window.press("Control+z");
    await expect.poll(text, PATIENT).toContain("AS build");
    expect(await text()).toContain("--from=build /app");
  });

  test("F2 where a name is kept says why", async () => {
    await window.focusEditor();
    await window.goTo(8, 6);
    await window.press("F2");
    await window.page
      .locator(".monaco-editor-overlaymessage", { hasText: "Programs read MODE from the environment of the image" })
      .waitFor();
    await window.press("Escape");
  });

  test("a name that the file cannot have is refused with the reason", async () => {
    await window.focusEditor();
    await window.goTo(9, 22);
    await rename("build", "Scratch!");
    await window.page.getByText("A stage's name begins with a lower-case letter").first().waitFor();
    expect(await text()).toContain("AS build");
    await window.press("Escape");
    await window.clearNotifications();
  });

  test("stages and heredocs fold", async () => {
    await window.focusEditor();
    await window.command("Fold All");
    await expect.poll(async () => (await window.lines()).length, PATIENT).toBeLessThanOrEqual(4);
    expect((await text()).split("\n").filter((line) => line !== "")).toEqual([
      "ARG VERSION=1.26",
      expect.stringContaining("AS build"),
      expect.stringContaining("FROM scratch"),
    ]);
    await window.command("Unfold All");
    await expect.poll(text, PATIENT).toContain('CMD ["/app"]');
  });

  test("hover says the value and where it comes from", async () => {
    await window.focusEditor();
    await window.goTo(5, 38);
    await window.command("Show or Focus Hover");
    const hover = window.page.locator(".monaco-hover:visible");
    await hover.getByText("The default of the ARG in line 1").waitFor();
    expect(await hover.innerText()).toContain("1.26");
    await window.press("Escape");
  });

  test("with the setting off nothing of it is there, and with it on all of it", async () => {
    const settings = join(folder, ".vscode/settings.json");
    const before = readFileSync(settings, "utf8");
    writeFileSync(settings, JSON.stringify({ ...JSON.parse(before), "ballast.navigation": "off" }));
    await expect.poll(() => symbols(window), PATIENT).toEqual([]);
    writeFileSync(settings, before);
    await expect.poll(() => symbols(window), PATIENT).toContain("build");
  });
});

/** The names in the list of Go to Symbol; none where VS Code says that there are none. */
async function symbols(window: Window): Promise<readonly string[]> {
  await window.focusEditor();
  await window.press("Control+Shift+o");
  await window.quickInput.waitFor();
  const rows = window.quickInput.locator(".monaco-list-row .label-name");
  await rows.first().waitFor();
  const names = await rows.allTextContents();
  await window.press("Escape");
  await window.quickInput.waitFor({ state: "hidden" });
  return names.map((name) => name.trim()).filter((name) => !name.includes("does not provide symbol information"));
}
