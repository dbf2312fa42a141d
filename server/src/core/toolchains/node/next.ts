import type { Size } from "../../catalog/size";
import { posix } from "../../model/paths";
import type { AppView, Part } from "../app";
import { contextPath } from "./manifests";
import { estimated } from "./size";
import type { NodeProgram } from "./ways";

/** The server that Next.js writes for itself when its settings say `output: "standalone"`. */
export interface NextServer {
  readonly words: readonly string[];
  readonly env: readonly string[];
  readonly parts: readonly Part[];
}

/**
 * The standalone server of Next.js (nextjs.org/docs, output): it has the packages that its build found in use. It ships alone
 * where the image starts it, and in the place of `next start`; undefined where the program may use files or packages that the
 * build does not find.
 */
export function nextServer(program: NodeProgram): NextServer | undefined {
  const { view, start, layout, shown } = program;
  const { root, home, json } = layout;
  const folder = contextPath(view, root);
  const isPlain = home === root && start.folder === root && json?.hasWorkspaces === false;
  if (!isPlain || !shown || shown.hasPictures || shown.packages.has("sharp") || folder === undefined) return undefined;
  if (!asksForServer(view, folder)) return undefined;
  if (isServer(start.node)) return { words: start.node, env: start.env, parts: [ownPlace(root)] };
  const readsFiles = ["fs", "node:fs", "fs-extra"].some((name) => shown.packages.has(name));
  return json.scripts.get("build") === "next build" && !readsFiles ? inPlaceOfStart(program, folder) : undefined;
}

/** The settings of Next.js in a folder of the context say `output: "standalone"`. */
function asksForServer({ project }: AppView, folder: string): boolean {
  const settings = [...(project.nodeSources ?? [])].find(
    ([path]) => posix.dirname(`/${path}`) === posix.join("/", folder) && /(?:^|\/)next\.config\.\w+$/.test(path),
  );
  return settings?.[1].words.has("standalone") === true;
}

function isServer(node: NodeProgram["start"]["node"]): node is readonly string[] {
  return Array.isArray(node) && /^(?:\.\/)?\.next\/standalone\/server\.js$/.test(node[0] ?? "");
}

/** The author has put pages and public files into it. */
function ownPlace(root: string): Part {
  const path = posix.join(root, ".next/standalone");
  return { from: [path], to: path, size: estimated(TRACED) };
}

/** What `next start` serves, by the standalone server in the folder of the project. */
function inPlaceOfStart({ view, start, layout: { root } }: NodeProgram, folder: string): NextServer | undefined {
  const port = portOf(start.words);
  const names = [...(view.project.files?.keys() ?? [])];
  if (port === undefined || names.some((path) => /(?:^|\/)\.env[\w.]*$/.test(path))) return undefined;
  const inPublic = folder === "" ? "public/" : `${folder}/public/`;
  const part = (from: string, to: string, size: Size): Part => ({
    from: [posix.join(root, from)],
    to: posix.join(root, to),
    size,
  });
  return {
    words: ["server.js"],
    env: [
      ...(view.env("HOSTNAME") === undefined ? ["HOSTNAME=0.0.0.0"] : []),
      ...(port === "" ? [] : [`PORT=${port}`]),
    ],
    parts: [
      part(".next/standalone", ".", estimated(TRACED)),
      part(".next/static", ".next/static", estimated(PAGES)),
      ...(names.some((name) => name.startsWith(inPublic))
        ? [part("public", "public", view.bytesOf(posix.join(root, "public")))]
        : []),
    ],
  };
}

/** A server without pages of its own (Next 16: own measurement, 2026-11-22). */
const TRACED = { bytes: 60_000_000, low: 30_000_000, high: 150_000_000 };
const PAGES = { bytes: 1_000_000, low: 500_000, high: 10_000_000 };

/** The port of `next start -p 8080`; "" where none is said, undefined where more is. */
function portOf([tool, command, flag, value, ...others]: readonly string[]): string | undefined {
  if (tool !== "next" || command !== "start" || others.length > 0) return undefined;
  if (flag === undefined) return "";
  return /^(?:-p|--port)$/.test(flag) && /^\d+$/.test(value ?? "") ? value : undefined;
}
