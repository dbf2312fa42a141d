/** What the oracle is asked: real files, BuildKit's own test files, and mutants of them with one token changed. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { WordQuestion } from "./oracle.mts";

/** The real Dockerfiles of the folder `corpus`, where it is there. */
export function corpusTexts(): readonly string[] {
  return existsSync("corpus") ? textsOf("corpus") : [];
}

/** BuildKit's own: the folders of test files of its parser, and the Dockerfiles between the lines of its Go tests. */
export function buildkitTexts(folder: string): readonly string[] {
  const frontend = join(folder, "frontend/dockerfile");
  const tests = readdirSync(frontend).filter((name) => name.endsWith("_test.go"));
  const inGo = [...tests, "parser/parser_heredoc_test.go", "instructions/parse_heredoc_test.go"].flatMap((name) =>
    [...readFileSync(join(frontend, name), "utf8").matchAll(/`([^`]*\bFROM [^`]*)`/gi)].map(([, text = ""]) => text),
  );
  return [...textsOf(join(frontend, "parser")).filter((text) => !text.startsWith("package ")), ...inGo];
}

function textsOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !/\.(?:go|json|md)$/.test(path))
    .sort()
    .map((path) => readFileSync(path, "utf8"));
}

/** What a mutation puts in: everything that has a meaning somewhere in a Dockerfile. */
const TOKENS = [
  ..."FROM RUN COPY ADD ENV ARG CMD ENTRYPOINT HEALTHCHECK ONBUILD SHELL LABEL USER VOLUME WORKDIR STOPSIGNAL".split(
    " ",
  ),
  ..."EXPOSE MAINTAINER copy as AS NONE -- --from=x --mount=type=cache,target=/x --chown=1:1 --link --platform=a".split(
    " ",
  ),
  ...'--mount=type=bind,from=$x --mount=a"b --network=none --security=x --interval=5 --retries=x --bad --link='.split(
    " ",
  ),
  ..."\\ ` \" ' $ ${ } ${A:-b} # <<EOF <<-EOF <<'EOF' 3<<EOF EOF << <<- <<< <<\\EOF [ ] , = == ; && | \u00a0 \uFEFF ü".split(
    " ",
  ),
  ...["\n", "\\\n", "`\n", "\r\n", " ", "\t", '["a", "b"]', "[1]", "[]", "# escape=`\n", "\\ \n# c\n\n"],
];

/** So many texts, each a text of the list with one token taken out, doubled, replaced or put in. The seed decides. */
export function mutants(texts: readonly string[], count: number, seed: number): readonly string[] {
  const random = generator(seed);
  const usable = texts.filter((text) => text.length < 8192);
  const pick = <T,>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, () => {
    const tokens = pick(usable).match(/\s+|\w+|[^\s\w]/g) ?? [""];
    const at = Math.floor(random() * tokens.length);
    const own = tokens[at] ?? "";
    tokens[at] = pick(["", own + own, pick(TOKENS), own + pick(TOKENS), pick(TOKENS) + own]);
    return tokens.join("");
  });
}

/** Words with variables, taken from texts, and made of the pieces that an expansion can have. */
export function expansions(texts: readonly string[], count: number, seed: number): readonly WordQuestion[] {
  const random = generator(seed);
  const pick = <T,>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const real = texts
    .flatMap((text) => text.match(/\S*[$"'\\`]\S*/g) ?? [])
    .map((word) => question(word, pick(["\\", "`"])));
  const made = Array.from({ length: count }, () => {
    const length = 1 + Math.floor(random() * 7);
    return question(Array.from({ length }, () => pick(PIECES)).join(""), pick(["\\", "\\", "\\", "`"]));
  });
  return [...real, ...made];
}

const PIECES = [
  ..."$A ${A} ${E} ${U} ${A:-x} ${U:-x} ${E:-x} ${U-x} ${E-x} ${A:+x} ${E:+x} ${E+x} ${U+x} ${A:?m} ${U?m} ${E:?} ${E?m}".split(
    " ",
  ),
  ..."${P#*/} ${P##*/} ${P%/*} ${P%%/*} ${P#a*b} ${P/b/x} ${P//b/x} ${P//?/x} ${P/*/x} ${P#'*'} ${P%\"b\"} ${P#\\*} ${P//\\//x}".split(
    " ",
  ),
  ...'${A ${ } { \' " \\ ` $ $$ $1 $12 ${1} ${-} $- ${A:x} ${A!} ${:A} ${U:-${A}} ${U:-"$A}"} ${A:- a } \\} # / % * ? : ü < <<'.split(
    " ",
  ),
  ...[" ", "a", "b", "$ü", "${P#", "${U:-", "${P//", "${P%%"],
];
const ENV = { A: "1", E: "", P: "a/b*c/b.tar.gz", V: "1.2.3" };

/** Every other variable has a value, is empty, or is not set: its name decides. */
function question(word: string, escape: string): WordQuestion {
  const names = [...word.matchAll(/\$\{?(\w+)/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !/^[AEPUV]$|^\d/.test(name));
  const values = names.flatMap((name) =>
    name.length % 3 === 0 ? [] : [[name, name.length % 3 === 1 ? "" : `v ${name}`]],
  );
  return { word, escape, env: { ...ENV, ...Object.fromEntries(values) } };
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
