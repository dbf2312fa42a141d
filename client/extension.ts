/** The VS Code extension: shows what the language server knows. It decides nothing itself. */
import { commands, type ExtensionContext, window } from "vscode";
import { ActiveDockerfile } from "./active";
import { build } from "./commands/build";
import { changeInput, compare } from "./commands/compare";
import { CompareInputs } from "./commands/compare-input";
import { showMenu } from "./commands/menu";
import { openExample } from "./commands/open-example";
import { prove, undoRewrite } from "./commands/prove";
import { Server } from "./server";
import { ComparisonView } from "./views/comparison";
import { StatusBar } from "./views/status-bar";

let server: Server | undefined;

export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("Ballast", { log: true });
  const active = new ActiveDockerfile();
  const comparisons = new ComparisonView();
  server = new Server(context.asAbsolutePath("dist/server.js"), log);
  const restart = server.restart.bind(server);
  const inputs = new CompareInputs(context.workspaceState);
  const tools = { server, active, comparisons, inputs, log };
  const handlers: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    "ballast.build": (uri) => build(tools, uri),
    "ballast.compare": (uri) => compare(tools, uri),
    "ballast.prove": (uri) => prove(tools, uri),
    "ballast.undoRewrite": undoRewrite,
    "ballast.changeInput": () => changeInput(tools),
    "ballast.showLog": () => log.show(),
    "ballast.restartServer": restart,
    "ballast.showMenu": showMenu,
    "ballast.openExample": () => openExample(context.extensionUri, context.globalStorageUri),
  };
  context.subscriptions.push(
    log,
    active,
    comparisons,
    server,
    new StatusBar(active, server),
    ...Object.entries(handlers).map(([id, handler]) => commands.registerCommand(id, handler)),
  );
  server.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
