import { DidChangeWatchedFilesNotification } from "vscode-languageserver/node";
import type { Session } from "../../app/session";
import type { Server } from "../server";
import { pathOf } from "../uri";

/** The files whose content the facts of a folder come from. */
const GLOBS = [
  "**/*.go",
  "**/go.{mod,sum,work}",
  "**/{.dockerignore,*.dockerignore}",
  "**/{Makefile,makefile,GNUmakefile}",
  "**/{compose,docker-compose}.{yaml,yml}",
  "**/docker-bake.{hcl,json}",
];

/** Asks the client to say when such a file changes. One that cannot is looked after when a document is saved. */
export function watchFiles({ connection, client }: Server, session: Session): void {
  connection.onDidChangeWatchedFiles(({ changes }) =>
    session.filesChanged(changes.flatMap(({ uri }) => pathOf(uri) ?? [])),
  );
  if (!client.registersWatchers) return;
  const watchers = GLOBS.map((globPattern) => ({ globPattern }));
  connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(() => undefined);
}
