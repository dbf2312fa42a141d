import { pathToFileURL } from "node:url";
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from "playwright-core";

/** Milliseconds: a machine that builds images beside takes its time. */
const PATIENCE = 30_000;
export const CHROMIUM = process.env.BALLAST_CHROMIUM ?? "/usr/bin/chromium";
const LINES = ".editor-instance .view-lines > .view-line";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

const VIEWPORT = { width: 1280, height: 800 };

interface Options {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** A module whose `run` VS Code calls in its extension host. */
  readonly inside?: string | undefined;
}

interface Underlines {
  readonly lines: string;
  readonly marks: string;
}

/** Runs in the page: the characters whose middle is above an underline, for each underline. */
function underlined({ lines, marks }: Underlines): string[] {
  const within = (low: number, value: number, high: number) => low <= value && value <= high;
  const characters = [...document.querySelectorAll(lines)].flatMap((line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const found: { readonly text: string; readonly x: number; readonly y: number }[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let at = 0; at < (node.textContent ?? "").length; at += 1) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        found.push({ text: range.toString(), x: (left + right) / 2, y: (top + bottom) / 2 });
      }
    }
    return found;
  });
  return [...document.querySelectorAll(marks)].map((mark) => {
    const { left, right, top, bottom } = mark.getBoundingClientRect();
    const under = characters.filter(({ x, y }) => within(left, x, right) && within(top, y, bottom));
    return under
      .map(({ text }) => text)
      .join("")
      .replaceAll("\u00a0", " ");
  });
}

/** A window of VS Code, used as a person uses it: keys, clicks, and what can be read on the page. */
export class Window {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
    readonly folder: string,
  ) {}

  /** Opens a folder of this machine in a served VS Code, with the extension of this clone. */
  static async open(url: string, folder: string, { viewport = VIEWPORT, inside }: Options = {}): Promise<Window> {
    const { origin, host } = new URL(url);
    const remote = (path: string) => `vscode-remote://${host}${pathToFileURL(path).pathname}`;
    const payload = JSON.stringify([
      ["extensionDevelopmentPath", remote(`${import.meta.dirname}/../..`)],
      ...(inside === undefined ? [] : [["extensionTestsPath", remote(inside)]]),
    ]);
    const address = `${origin}/?folder=${encodeURIComponent(pathToFileURL(folder).pathname)}&payload=${encodeURIComponent(payload)}`;
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(PATIENCE);
    const window = new Window(browser, page, folder);
    await page.goto(address);
    await page.locator(".monaco-workbench .statusbar").waitFor();
    return window;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Takes the mouse away from all that it could hover. */
  async leaveMouse(): Promise<void> {
    await this.page.mouse.move(1000, 20);
  }

  /** Runs a command of the palette, by its title. */
  async command(title: string): Promise<void> {
    await this.press("F1");
    await this.quickInput.waitFor();
    await this.page.keyboard.insertText(title);
    await this.pick(title);
  }

  /** Opens a file of the folder through Go to File. */
  async openFile(name: string): Promise<void> {
    await this.press("Control+p");
    await this.quickInput.waitFor();
    await this.page.keyboard.insertText(name);
    await this.pick(name);
    await this.tab(name).waitFor();
    await this.page.locator(LINES).first().waitFor();
  }

  /** The list that is open in the middle of the window. */
  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget:visible");
  }

  /** Rows of the open list that have this text. */
  rows(text: string): Locator {
    return this.quickInput.locator(".monaco-list-row", { hasText: text });
  }

  /** Chooses the row of the open list that has this text, once the list has come to rest on it. */
  async pick(text: string): Promise<void> {
    await this.rows(text).first().hover();
    const row = this.quickInput.locator(".monaco-list-row.focused", { hasText: text });
    for (let tries = 0; tries < 10 && !(await row.isVisible()); tries += 1) await this.press("ArrowDown");
    await row.waitFor();
    await this.press("Enter");
  }

  /** Types into the box with this title, and confirms. */
  async answer(title: string, text: string): Promise<void> {
    await this.quickInput.getByText(title).waitFor();
    await this.quickInput.locator("input.input").last().waitFor();
    await this.page.keyboard.insertText(text);
    await this.press("Enter");
  }

  tab(name: string): Locator {
    return this.page.locator(`.tab[data-resource-name="${name}"]`);
  }

  /** All lines that are shown, from top to bottom, with ordinary spaces. */
  async lines(): Promise<readonly string[]> {
    const lines = await this.page.locator(LINES).evaluateAll((elements) =>
      elements
        .map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent ?? "" }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return lines.map((line) => line.replace(/\u00a0/g, " "));
  }

  /** Puts the cursor at a line and column, from 1, through Go to Line. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.press("Control+g");
    await this.quickInput.waitFor();
    await this.page.keyboard.insertText(`${line}:${column}`);
    await this.press("Enter");
    await this.quickInput.waitFor({ state: "hidden" });
  }

  /** What the status bar says of the image. */
  get status(): Locator {
    return this.page.locator('.statusbar-item[aria-label^="Ballast"], .statusbar-item[aria-label*="image size"]');
  }

  lens(title: string): Locator {
    return this.page.locator(".codelens-decoration a", { hasText: title });
  }

  /** The page of the panel that is open beside the editor. */
  get panel(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast .notification-list-item", { hasText: text });
  }

  /** A button of a notification. */
  button(text: string | RegExp, title: string): Locator {
    return this.notification(text).getByRole("button", { name: title });
  }

  /** Takes all notifications away. */
  async clearNotifications(): Promise<void> {
    await this.command("Notifications: Clear All Notifications");
    await this.page.locator(".notification-toast").first().waitFor({ state: "detached" });
  }

  /** What the log shows, as far as it is on the page. */
  async log(): Promise<string> {
    return (await this.page.locator(".output-view .view-lines").innerText()).replace(/\u00a0/g, " ");
  }

  /** Makes all of the editor's text another one. */
  async replaceText(text: string): Promise<void> {
    await this.focusEditor();
    await this.press("Control+a");
    await this.page.keyboard.insertText(text);
  }

  /** The text that is underlined as a severity. */
  async squiggled(severity: "error" | "warning" | "info"): Promise<readonly string[]> {
    return this.page.evaluate(underlined, { lines: LINES, marks: `.editor-instance .squiggly-${severity}` });
  }

  /** The Problems panel, opened where it is not: the text of each row, such as "message Ballast(id) [Ln 1, Col 6]". */
  async problems(): Promise<readonly string[]> {
    const panel = this.page.locator(".markers-panel");
    if (!(await panel.isVisible())) {
      await this.press("Control+Shift+m");
      // It takes the keys some time after it shows; what is pressed before that would go to it.
      await panel.locator(":focus").waitFor();
    }
    const rows = await panel.locator('.monaco-list-row[aria-level="2"]').allTextContents();
    return rows.map((row) => row.replace(/\u00a0/g, " "));
  }

  /** Opens the light bulb's list where the cursor is, and gives the titles of its rows. */
  async lightBulb(): Promise<readonly string[]> {
    const rows = this.page.locator(".action-widget .monaco-list-row.action");
    // VS Code may cancel its own question on the way, drop the answer that comes (traced: two actions, its token cancelled)
    // and say that there are none. A user presses again.
    const dropped = this.page.locator(".monaco-editor-overlaymessage", { hasText: "No code actions available" });
    for (let tries = 0; tries < 3 && !(await rows.first().isVisible()); tries += 1) {
      await this.press("Control+.");
      await rows.first().or(dropped).first().waitFor();
    }
    await rows.first().waitFor();
    return (await rows.allTextContents()).map((row) => row.trim().replace(/\u00a0/g, " "));
  }

  async closeLightBulb(): Promise<void> {
    await this.press("Escape");
    await this.page.locator(".action-widget").waitFor({ state: "hidden" });
  }

  /** Puts the keys into the editor, where its cursor is. */
  async focusEditor(): Promise<void> {
    await this.press("Control+1");
    await this.page.locator(".editor-instance .monaco-editor.focused").first().waitFor();
  }

  /** Goes down the light bulb's list to a row, and takes it with these keys: Enter applies, Control+Enter shows it first. */
  async takeAction(title: string, keys = "Enter"): Promise<void> {
    const titles = await this.lightBulb();
    const at = titles.findIndex((each) => each.includes(title));
    if (at < 0) throw new Error(`the light bulb has no "${title}": ${titles.join(", ")}`);
    for (let down = 0; down < at; down += 1) await this.press("ArrowDown");
    await this.press(keys);
  }
}
