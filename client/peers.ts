import { type Disposable, EventEmitter, type Extension, extensions } from "vscode";

/** They bring dockerfile-language-server-nodejs: definitions, highlights, rename, outline, folding, hover on variables. */
const PEERS = ["ms-azuretools.vscode-containers", "ms-azuretools.vscode-docker", "docker.docker"];

/** Whether another extension that is enabled answers questions about the names of a Dockerfile. */
export class Peers implements Disposable {
  private readonly changed = new EventEmitter<boolean>();
  private readonly listener = extensions.onDidChange(() => this.look());
  private present = isThere();
  /** One has come, or the last one has gone. */
  readonly onDidChange = this.changed.event;

  get navigate(): boolean {
    return this.present;
  }

  dispose(): void {
    this.listener.dispose();
    this.changed.dispose();
  }

  private look(): void {
    const present = isThere();
    if (present === this.present) return;
    this.present = present;
    this.changed.fire(present);
  }
}

function isThere(): boolean {
  return PEERS.some((id) => runs(extensions.getExtension(id)));
}

/** One that is disabled is not listed; a pack of others runs nothing itself. */
function runs(extension: Extension<unknown> | undefined): boolean {
  return extension?.packageJSON.main !== undefined;
}
