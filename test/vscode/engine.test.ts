import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { connect } from "../kit/engine";
import { calculatorFolder, describeInVSCode, openWindow, PATIENT, pictureOnFailure } from "../kit/vscode";
import type { Window } from "../kit/window";

const BUSYBOX = "FROM busybox\nRUN echo first\nRUN echo second > /second\nCMD cat\n";
/** Never in the cache. */
const SLOW = `FROM busybox\nRUN echo ${Date.now()} && sleep 120\n`;
/** Ubuntu's compiler is installed on the way. */
const BUILD = { timeout: 240_000, interval: 500 };

const engine = await connect();
const reason = await engine.inspect("ubuntu").then(
  (image) => (image ? undefined : "the engine has no image ubuntu"),
  (error: Error) => error.message,
);

await describeInVSCode(
  "Builds and comparisons",
  () => {
    let window: Window;

    beforeAll(async () => {
      window = await openWindow(calculatorFolder());
      await window.openFile("Dockerfile");
      await window.status.waitFor();
    });

    beforeEach(({ task }) => pictureOnFailure(window, task.name));

    test("the unsaved text is built, step by step in the log, and measured", async () => {
      await window.replaceText(BUSYBOX);
      await window.command("Ballast: Build image");
      await window.notification(/^.*Built sha256/).waitFor({ timeout: BUILD.timeout });
      await window.button(/Built sha256/, "Show log").click();
      await expect.poll(() => window.log(), PATIENT).toContain("second > /second");
      await window.clearNotifications();
      await expect.poll(() => window.status.innerText(), PATIENT).toMatch(/^\s*\d+(?:\.\d+)? MB$/);
      await expect.poll(async () => (await window.lines())[2], PATIENT).toMatch(/second\s+7 B$/);
    });

    test("what was measured turns stale when the text above changes, and is back when the change is undone", async () => {
      await window.focusEditor();
      await window.goTo(2, 99);
      await window.page.keyboard.insertText(" more");
      await expect.poll(() => window.status.innerText(), PATIENT).toMatch(/was \d/);
      await window.press("Control+z");
      await expect.poll(() => window.status.innerText(), PATIENT).toMatch(/^\s*\d+(?:\.\d+)? MB$/);
    });

    test("a step that fails is underlined where it stands, until the text changes", async () => {
      await window.replaceText("FROM busybox\nRUN true\nRUN echo on the way && exit 7\n");
      await window.command("Ballast: Build image");
      await window.button("The build failed at line 3", "Go to line 3").click();
      await expect.poll(() => window.squiggled("error"), PATIENT).toEqual(["RUN echo on the way && exit 7"]);
      expect(await window.problems()).toContainEqual(expect.stringMatching(/ballast build.*\[Ln 3, Col 1\]/));
      await window.focusEditor();
      await window.press("Control+End");
      await window.page.keyboard.insertText("# another text\n");
      await expect.poll(() => window.squiggled("error"), PATIENT).toEqual([]);
    });

    test("a build is cancelled from its notification; a second one beside it is refused", async () => {
      await window.replaceText(SLOW);
      await window.command("Ballast: Build image");
      await window.notification(/Building Dockerfile.*sleep 120/).waitFor();
      await window.command("Ballast: Build image");
      await window.notification(/under way|already/).waitFor();
      await window.button(/Building Dockerfile.*sleep 120/, "Cancel").click();
      await window.page.getByText("Building Dockerfile: cancelled").waitFor();
      await window.clearNotifications();
    });

    test("a file that is deleted while it builds is built to the end", async () => {
      const file = join(window.folder, "calculator/Dockerfile");
      const original = readFileSync(file);
      await window.replaceText(`FROM busybox\nRUN echo ${Date.now()} && sleep 4\n`);
      await window.command("Ballast: Build image");
      await window.notification(/Building Dockerfile.*sleep 4/).waitFor();
      rmSync(file);
      await window.notification(/Built sha256/).waitFor();
      expect((await window.lines())[1]).toContain("sleep 4");
      writeFileSync(file, original);
      await window.clearNotifications();
    });

    test("Compare asks for the input once, remembers it, and says sizes, ratio and whether they did the same", async () => {
      await window.command("File: Revert File");
      await window.command("Ballast: Compare");
      await window.pick("Type it");
      await window.answer("Compare: input of both programs", "2 * 3\\n10 / 4");
      const verdict = /\d+ MB → \d\.\d+ MB, \d+ times smaller; they did the same/;
      await window.notification(verdict).waitFor({ timeout: BUILD.timeout });
      await window.button(verdict, "Show details").click();
      const output = window.panel.getByRole("row", { name: "standard output" });
      await output.getByText("Result: 6").first().waitFor();
      await output.getByText("Result: 2.5").first().waitFor();
      await window.clearNotifications();
      await window.command("Ballast: Compare");
      await window.notification(verdict).waitFor({ timeout: BUILD.timeout });
      await window.clearNotifications();
    });

    test("the input can be changed to a file", async () => {
      await window.command("Ballast: Change input of Compare");
      await window.pick("A file");
      await window.pick("calculator.go");
      await window.page.getByText("Compare of Dockerfile: input from calculator.go").waitFor();
    });
  },
  { lacking: reason },
);
