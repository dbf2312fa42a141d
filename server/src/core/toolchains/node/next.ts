import type { Size } from "../../catalog/size";
import { posix } from "../../model/paths";
import type { Part } from "../app";
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
 * The standalone server of Next.js in the place of `next start` (nextjs.org/docs, output): it has the packages that its build
 * found in use. Undefined where the program may use files or packages that the build does not find: by node:fs, or pictures.
 */
export function nextServer({ view, start, layout, shown }: NodeProgram): NextServer | undefined {
  const { root, home, json } = layout;
  const port = portOf(start.words);
  const isBuilt = json?.scripts.get("build") === "next build";
  if (port === undefined || !isBuilt || !shown || home !== root || start.folder !== root || json.hasWorkspaces)
    return undefined;
  const folder = contextPath(view, root);
  const names = [...(view.project.files?.keys() ?? [])];
  const settings = [...(view.project.nodeSources ?? [])].find(
    ([path]) => posix.dirname(`/${path}`) === posix.join("/", folder ?? "") && /(?:^|\/)next\.config\.\w+$/.test(path),
  );
  if (folder === undefined || !settings?.[1].words.has("standalone")) return undefined;
  if (["fs", "node:fs", "fs-extra", "sharp", "next-image-export-optimizer"].some((name) => shown.packages.has(name)))
    return undefined;
  if (shown.hasPictures || names.some((path) => /(?:^|\/)\.env[\w.]*$/.test(path))) return undefined;
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
