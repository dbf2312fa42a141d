import type { InitializeParams } from "vscode-languageserver/node";
import { type InitializationOptions, type Settings, TARGETS, type Target } from "../protocol";

/** What the client can do, and who it is: read once, so that nobody digs in capabilities. */
export interface Client {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticTags: boolean;
  /** Edits of a code action may be left for later. */
  readonly lazyEdits: boolean;
  readonly disabledActions: boolean;
  readonly preferredActions: boolean;
  readonly versionedEdits: boolean;
  readonly registersWatchers: boolean;
  /** All that navigation asks for may be registered, and taken back, while the server runs. */
  readonly registersNavigation: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly progress: boolean;
  /** It answers when it is asked for its settings. */
  readonly configuration: boolean;
  /** Our own client, with its commands and its status bar. */
  readonly ui: boolean;
  readonly trusted: boolean;
  /** Another extension of the editor navigates. */
  readonly navigatesElsewhere: boolean;
  readonly settings: Settings;
}

/** What `initialize` says of the client. */
export function readClient({ capabilities, initializationOptions }: InitializeParams): Client {
  const { textDocument, workspace, window } = capabilities;
  const options = readOptions(initializationOptions);
  const pulls = textDocument?.diagnostic;
  const diagnostics = pulls ?? textDocument?.publishDiagnostics;
  const actions = textDocument?.codeAction;
  return {
    pullsDiagnostics: pulls !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    relatedInformation: diagnostics?.relatedInformation === true,
    codeDescription: diagnostics?.codeDescriptionSupport === true,
    diagnosticTags: diagnostics?.tagSupport !== undefined,
    lazyEdits: actions?.dataSupport === true && actions.resolveSupport?.properties.includes("edit") === true,
    disabledActions: actions?.disabledSupport === true,
    preferredActions: actions?.isPreferredSupport === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    registersNavigation: [
      textDocument?.definition,
      textDocument?.references,
      textDocument?.documentHighlight,
      textDocument?.rename,
      textDocument?.documentSymbol,
      textDocument?.foldingRange,
    ].every((each) => each?.dynamicRegistration === true),
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    configuration: workspace?.configuration === true,
    progress: window?.workDoneProgress === true,
    ui: options.ui === true,
    trusted: options.trusted !== false,
    navigatesElsewhere: options.navigatesElsewhere === true,
    settings: readSettings(options.settings),
  };
}

/** The settings that are what they should be; others count as not set. */
export function readSettings(value: unknown): Settings {
  const { host, target, inlayHints, codeLens, navigation } = record(value);
  return {
    ...(typeof host === "string" && { host }),
    ...(isTarget(target) && { target }),
    ...(typeof inlayHints === "boolean" && { inlayHints }),
    ...(typeof codeLens === "boolean" && { codeLens }),
    ...((navigation === "auto" || navigation === "on" || navigation === "off") && { navigation }),
  };
}

function readOptions(value: unknown): InitializationOptions {
  return record(value) as InitializationOptions;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isTarget(value: unknown): value is Target {
  return TARGETS.some((target) => target === value);
}
