/** The language server: `ballast lsp --stdio` for any editor, and what our client starts. Only the protocol is loaded at once. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { type Client, readClient } from "./client";
import { initializeResult } from "./handlers/initialize";
import type { World } from "./serve";
import { stackOf } from "./server";

const connection = createConnection(ProposedFeatures.all);

const world: World = {
  openProject: async (folder, file) => (await import("../host/project/reader")).projectReader(folder, file),
  engine: {
    connect: async (host) => {
      const { connectEngine } = await import("../host/docker/client");
      const { cacheFolder } = await import("../host/project/cache-folder");
      return connectEngine({
        modulePath: join(__dirname, "engine.js"),
        cacheFolder: join(cacheFolder(process.env), "layers"),
        ...(host !== undefined && { host }),
      });
    },
    ping: async (host) => (await import("../host/docker/ping")).pingEngine(host, process.env),
  },
  files: {
    read: (path) => readFile(path, "utf8").catch(() => undefined),
    emptyFolder: async () => {
      const path = await mkdtemp(join(tmpdir(), "ballast-"));
      return { path, remove: () => rm(path, { recursive: true, force: true }) };
    },
  },
  // The pages that lie beside the bundle: they are there without a network, and of this version.
  ruleUrl: (rule) => pathToFileURL(join(__dirname, "..", "docs", "rules", `${rule}.md`)).href,
  now: Date.now,
};

let client: Client | undefined;
connection.onInitialize((params) => {
  client = readClient(params);
  return initializeResult(client);
});
connection.onInitialized(async () => {
  const { serve } = await import("./serve");
  if (client) serve(connection, client, world);
});

// A defect that nothing has caught must not take down what works.
for (const fault of ["uncaughtException", "unhandledRejection"])
  process.on(fault, (error: unknown) => connection.console.error(`A defect in Ballast itself: ${stackOf(error)}`));

connection.listen();
