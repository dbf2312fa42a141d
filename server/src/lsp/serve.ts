import { type CodeAction, type Connection, LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import { EngineAccess, type EngineHost } from "../app/engine-access";
import { type JobFiles, Jobs } from "../app/jobs";
import { Measured } from "../app/measured";
import { Rewrites } from "../app/rewrites";
import { type OpenProject, Session } from "../app/session";
import { METHODS } from "../protocol";
import { type Client, readSettings } from "./client";
import { Documents } from "./documents";
import { codeActions } from "./handlers/code-action";
import { resolveCodeAction } from "./handlers/code-action-resolve";
import { codeLenses, refreshLenses } from "./handlers/code-lens";
import { Diagnostics } from "./handlers/diagnostics";
import { documentLinks } from "./handlers/document-link";
import { executeCommand } from "./handlers/execute-command";
import { hover } from "./handlers/hover";
import { inlayHints } from "./handlers/inlay-hint";
import { JobRunner } from "./handlers/jobs";
import { StatusReporter } from "./handlers/status";
import { watchFiles } from "./handlers/watched-files";
import { Navigation } from "./navigation";
import { guarded, type Server } from "./server";
import { WarmUp } from "./warm-up";

/** What the server uses of the world; `main` puts it together. */
export interface World {
  readonly openProject: OpenProject;
  readonly engine: EngineHost;
  readonly files: JobFiles;
  ruleUrl(rule: string): string;
  now(): number;
}

/** How often the engine is looked for while the user looks at a Dockerfile, in milliseconds. */
const LOOK = 10_000;

const defect = new ResponseError<void>(LSPErrorCodes.RequestFailed, "A defect in Ballast itself; the log has it.");

const nothing: Promise<CodeAction[]> = Promise.resolve([]);

/** Puts the session behind a connection that has been initialized. */
export function serve(connection: Connection, client: Client, world: World): void {
  const session = new Session(world.openProject, (id) => news(id), world.now);
  const documents = new Documents(session);
  const measured = new Measured();
  const rewrites = new Rewrites();
  const access = new EngineAccess(world.engine, client.trusted, () => status.scheduleAll(), world.now);
  const jobs = new Jobs(session, access, measured, world.files, (id) => news(id), world.now);
  const { ruleUrl } = world;
  const { settings, navigatesElsewhere } = client;
  const parts = { connection, client, documents, access, jobs, measured, rewrites, ruleUrl };
  const server: Server = { ...parts, settings, navigatesElsewhere };
  const diagnostics = new Diagnostics(server);
  const status = new StatusReporter(server);
  const runner = new JobRunner(server);
  const navigation = new Navigation(server);

  /** Something else is known about a text: of its folder, or by a build. */
  const news = (id: string) => {
    const found = documents.find(id);
    if (!found) return;
    diagnostics.factsChanged(found.document.uri);
    if (client.refreshesHints) connection.languages.inlayHint.refresh();
    status.schedule(found.document.uri);
  };
  let typedIn = "";
  const warmUp = new WarmUp(() => session.rehearse(documents.find(typedIn)?.id ?? ""), world.now);
  const textChanged = (uri: string) => {
    const found = documents.find(uri);
    if (found) rewrites.changed(found.id, found.analysis);
    diagnostics.textChanged(uri);
    status.schedule(uri);
    typedIn = uri;
    warmUp.asked();
  };

  connection.onDidOpenTextDocument(
    guarded(server, "textDocument/didOpen", undefined, (params) => {
      documents.open(params);
      textChanged(params.textDocument.uri);
    }),
  );
  connection.onDidChangeTextDocument(
    guarded(server, "textDocument/didChange", undefined, (params) => {
      documents.change(params);
      textChanged(params.textDocument.uri);
    }),
  );
  connection.onDidSaveTextDocument(({ textDocument }) => session.revisit(documents.find(textDocument.uri)?.id ?? ""));
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    rewrites.forget(documents.find(uri)?.id ?? "");
    documents.close(uri);
    status.closed(uri);
    diagnostics.closed(uri);
  });

  diagnostics.listen();
  runner.listen();
  navigation.listen();
  watchFiles(server, session);
  connection.onCodeAction(guarded(server, "textDocument/codeAction", nothing, (params) => codeActions(server, params)));
  connection.onCodeActionResolve(
    guarded(server, "codeAction/resolve", defect, (action) => resolveCodeAction(server, action)),
  );
  connection.onHover(guarded(server, "textDocument/hover", null, (params) => hover(server, params)));
  connection.onCodeLens(guarded(server, "textDocument/codeLens", [], (params) => codeLenses(server, params)));
  connection.onDocumentLinks(
    guarded(server, "textDocument/documentLink", [], (params) => documentLinks(server, params)),
  );
  connection.languages.inlayHint.on(
    guarded(server, "textDocument/inlayHint", [], (params) => inlayHints(server, params)),
  );
  connection.onExecuteCommand((params, token) => executeCommand(server, runner, params, token));

  let looking: ReturnType<typeof setInterval> | undefined;
  connection.onNotification(METHODS.active, (params: unknown) => {
    clearInterval(looking);
    const uri = typeof params === "object" && params !== null && "uri" in params ? params.uri : null;
    if (typeof uri !== "string") return;
    session.revisit(documents.find(uri)?.id ?? "");
    void access.look();
    looking = setInterval(() => void access.look(), LOOK);
  });
  connection.onNotification(METHODS.trusted, () => {
    access.trust();
    refreshLenses(server);
    if (looking) void access.look();
  });
  connection.onDidChangeConfiguration(async ({ settings }) => {
    const told: unknown =
      settings?.ballast ?? (client.configuration && (await connection.workspace.getConfiguration("ballast")));
    if (!told) return;
    server.settings = readSettings(told);
    navigation.changed();
    await access.use(server.settings.host);
    if (client.refreshesHints) connection.languages.inlayHint.refresh();
    refreshLenses(server);
  });
  void access.use(client.settings.host);
  // Not awaited: the engine's process ends what is under way by itself, also when this one is gone.
  connection.onShutdown(() => void access.close());
}
