import { commands, window, workspace } from "vscode";

/** Whether the folder is trusted; where it is not, the user is told why that matters. */
export function isTrusted(): boolean {
  if (!workspace.isTrusted) void explain();
  return workspace.isTrusted;
}

async function explain(): Promise<void> {
  const manage = "Manage trust";
  const chosen = await window.showWarningMessage(
    "Ballast builds only in trusted folders, because a build runs the commands of the Dockerfile.",
    manage,
  );
  if (chosen === manage) await commands.executeCommand("workbench.trust.manage");
}
