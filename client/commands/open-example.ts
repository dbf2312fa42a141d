import { Uri, window, workspace } from "vscode";

/** Opens a fresh copy of the calculator, so that the example stays what it is. `from` is the extension's folder, `to` one of ours to write in. */
export async function openExample(from: Uri, to: Uri): Promise<void> {
  const folder = Uri.joinPath(to, "calculator");
  await workspace.fs.copy(Uri.joinPath(from, "examples", "calculator"), folder, { overwrite: true });
  await window.showTextDocument(Uri.joinPath(folder, "Dockerfile"), { preview: false });
}
