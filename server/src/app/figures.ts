import { formatBytes } from "../core";
import type { CompareReport, ImageReport } from "./compare";

/** A figure of both images, in words. */
export interface Figure {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const unknown = "unknown";

const FIGURES: readonly { readonly name: string; words(image: ImageReport): string }[] = [
  { name: "size", words: ({ bytes }) => (bytes === null ? unknown : formatBytes(bytes)) },
  { name: "packages", words: ({ packages }) => count(packages) },
  { name: "executables", words: ({ executables }) => count(executables) },
  { name: "setuid files", words: ({ setuid }) => count(setuid) },
  { name: "shell", words: ({ shell }) => (shell === null ? unknown : shell ? "yes" : "no") },
  { name: "user", words: ({ user }) => user ?? unknown },
  { name: "start-up", words: startUpWords },
];

/** The figures of two images side by side, for people; what was not gathered is "unknown". */
export function figuresOf({ before, after }: Pick<CompareReport, "before" | "after">): readonly Figure[] {
  return FIGURES.map(({ name, words }) => ({ name, before: words(before), after: words(after) }));
}

function startUpWords({ startUp }: ImageReport): string {
  if (!startUp) return unknown;
  const { milliseconds, until } = startUp;
  const time = milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
  return `${time} until ${until === "exit" ? "it ended" : "its port was open"}`;
}

function count(value: number | null): string {
  return value === null ? unknown : String(value);
}
