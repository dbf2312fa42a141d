import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { calculatorFolder, describeInVSCode, openWindow, PATIENT, pictureOnFailure } from "../kit/vscode";
import type { Window } from "../kit/window";

const SERVER = join(import.meta.dirname, "../../dist/server.js");

await describeInVSCode("What goes wrong in the editor", () => {
  let window: Window;
  let others: ReadonlySet<number>;
  const started = () => serverProcesses().filter((pid) => !others.has(pid));

  beforeAll(async () => {
    others = new Set(serverProcesses());
    window = await openWindow(calculatorFolder());
    await window.openFile("Dockerfile");
    await window.status.waitFor();
  });

  beforeEach(({ task }) => pictureOnFailure(window, task.name));

  test("half a line is an error where it stands, and the rest is still read", async () => {
    await window.focusEditor();
    await window.press("Control+End");
    await window.page.keyboard.type("RU");
    await expect.poll(() => window.squiggled("error"), PATIENT).toEqual(["RU"]);
    expect(await window.squiggled("warning")).toContain("ubuntu");
    await window.press("Backspace", "Backspace");
    await expect.poll(() => window.squiggled("error"), PATIENT).toEqual([]);
  });

  test("an untitled Dockerfile is read like any other", async () => {
    await window.command("File: New Untitled Text File");
    await window.command("Change Language Mode");
    await window.page.keyboard.insertText("dockerfile");
    await window.pick("(dockerfile)");
    await window.page.keyboard.insertText("FROM ubuntu\nCOPY . .\nRUN wget\n");
    await expect.poll(async () => (await window.lines())[0], PATIENT).toMatch(/FROM ubuntu\s*\d+ MB/);
    await window.command("Ballast: Build image");
    await window.notification(/save it first/).waitFor();
    await window.clearNotifications();
    await window.command("View: Revert and Close Editor");
  });

  test("a server that is killed comes back once, quietly; a second time it says so", async () => {
    const [first] = started();
    expect(first).toBeDefined();
    process.kill(first as number, "SIGKILL");
    await expect.poll(() => started().filter((pid) => pid !== first).length, PATIENT).toBe(1);
    await window.focusEditor();
    await window.press("Control+End");
    await window.page.keyboard.type("RU");
    await expect.poll(() => window.squiggled("error"), PATIENT).toEqual(["RU"]);
    expect(await window.notification("").count()).toBe(0);
    for (const pid of started()) process.kill(pid, "SIGKILL");
    await window.notification("Ballast's server stopped twice").waitFor();
    await expect.poll(() => window.status.innerText(), PATIENT).toContain("Ballast stopped");
    await window.button("Ballast's server stopped twice", "Restart").click();
    await expect.poll(() => window.status.innerText(), PATIENT).toContain("MB");
    await window.press("Backspace", "Backspace");
    await expect.poll(() => window.squiggled("error"), PATIENT).toEqual([]);
  });

  test("the server is restarted on request", async () => {
    const before = started();
    await window.command("Ballast: Restart server");
    await expect.poll(() => started().some((pid) => !before.includes(pid)), PATIENT).toBe(true);
    await expect.poll(() => window.status.innerText(), PATIENT).toContain("MB");
  });

  test("a file that is renamed and deleted while it is open loses nothing", async () => {
    const file = join(window.folder, "calculator/Dockerfile");
    renameSync(file, `${file}.prod`);
    await window.page.locator(".explorer-folders-view").getByText("Dockerfile.prod").dblclick();
    await window.tab("Dockerfile.prod").waitFor();
    await expect.poll(() => window.squiggled("warning"), PATIENT).toContain("ubuntu");
    rmSync(`${file}.prod`);
    await window.focusEditor();
    await window.press("Control+Home");
    await window.page.keyboard.insertText("# still here\n");
    await expect.poll(async () => (await window.lines()).join("\n"), PATIENT).toContain("# still here");
    await expect.poll(() => window.status.innerText(), PATIENT).toContain("MB");
  });
});

/** The servers of this clone that run. */
function serverProcesses(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
    .filter((name) => commandOf(name).includes(SERVER))
    .map(Number);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
