import type { AppView, Way } from "../app";
import type { JavaFiles } from "./files";
import type { JavaUses } from "./sources";
import type { JavaStart } from "./start";
import type { Jdk } from "./version";

/** All that decides how a program on the JVM ships. */
export interface JavaProgram {
  readonly view: AppView;
  /** Undefined where a shell or a script starts it. */
  readonly start: JavaStart | undefined;
  /** Why it needs a shell, as a sentence. */
  readonly shell: string | undefined;
  /** The programs that the script calls which starts it. */
  readonly calls: readonly string[];
  readonly jdk: Jdk;
  readonly uses: JavaUses;
  readonly files: JavaFiles;
}

/** What goes with every image. */
export function common({
  files,
  uses,
}: JavaProgram): Pick<Way, "prepare" | "parts" | "env" | "assumes" | "writes" | "root"> {
  const unread = files.prepare.length > 0 ? " and to read none of these, which do not ship" : "";
  return {
    prepare: files.prepare,
    parts: files.parts,
    env: [],
    assumes: [
      ...(files.whole ? [files.whole] : []),
      ...(uses.seen ? [] : [`The program's sources were not seen: it is taken to start no other programs${unread}.`]),
    ],
    writes: uses.writes,
    root: uses.seen ? undefined : "its sources were not seen, and it may write where only root may",
  };
}

/** Temurin's images set en_US, distroless has C.UTF-8 (adoptium/containers, Dockerfiles; distroless, java/java.bzl). */
export function otherLocale({ view }: JavaProgram): readonly string[] {
  const temurin = view.baseName === "eclipse-temurin" || (view.baseName === "maven" && view.baseRelease !== undefined);
  return temurin && view.env("LANG") === undefined && view.env("LC_ALL") === undefined
    ? ["The default locale is English without a country (LANG is C.UTF-8 there), no longer that of the United States."]
    : [];
}
