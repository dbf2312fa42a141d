import { type Disposable, ViewColumn, type WebviewPanel, window } from "vscode";
import type { CompareAnswer } from "../../server/src/protocol";
import { comparisonPage, type PageLink } from "./comparison-page";

/** What is shown of a comparison. */
export interface Shown {
  readonly answer: CompareAnswer;
  /** What both programs read. */
  readonly input: string;
  readonly links: readonly PageLink[];
}

/** Comparisons side by side, one panel for each file, beside the editor, which keeps the focus. No script runs in them. */
export class ComparisonView implements Disposable {
  private readonly panels = new Map<string, WebviewPanel>();

  /** `key` names the file, `title` is that of the panel. */
  show(key: string, title: string, shown: Shown): void {
    const panel = this.panels.get(key) ?? this.open(key, title);
    panel.webview.html = comparisonPage(title, shown);
    panel.reveal(undefined, true);
  }

  dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
  }

  private open(key: string, title: string): WebviewPanel {
    const panel = window.createWebviewPanel(
      "ballast.comparison",
      title,
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      {
        enableScripts: false,
        enableFindWidget: true,
        enableCommandUris: ["ballast.undoRewrite"],
        localResourceRoots: [],
      },
    );
    panel.onDidDispose(() => this.panels.delete(key));
    this.panels.set(key, panel);
    return panel;
  }
}
