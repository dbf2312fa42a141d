import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFailed } from "vitest";
import { describeUnless } from "./engine";
import { CHROMIUM, Window } from "./window";

const root = join(import.meta.dirname, "../..");

/** The VS Code of the tests; the second one asks whether a folder is trusted. */
const ADDRESSES = {
  trusted: process.env.BALLAST_VSCODE_URL,
  untrusted: process.env.BALLAST_VSCODE_UNTRUSTED_URL,
} as const;

/** How long a test polls: a machine that builds images beside takes its time. */
export const PATIENT = { timeout: 40_000, interval: 250 };

type Kind = keyof typeof ADDRESSES;

/**
 * Tests in a real VS Code, at the address in BALLAST_VSCODE_URL (or BALLAST_VSCODE_UNTRUSTED_URL), seen through Chromium.
 * Where one of them is lacking, or
 * what else the tests need, they are skipped, which is printed; a failure where BALLAST_REQUIRE names `vscode`.
 */
export async function describeInVSCode(
  name: string,
  tests: () => void,
  { kind = "trusted", lacking }: { readonly kind?: Kind; readonly lacking?: string | undefined } = {},
): Promise<void> {
  describeUnless((await whatIsMissing(kind)) ?? lacking, "vscode", name, tests);
}

async function whatIsMissing(kind: Kind): Promise<string | undefined> {
  const url = ADDRESSES[kind];
  const variable = kind === "trusted" ? "BALLAST_VSCODE_URL" : "BALLAST_VSCODE_UNTRUSTED_URL";
  if (url === undefined) return `${variable} names no VS Code`;
  if (!existsSync(CHROMIUM)) return `there is no Chromium at ${CHROMIUM} (BALLAST_CHROMIUM)`;
  const answer = await fetch(new URL("/version", url)).catch(() => undefined);
  return answer?.ok ? undefined : `no VS Code answers at ${url}`;
}

/** A folder with a copy of the calculator in `calculator/`, and settings of its own; nothing is saved by itself; removed after the tests of the file. */
export function calculatorFolder(settings: Readonly<Record<string, unknown>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "ballast-vscode-"));
  cpSync(join(root, "examples/calculator"), join(folder, "calculator"), { recursive: true });
  mkdirSync(join(folder, ".vscode"));
  writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({ "files.autoSave": "off", ...settings }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a folder in a window that is closed after the tests of the file; `inside` is a module that VS Code runs. */
export async function openWindow(folder: string, kind: Kind = "trusted", inside?: string): Promise<Window> {
  const window = await Window.open(ADDRESSES[kind] ?? "", folder, { inside });
  afterAll(() => window.close());
  return window;
}

/** When the test fails, what the window looked like is in out/vscode/. */
export function pictureOnFailure(window: Window, name: string): void {
  onTestFailed(() => window.screenshot(join(root, "out/vscode", `${name.replace(/\W+/g, "-")}.png`)));
}
