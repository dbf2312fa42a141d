import type { Stage } from "../../model/model";
import type { FileContext } from "../context";
import { startsShell } from "./start";

/** Languages whose programs no toolchain knows, by the names of their images. */
const LANGUAGES: Readonly<Record<string, string>> = {
  bun: "Bun",
  clojure: "Clojure",
  composer: "PHP",
  crystal: "Crystal",
  dart: "Dart",
  deno: "Deno",
  elixir: "Elixir",
  erlang: "Erlang",
  gleam: "Gleam",
  haskell: "Haskell",
  julia: "Julia",
  nim: "Nim",
  perl: "Perl",
  php: "PHP",
  "r-base": "R",
  ruby: "Ruby",
  sdk: ".NET",
  swift: "Swift",
};

const BY_HAND = "a last stage that takes by COPY --from what the program needs would leave the rest behind.";

/** Why a stage that builds nothing which is known has no program to move: a sentence, with the next best thing. */
export function whyNoProgram(context: FileContext, stage: Stage): string {
  const start = context.start(stage);
  if (!start) return "The image starts no program of its own: a CMD or an ENTRYPOINT would say which one ships.";
  if (startsShell(start))
    return "The image starts a shell for whoever runs it, who wants its tools: there is no program that could ship alone.";
  const name = context.reference(stage)?.familiar.split("/").at(-1) ?? "";
  const language = Object.hasOwn(LANGUAGES, name) ? LANGUAGES[name] : undefined;
  return language
    ? `How ${language} builds its programs is not known here; ${BY_HAND}`
    : `No command in the shipped stage is known to build a program; ${BY_HAND}`;
}
