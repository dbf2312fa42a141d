import { type Disposable, MarkdownString, StatusBarAlignment, window, workspace } from "vscode";
import { METHODS, type Status } from "../../server/src/protocol";
import type { ActiveDockerfile } from "../active";
import type { Server } from "../server";

const KINDS: Readonly<Record<Status["kind"], string>> = {
  estimate: "estimated",
  measured: "measured",
  stale: "measured before the last change",
  unknown: "not known",
};

/** The size of the image that ships, for the Dockerfile in the active editor. */
export class StatusBar implements Disposable {
  private readonly item = window.createStatusBarItem("ballast.size", StatusBarAlignment.Left, 0);
  private readonly statuses = new Map<string, Status>();
  private readonly listeners: readonly Disposable[];
  private stopped = false;

  constructor(
    private readonly active: ActiveDockerfile,
    private readonly server: Server,
  ) {
    this.item.name = "Ballast: image size";
    this.listeners = [
      this.item,
      active.onDidChange(() => this.look()),
      server.onStart(() => {
        this.stopped = false;
        this.look();
      }),
      server.onStop(() => this.show(true)),
      server.onStatus((status) => {
        this.statuses.set(status.uri, status);
        this.show(this.stopped);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.statuses.delete(uri.toString())),
      workspace.onDidGrantWorkspaceTrust(() => this.show(this.stopped)),
    ];
    this.look();
  }

  dispose(): void {
    for (const each of this.listeners) each.dispose();
  }

  /** While a Dockerfile is looked at, the server asks now and then whether the engine is there. */
  private look(): void {
    const uri = window.state.focused ? (this.active.document?.uri.toString() ?? null) : null;
    this.server.notify(METHODS.active, { uri });
    this.show(this.stopped);
  }

  private show(stopped: boolean): void {
    this.stopped = stopped;
    const { document } = this.active;
    const status = document && this.statuses.get(document.uri.toString());
    if (document && stopped) this.showStopped();
    else if (status) this.showStatus(status);
    else this.item.hide();
  }

  private showStopped(): void {
    this.item.text = "$(warning) Ballast stopped";
    this.item.tooltip = "Ballast's server stopped. Click to start it again.";
    this.item.accessibilityInformation = { label: "Ballast's server stopped. Activate to start it again." };
    this.item.command = "ballast.restartServer";
    this.item.show();
  }

  private showStatus({ text, tooltip, kind, engine }: Status): void {
    const why = workspace.isTrusted ? engine : "Restricted Mode";
    this.item.text = `$(package) ${text}${why === undefined ? "" : ` · ${why}`}`;
    this.item.tooltip = new MarkdownString(tooltip);
    this.item.accessibilityInformation = {
      label: `Ballast: image size ${text}, ${KINDS[kind]}${why === undefined ? "" : `. ${why}`}`,
    };
    this.item.command = "ballast.showMenu";
    this.item.show();
  }
}
