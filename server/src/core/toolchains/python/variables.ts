import { readScript } from "../../shell/script";
import type { AppView } from "../app";

/** The words of a start that can do without its shell. */
export interface PlainStart {
  readonly words: readonly string[];
  readonly env: readonly string[];
  readonly assumes: readonly string[];
}

/** Options of gunicorn that a variable gives, by the variable: it reads that one itself (gunicorn, config.py). */
const READS = [
  { variable: "PORT", options: ["-b", "--bind"], value: /^(?:0\.0\.0\.0)?:\$\{?PORT(?::-(\d{1,5}))?\}?$/ },
  { variable: "WEB_CONCURRENCY", options: ["-w", "--workers"], value: /^\$\{?WEB_CONCURRENCY(?::-(\d{1,3}))?\}?$/ },
] as const;

/**
 * A start of gunicorn in shell form whose variables gunicorn reads by itself: without these words it does the same. Undefined
 * where the shell does more, or where a file of settings says otherwise.
 */
export function withoutVariables(script: string, view: AppView): PlainStart | undefined {
  const words = wordsOf(script);
  if (words?.[0]?.split("/").at(-1) !== "gunicorn" || hasSettings(words, view)) return undefined;
  const kept: string[] = [];
  const env: string[] = [];
  const assumes: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const [option = "", given] = word.startsWith("--") ? word.split("=", 2) : [word];
    const read = READS.find(({ options }) => options.some((each) => each === option));
    const text = (given ?? words[at + 1] ?? "").replace(/^"(.*)"$/, "$1");
    const match = read?.value.exec(text);
    if (!read || !match) {
      kept.push(word);
      continue;
    }
    if (given === undefined) at++;
    const isSet = view.env(read.variable) !== undefined;
    if (match[1] !== undefined && !isSet) env.push(`${read.variable}=${match[1]}`);
    assumes.push(`gunicorn reads ${read.variable} by itself, so the words that name it are left out.`);
    if (match[1] === undefined && !isSet && read.variable === "PORT")
      assumes.push("PORT is given when the container is started, as it has to be now.");
  }
  return kept.some((word) => /[$"'\\]/.test(word)) ? undefined : { words: kept, env, assumes };
}

/** Other sources of the same settings, which would win over the variable. */
function hasSettings(words: readonly string[], { project, env }: AppView): boolean {
  const named = words.some((word) => /^(?:-c|--config(?:=|$))/.test(word));
  const files = project.files;
  return (
    named ||
    env("GUNICORN_CMD_ARGS") !== undefined ||
    !files ||
    [...files.keys()].some((path) => path.endsWith("gunicorn.conf.py"))
  );
}

/** The words of one plain command, with variables as they are written; undefined where the shell does more. */
function wordsOf(script: string): readonly string[] | undefined {
  if (/[`|&;<>()*?#~\n[]/.test(script)) return undefined;
  const { commands, unread } = readScript(script, (start, end) => ({ start, end }));
  const [command, ...others] = commands;
  if (!command || unread || others.length > 0 || command.assignments.length > 0) return undefined;
  const words = [command.name, ...command.args].map(({ text }) => text);
  return words[0] === "exec" ? words.slice(1) : words;
}
