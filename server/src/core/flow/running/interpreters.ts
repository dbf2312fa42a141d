import { posix } from "../../model/paths";

/** Programs that take their first word for a file to run. */
const INTERPRETERS = new Set("node java python dotnet deno ruby php perl sh ash bash".split(" "));
/** Programs that run the words behind theirs. */
const INITS = new Set(["tini", "dumb-init", "catatonit"]);

/**
 * The interpreter that an ENTRYPOINT starts with the words of CMD as its own: "node" of `/nodejs/bin/node`, "java" of
 * `/usr/bin/java -jar`. Undefined where it starts something else, or a file of its own.
 */
export function interpreterOf(entrypoint: readonly string[]): string | undefined {
  const [init = ""] = entrypoint;
  const words = INITS.has(posix.basename(init)) ? entrypoint.slice(entrypoint[1] === "--" ? 2 : 1) : entrypoint;
  const [program = "", ...flags] = words;
  const name = interpreterName(program);
  return INTERPRETERS.has(name) && flags.every((flag) => flag === "-jar") ? name : undefined;
}

/** `python` of /usr/bin/python3.13; `nodejs` is Debian's name of node. */
export function interpreterName(program: string): string {
  const name = posix.basename(program);
  let end = name.length;
  while (end > 0 && "0123456789.".includes(name[end - 1] ?? "")) end--;
  return name === "nodejs" ? "node" : name.slice(0, end);
}

/** How many of CMD's first words the ENTRYPOINT has already: `java -jar` of `java -jar app.jar`. */
export function repeatedWords(entrypoint: readonly string[], words: readonly string[]): number {
  const [first = "", second] = words;
  if (interpreterName(first) !== interpreterOf(entrypoint)) return 0;
  return entrypoint.at(-1) === "-jar" && second === "-jar" ? 2 : 1;
}
