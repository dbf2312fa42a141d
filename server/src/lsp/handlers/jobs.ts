import type { CancellationToken, WorkDoneProgressReporter } from "vscode-languageserver/node";
import { summaryOf } from "../../app/build";
import { figuresOf } from "../../app/figures";
import type { Watcher } from "../../app/jobs";
import { InputError } from "../../app/jobs";
import type { MadeRewrite } from "../../app/rewrites";
import { verdictLines } from "../../app/verdict";
import type { BuildStep } from "../../ports";
import { type BuildAnswer, type CompareAnswer, METHODS } from "../../protocol";
import { toResponseError } from "../failure";
import { readBuild, readCompare } from "../from-lsp";
import { LogSink } from "../log";
import type { Server } from "../server";
import { documentId } from "../uri";
import { refreshLenses } from "./code-lens";

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
    const { uri, sinceRewrite = false, ...job } = readCompare(params);
    const { jobs, settings } = this.server;
    const made = sinceRewrite ? this.madeRewrite(uri) : undefined;
    const wish = { ...job, before: made?.before ?? job.before, preferred: settings.target };
    const { report, rewrite = made?.title } = await jobs.compare(documentId(uri), wish, watcher);
    const lines = verdictLines(report);
    for (const line of lines) this.sink.log(line);
    const answer = { report, lines, figures: figuresOf(report), ...(rewrite !== undefined && { rewrite }) };
    if (!made) return answer;
    if (report.behaviour.same === true) this.proven(uri, made);
    return { ...answer, texts: { before: made.before, after: made.after } };
  };

  /** The rewrite that is to be proven, and the text as it is now. */
  private madeRewrite(uri: string): MadeRewrite & { readonly after: string } {
    const found = this.server.documents.find(uri);
    const made = found && this.server.rewrites.of(found.id, found.analysis);
    if (!made) throw new InputError("No rewrite was made in this file, or it was changed since: use Compare.");
    return { ...made, after: found.analysis.text };
  }

  /** The lens has done what it was there for, unless another rewrite was made meanwhile. */
  private proven(uri: string, { after }: { readonly after: string }): void {
    const found = this.server.documents.find(uri);
    if (found?.analysis.text !== after) return;
    this.server.rewrites.forget(found.id);
    refreshLenses(this.server);
  }
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
