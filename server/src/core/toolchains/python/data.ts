import { posix } from "../../model/paths";
import type { Part } from "../app";
import type { RunCommand } from "../toolchain";
import { isPython } from "./start";

/** Data that a package fetches into a folder of its own. */
export interface FetchedData {
  /** Absolute, in the build stage. */
  readonly folder: string;
  /** Where another user finds it too. */
  readonly shared: string;
}

/** Where NLTK looks whoever runs it (nltk.data.path). */
const SHARED = "/usr/share/nltk_data";

/**
 * What a command fetches for a package of Python: `python -m nltk.downloader punkt`, `python -c "import nltk;
 * nltk.download('punkt')"`. Undefined for other commands.
 */
export function dataFetched(run: RunCommand): FetchedData | undefined {
  const { program = "", values, folder } = run;
  const [flag, what = "", ...words] = values.map((value) => value ?? "$");
  if (!isPython(program) || words.some((word) => word.includes("$"))) return undefined;
  const byModule = flag === "-m" && /^(?:nltk\.downloader|nltk|textblob\.download_corpora)$/.test(what);
  if (!byModule && !(flag === "-c" && words.length === 0 && onlyDownloads(what))) return undefined;
  const at = words.findIndex((word) => word === "-d" || word === "--dir");
  const named = byModule && at >= 0 ? words[at + 1] : undefined;
  if (named !== undefined) {
    const path = folder === undefined ? undefined : posix.join(folder, named);
    return path === undefined ? undefined : { folder: path, shared: path };
  }
  // Without a folder of that name it makes one in the home of its user (nltk.downloader, default_download_dir).
  const isPlain = isRoots(run) && run.lookup("NLTK_DATA") === undefined && (run.lookup("HOME") ?? "/root") === "/root";
  return isPlain ? { folder: "/root/nltk_data", shared: SHARED } : undefined;
}

/** The data as parts: where the program's user is root as in the build stage, or where all find it. */
export function dataParts(data: readonly FetchedData[], isShared: boolean, sizeOf: (path: string) => Part["size"]): readonly Part[] {
  return data.map(({ folder, shared }) => ({ from: [folder], to: isShared ? shared : folder, size: sizeOf(folder) }));
}

function isRoots({ stage, instruction }: RunCommand): boolean {
  return /^(?:|root|0)$/.test(stage.scope.user(stage.instructions.indexOf(instruction)) ?? "x");
}

/** Code that takes NLTK in and calls its download, by the names of what is fetched. */
function onlyDownloads(code: string): boolean {
  const statements = code
    .split(/[;\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== "");
  return (
    statements.length > 1 &&
    statements.every((each) => each === "import nltk" || /^nltk\.download\(["'][\w.-]+["'](?:, ?quiet=True)?\)$/.test(each))
  );
}
