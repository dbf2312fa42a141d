import {
  type CancellationToken,
  type ExecuteCommandParams,
  MessageType,
  ResponseError,
  ShowMessageNotification,
} from "vscode-languageserver/node";
import { SERVER_COMMANDS } from "../../protocol";
import type { Server } from "../server";
import { BUILD_TITLE, COMPARE_TITLE, type JobRunner } from "./jobs";

/** `workspace/executeCommand`, for editors without a client of ours: they show messages and progress, and no report. */
export async function executeCommand(
  server: Server,
  jobs: JobRunner,
  { command, arguments: [params] = [] }: ExecuteCommandParams,
  token: CancellationToken,
): Promise<unknown> {
  switch (command) {
    case SERVER_COMMANDS.build: {
      const report = await inProgress(server, jobs, params, jobs.build, BUILD_TITLE, token);
      return tell(server, report, ({ summary }) => summary);
    }
    case SERVER_COMMANDS.compare: {
      const answer = await inProgress(server, jobs, params, jobs.compare, COMPARE_TITLE, token);
      return tell(server, answer, ({ lines }) => lines.slice(0, 2).join(" "));
    }
    default:
      return null;
  }
}

/** With a progress that the server starts, where the client can show one: cancelled there or by the request itself. */
async function inProgress<T>(
  { connection, client }: Server,
  jobs: JobRunner,
  params: unknown,
  job: Parameters<typeof jobs.run<T>>[1],
  title: string,
  token: CancellationToken,
) {
  if (!client.progress) return jobs.run(params, job, title, token, connection.window.attachWorkDoneProgress(undefined));
  const progress = await connection.window.createWorkDoneProgress();
  const either: CancellationToken = {
    get isCancellationRequested() {
      return token.isCancellationRequested || progress.token.isCancellationRequested;
    },
    onCancellationRequested: (listener) => {
      const both = [token.onCancellationRequested(listener), progress.token.onCancellationRequested(listener)];
      return { dispose: () => both.map((each) => each.dispose()) };
    },
  };
  return jobs.run(params, job, title, either, progress);
}

/** The answer goes to whoever asked; the message is for the user. Our own client shows its own. */
function tell<T>({ connection, client }: Server, answer: T | ResponseError<unknown>, text: (answer: T) => string) {
  if (client.ui || answer instanceof ResponseError) return answer;
  // A notification: the library's own function asks, and waits for a choice.
  const message = text(answer);
  void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  return answer;
}
