import { type Disposable, EventEmitter, type TextDocument, window, workspace } from "vscode";

/** Where a Dockerfile that the user edits may live. Others (`git:`, `output:`) are read by nobody but the editor. */
export const SCHEMES = ["file", "untitled", "vscode-vfs", "vscode-remote"] as const;

export function isDockerfile(document: TextDocument): boolean {
  return document.languageId === "dockerfile" && SCHEMES.some((scheme) => scheme === document.uri.scheme);
}

/** The Dockerfile that the user looks at: that of the active editor. */
export class ActiveDockerfile implements Disposable {
  private readonly changed = new EventEmitter<void>();
  private readonly listeners: readonly Disposable[];
  private current: TextDocument | undefined;
  readonly onDidChange = this.changed.event;

  constructor() {
    const look = () => this.look();
    this.listeners = [
      this.changed,
      window.onDidChangeActiveTextEditor(look),
      // A document that changes its language is closed and opened again, in the same editor.
      workspace.onDidOpenTextDocument(look),
      workspace.onDidCloseTextDocument(look),
      window.onDidChangeWindowState(() => this.changed.fire()),
    ];
    this.look();
  }

  get document(): TextDocument | undefined {
    return this.current;
  }

  dispose(): void {
    for (const each of this.listeners) each.dispose();
  }

  private look(): void {
    const document = window.activeTextEditor?.document;
    // The log counts as an editor while it has the focus; the Dockerfile beside it is still looked at.
    if (document?.uri.scheme === "output") return;
    const next = document && isDockerfile(document) ? document : undefined;
    if (next === this.current) return;
    this.current = next;
    this.changed.fire();
  }
}
