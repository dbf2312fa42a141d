import { type LogOutputChannel, ProgressLocation, type TextDocument, Uri, window, workspace } from "vscode";
import type { Answers, Failure } from "../../server/src/protocol";
import { type ActiveDockerfile, isDockerfile } from "../active";
import type { Server } from "../server";
import { isTrusted } from "../trust";

/** What a command works with. */
export interface Tools {
  readonly server: Server;
  readonly active: ActiveDockerfile;
  readonly log: LogOutputChannel;
}

/** LSP's RequestCancelled. */
const CANCELLED = -32800;

/** The Dockerfile that a code lens names, or that of the active editor; without one the user is told. */
export async function dockerfileOf(uri: unknown, { active }: Tools): Promise<TextDocument | undefined> {
  const document = typeof uri === "string" ? await workspace.openTextDocument(Uri.parse(uri)) : active.document;
  if (document && isDockerfile(document)) return document;
  void window.showInformationMessage("Open a Dockerfile first: Ballast works on the one in the active editor.");
  return undefined;
}

/**
 * Runs a request in a trusted folder under a progress notification that can be cancelled. Undefined where it was cancelled
 * or failed, which the user was told.
 */
export async function runJob<M extends keyof Answers>(
  title: string,
  method: M,
  params: object,
  tools: Tools,
): Promise<Answers[M] | undefined> {
  if (!isTrusted()) return undefined;
  try {
    return await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (progress, cancel) => tools.server.request(method, params, (message) => progress.report({ message }), cancel),
    );
  } catch (error) {
    await tellFailure(title, error as JobError, tools);
    return undefined;
  }
}

interface JobError extends Error {
  readonly code?: number;
  readonly data?: Failure;
}

async function tellFailure(title: string, { code, data, message }: JobError, tools: Tools): Promise<void> {
  if (code === CANCELLED) return void window.setStatusBarMessage(`${title}: cancelled`, 5000);
  if (data?.kind === "untrusted") return void isTrusted();
  if (data?.kind === "busy" || data?.kind === "refused" || data?.kind === "input")
    return void window.showWarningMessage(message);
  // Without a kind it was not the server that answered: it died or is not there.
  if (!data) tools.log.error(`${title}: ${message}`);
  const text = data ? message : `${title}: Ballast's server stopped before it was done. Try again.`;
  const showLog = "Show log";
  if ((await window.showErrorMessage(text, showLog)) === showLog) tools.log.show();
}
