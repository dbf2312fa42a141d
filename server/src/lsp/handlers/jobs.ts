import type { CancellationToken, WorkDoneProgressReporter } from "vscode-languageserver/node";
import { summaryOf } from "../../app/build";
import type { Watcher } from "../../app/jobs";
import { verdictLines } from "../../app/verdict";
import type { BuildStep } from "../../ports";
import { type BuildAnswer, type CompareAnswer, METHODS } from "../../protocol";
import { toResponseError } from "../failure";
import { readBuild, readCompare } from "../from-lsp";
import { LogSink } from "../log";
import type { Server } from "../server";
import { documentId } from "../uri";

/** Builds and compares for whoever asks: our client by requests of its own, other editors by commands. */
export class JobRunner {
  private readonly sink: LogSink;

  constructor(private readonly server: Server) {
    this.sink = new LogSink(server);
  }

  listen(): void {
    const { connection } = this.server;
    const handle = <T>(job: (params: unknown, watcher: Watcher) => Promise<T>, title: string) => {
      return (params: unknown, token: CancellationToken) =>
        this.run(params, job, title, token, connection.window.attachWorkDoneProgress(tokenOf(params)));
    };
    connection.onRequest(METHODS.build, handle(this.build, BUILD_TITLE));
    connection.onRequest(METHODS.compare, handle(this.compare, COMPARE_TITLE));
  }

  /** A job with its progress; its errors become those of the protocol. */
  async run<T>(
    params: unknown,
    job: (params: unknown, watcher: Watcher) => Promise<T>,
    title: string,
    token: CancellationToken,
    progress: WorkDoneProgressReporter,
  ) {
    const abort = new AbortController();
    const cancel = () => abort.abort(new Error("cancelled"));
    if (token.isCancellationRequested) cancel();
    token.onCancellationRequested(cancel);
    progress.begin(title, undefined, undefined, true);
    const step = (each: BuildStep) => progress.report(stepText(each));
    try {
      return await job(params, { listener: { log: this.sink.log, step }, signal: abort.signal });
    } catch (error) {
      return toResponseError(error, abort.signal, (defect) => this.server.connection.console.error(defect));
    } finally {
      this.sink.flush();
      progress.done();
    }
  }

  readonly build = async (params: unknown, watcher: Watcher): Promise<BuildAnswer> => {
    const { uri, stage, tag } = readBuild(params);
    const job = { ...(stage !== undefined && { stage }), ...(tag !== undefined && { tag }) };
    const report = await this.server.jobs.build(documentId(uri), job, watcher);
    const summary = summaryOf(report);
    this.sink.log(summary);
    return { ...report, summary };
  };

  readonly compare = async (params: unknown, watcher: Watcher): Promise<CompareAnswer> => {
    const { uri, ...job } = readCompare(params);
    const preferred = this.server.settings.target;
    const { report, rewrite } = await this.server.jobs.compare(documentId(uri), { ...job, preferred }, watcher);
    const lines = verdictLines(report);
    for (const line of lines) this.sink.log(line);
    return { report, lines, ...(rewrite !== undefined && { rewrite }) };
  };
}

export const BUILD_TITLE = "Building the image";
export const COMPARE_TITLE = "Comparing both versions";

function stepText({ stage, index, total, text }: BuildStep): string {
  return `${stage === undefined ? "" : `${stage} `}${index}/${total} ${text}`.slice(0, 120);
}

function tokenOf(params: unknown): string | number | undefined {
  const token = typeof params === "object" && params !== null && "workDoneToken" in params && params.workDoneToken;
  return typeof token === "string" || typeof token === "number" ? token : undefined;
}
