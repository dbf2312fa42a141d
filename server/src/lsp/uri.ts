import { posix, win32 } from "node:path";
import { URI } from "vscode-uri";
import type { Place } from "../app/session";

/**
 * One name for every way to write a URI: `file:///c%3A/x`, `file:///C:/x` and `file:///c:/x` are the same document. What is
 * no URI is its own name.
 */
export function documentId(uri: string): string {
  return parse(uri)?.toString() ?? uri;
}

/**
 * The path of a file on this machine, as Windows or any other system writes it. Undefined for what is not on its disk:
 * untitled documents, virtual file systems, and those of another machine.
 */
export function pathOf(uri: string, platform: NodeJS.Platform = process.platform): string | undefined {
  const parsed = parse(uri);
  if (parsed?.scheme !== "file") return undefined;
  const { authority, path } = parsed;
  const local = authority === "" || authority === "localhost";
  if (platform !== "win32") return local ? path : undefined;
  if (!local) return win32.normalize(`//${authority}${path}`);
  const [, drive, rest] = /^\/([a-z]:)(.*)$/is.exec(path) ?? [];
  return drive === undefined ? undefined : win32.normalize(`${drive.toLowerCase()}${rest || "/"}`);
}

/** Where a document stands: its path, and the folder of the path for its build context. */
export function placeOf(uri: string, platform: NodeJS.Platform = process.platform): Place {
  const file = pathOf(uri, platform);
  if (file === undefined) return {};
  return { file, folder: (platform === "win32" ? win32 : posix).dirname(file) };
}

function parse(uri: string): URI | undefined {
  try {
    return URI.parse(uri, true);
  } catch {
    return undefined;
  }
}
