import type { FileContext } from "../flow/context";
import { repeatedWords } from "../flow/running/interpreters";
import { baseNamed } from "../flow/running/missing-shells";
import type { Start } from "../flow/running/start";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { writtenLower } from "../rewrite/style";
import type { Instruction } from "../syntax/instruction";
import type { Fix, Rule } from "./rule";

export const entrypointRepeated: Rule = {
  id: "entrypoint-repeated",
  title: "CMD repeats the program that ENTRYPOINT starts",
  group: "runtime",
  severity: "error",
  sameAs: [],
  recipes: [],
  docs: {
    what: "The ENTRYPOINT, often that of a distroless base, is an interpreter (`node`, `java -jar`, `python3`, `dotnet`), and CMD begins with the same one.",
    why: "The words of CMD are arguments of the ENTRYPOINT: `node node server.js` ends with “Cannot find module '/app/node'”, `java -jar java` with “Unable to access jarfile java”, `python3 python app.py` with “can't open file '/app/python'”.",
    limits:
      "It speaks of interpreters alone, and where the entrypoint is in the file or the catalog knows it. A script such as node's docker-entrypoint.sh runs the words it is given, and is left alone.",
    examples: [
      {
        before: `FROM gcr.io/distroless/nodejs24-debian13
COPY server.js /app/
WORKDIR /app
CMD ["node", "server.js"]
`,
        after: `FROM gcr.io/distroless/nodejs24-debian13
COPY server.js /app/
WORKDIR /app
CMD ["server.js"]
`,
      },
      {
        before: `FROM gcr.io/distroless/java21-debian13
COPY app.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
`,
        after: `FROM gcr.io/distroless/java21-debian13
COPY app.jar /app.jar
CMD ["/app.jar"]
`,
      },
    ],
  },
  *check(context) {
    const told = new Set<Instruction>();
    for (const { stage, certain } of context.targets) {
      const start = context.start(stage);
      const command = start?.command;
      const entrypoint = start && entrypointOf(start);
      const [first, ...rest] = command?.json ?? [];
      if (!command || !entrypoint || !first || told.has(command)) continue;
      const words = [first, ...rest].map(({ text }) => text);
      const repeated = repeatedWords(entrypoint, words);
      if (repeated === 0 || isThere(context, stage, first.text)) continue;
      told.add(command);
      yield {
        span: first.span,
        message: `CMD repeats the entrypoint${start.entrypoint ? "" : ` of ${baseNamed(stage)}`}, which is ${entrypoint.join(" ")}: the image starts \`${[...entrypoint, ...words].join(" ")}\`.`,
        confidence: certain ? "certain" : "likely",
        related: start.entrypoint ? [{ span: start.entrypoint.span, message: "This is the ENTRYPOINT." }] : [],
        fixes: fixesOf(context, command, entrypoint, repeated),
      };
    }
  },
};

function entrypointOf({ entrypoint, inherited }: Start): readonly string[] | undefined {
  return entrypoint ? entrypoint.json?.map(({ text }) => text) : inherited;
}

/** A folder `node` with an index.js can be run, by whoever has one. */
function isThere(context: FileContext, stage: Stage, word: string): boolean {
  const workdir = stage.scope.workdir(stage.instructions.length);
  return !word.startsWith("/") && context.presence(stage, posix.join(workdir ?? "/", word)).kind === "there";
}

function fixesOf(
  { syntax }: FileContext,
  command: Instruction,
  entrypoint: readonly string[],
  repeated: number,
): readonly Fix[] {
  const words = command.json ?? [];
  // Java takes flags behind -jar, and -jar twice; a class path it then ignores.
  if (entrypoint.at(-1) === "-jar" && !words.some(({ text }) => text === "-jar")) {
    const text = writtenLower(syntax, command) ? "entrypoint" : "ENTRYPOINT";
    return [{ title: "Make it the ENTRYPOINT", safety: "review", edits: [{ span: command.keywordSpan, text }] }];
  }
  const [first, left] = [words[0], words[repeated]];
  if (!first || !left) return [];
  const span = { start: first.span.start, end: left.span.start };
  return [{ title: "Leave out what the entrypoint starts already", safety: "review", edits: [{ span, text: "" }] }];
}
