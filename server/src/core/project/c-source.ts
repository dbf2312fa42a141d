import { type SourceText, separateSource } from "./source-text";

/** Files of C and C++ that are read; of more nothing is. */
export const MAX_C = 600;

/** What a file of C or C++ says. */
export interface CSource {
  readonly text: SourceText;
  /** What it includes in angle brackets: `sqlite3.h`. */
  readonly includes: readonly string[];
}

/** A file of C or C++, or a header: tests are other programs. */
export function isCSource(path: string): boolean {
  return (
    /\.(?:c|h|cc|hh|cpp|hpp|cxx|hxx|C|H|inl|ipp)$/.test(path) &&
    !/(?:^|\/)(?:tests?|examples|build|vendor|node_modules)\//.test(path)
  );
}

/** Undefined where it is too long to be written by hand. */
export function readCSource(text: string): CSource | undefined {
  const separated = separateSource(text, "c");
  return (
    separated && {
      text: separated,
      includes: [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*<([^>\n]+)>/gm)].map(([, name = ""]) => name),
    }
  );
}
