import { NO_PROJECT, type Project, projectFacts, wantedTexts } from "../../server/src/core";
import { PARSERS } from "./parsers";

/** A Dockerfile of a test, with what is marked in it. */
export interface Fixture {
  readonly text: string;
  readonly marks: readonly Mark[];
  /** The files of the folder, by their path. */
  readonly files: ReadonlyMap<string, string>;
  readonly project: Project;
}

/** Text marked by carets in the line below, and the message that is expected there. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

const MARK = /^\s*#\s*(\^+)\s+(.*)$/;
const FILE = /^\s*#- (\S+)( private)?\s*$/;

/**
 * Reads a fixture. `# ^^^ message` marks the text above it and is no part of the file; left of the fixture's margin it
 * marks column 0. `#- path` begins a file of the folder, `#- path private` one that its owner alone may read.
 */
export function fixture(source: string): Fixture {
  const lines = source.replace(/^\n/, "").split("\n");
  const margin = Math.min(
    ...lines.filter((line) => line.trim() && !MARK.test(line)).map((line) => line.search(/\S/)),
    80,
  );
  const files = new Map<string, string[]>();
  const privateFiles = new Set<string>();
  const marks: Mark[] = [];
  let current = files.set("Dockerfile", []).get("Dockerfile") as string[];
  let lineAt = 0;
  let at = 0;
  for (const line of lines) {
    const mark = MARK.exec(line);
    const [, file, closed] = FILE.exec(line) ?? [];
    if (mark) {
      const column = line.indexOf("^") - margin;
      marks.push({ start: lineAt + column, end: lineAt + column + (mark[1]?.length ?? 0), message: mark[2] ?? "" });
    } else if (file) {
      current = [];
      files.set(file, current);
      if (closed) privateFiles.add(file);
    } else {
      const text = line.slice(margin);
      current.push(text);
      if (files.size === 1) {
        lineAt = at;
        at += text.length + 1;
      }
    }
  }
  const text = textOf(files.get("Dockerfile") ?? []);
  files.delete("Dockerfile");
  const folder = new Map([...files].map(([path, content]) => [path, textOf(content)]));
  return { text, marks, files: folder, project: { ...projectOf(folder), privateFiles } };
}

function textOf(lines: readonly string[]): string {
  return `${lines.join("\n").trimEnd()}\n`;
}

/** The day of all tests that ask what is past. */
export const TODAY = "2026-11-21";

/** The facts of a folder with these files; without files nothing is known of it but the day. */
export function projectOf(files: ReadonlyMap<string, string>): Project {
  if (files.size === 0) return { ...NO_PROJECT, today: TODAY };
  const texts = new Map(
    wantedTexts([...files.keys()], true).flatMap((path): [string, string][] => {
      const text = files.get(path);
      return text === undefined ? [] : [[path, text]];
    }),
  );
  const sizes = new Map([...files].map(([path, text]) => [path, text.length]));
  return { ...projectFacts(sizes, texts, PARSERS), dockerfile: "Dockerfile", today: TODAY };
}
