/// <reference types="vscode" />
/**
 * Runs inside VS Code, desktop or served, as the module that `extensionTestsPath` names: the extension is there, finds,
 * hints, offers, and a fix applies. The tests beside it look closer, as a person does.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CodeAction, commands, type InlayHint, languages, Range, window, workspace } from "vscode";

const ANSWER = "smoke.json";

/** VS Code calls it; how it ended is also written beside the Dockerfile, for who cannot see the exit code. */
export async function run(): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  try {
    await smoke(join(folder, "Dockerfile"));
    writeFileSync(join(folder, ANSWER), JSON.stringify({ ok: true }));
  } catch (error) {
    writeFileSync(join(folder, ANSWER), JSON.stringify({ ok: false, why: String(error) }));
    throw error;
  }
}

async function smoke(path: string): Promise<void> {
  const document = await workspace.openTextDocument(path);
  await window.showTextDocument(document);
  const codes = () =>
    languages.getDiagnostics(document.uri).map(({ code }) => (typeof code === "object" ? code.value : code));
  await until(() => codes().includes("missing-build-stage"), "the finding missing-build-stage");
  const all = new Range(0, 0, document.lineCount, 0);
  const hints = await commands.executeCommand<InlayHint[]>("vscode.executeInlayHintProvider", document.uri, all);
  assert.ok(hints.length > 0, "a size at the end of the FROM line");
  const line = document.lineAt(5).range;
  const actions = await commands.executeCommand<CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    line,
    undefined,
    9,
  );
  const fix = actions.find(({ isPreferred }) => isPreferred);
  assert.ok(fix?.edit, "a preferred fix");
  assert.ok(await workspace.applyEdit(fix.edit), "the fix applies");
  await until(() => !codes().includes("missing-build-stage"), "the finding to be gone");
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 150 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 200));
  assert.ok(holds(), `waited 30 s for ${what}`);
}
