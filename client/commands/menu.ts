import { commands, type QuickPickItem, window, workspace } from "vscode";

interface Item extends QuickPickItem {
  readonly command: string;
}

/** What the status bar item opens: all that can be done with the Dockerfile. */
export async function showMenu(): Promise<void> {
  const trust: Item[] = workspace.isTrusted
    ? []
    : [
        {
          label: "$(shield) Manage trust",
          description: "Builds need a trusted folder",
          command: "workbench.trust.manage",
        },
      ];
  const items: Item[] = [
    ...trust,
    { label: "$(package) Build image", description: "Measures what each instruction adds", command: "ballast.build" },
    { label: "$(git-compare) Compare", description: "Builds and runs both versions", command: "ballast.compare" },
    { label: "$(edit) Change input of Compare", command: "ballast.changeInput" },
    { label: "$(output) Show log", command: "ballast.showLog" },
  ];
  const chosen = await window.showQuickPick(items, {
    title: "Ballast",
    placeHolder: "What to do with this Dockerfile",
  });
  if (chosen) await commands.executeCommand(chosen.command);
}
