import { MAX_RUNS } from "../../../server/src/core/flow/commands/commands";
import { MAX_INSTRUCTIONS } from "../../../server/src/core/syntax/scan";
import type { Asked } from "../ask";

/** Files that grow: `make` makes the one of a size. */
export interface Family {
  readonly name: string;
  /** The largest size: of about 1 MB, or what is looked into at all, or what BuildKit itself takes on one line. */
  readonly most: number;
  /** A size at which more of it is looked into: a script of more than 64 KiB is not. */
  readonly within?: number;
  make(size: number): Asked;
}

/** So many instructions, or RUNs, a file may have that is looked into; the few around them are not counted. */
export const LINES = MAX_INSTRUCTIONS - 20;
export const RUNS = MAX_RUNS - 20;

export const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => `${line(at)}\n`).join("");

export const nested = (open: string, inner: string, close: string) => (size: number) =>
  open.repeat(size) + inner + close.repeat(size);

export const family = (name: string, most: number, text: (size: number) => string): Family => ({
  name,
  most: Math.floor(most),
  make: (size) => ({ text: text(size) }),
});

/** A program of Go that is built and copied to an image of its own. */
export const BUILD =
  'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app a.go\nFROM scratch\nCOPY --from=build /app /app\nCMD ["/app"]\n';

/** That build in a folder with other files. */
export const inFolder = (
  name: string,
  most: number,
  files: (size: number) => Readonly<Record<string, string>>,
  text = BUILD,
): Family => ({
  name,
  most,
  make: (size) => ({
    text,
    files: { "go.mod": "module a\n\ngo 1.26\n", "a.go": "package main\n\nfunc main() {}\n", ...files(size) },
  }),
});
