import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import type { Instruction } from "../../syntax/instruction";
import type { AppStart, Way } from "../app";
import type { JavaStart } from "./start";

interface Started {
  readonly view: { readonly stage: Stage; readonly start: AppStart };
  readonly start: JavaStart | undefined;
}

/**
 * How an image without a shell is started, whose `java` stands at that path, and whose own ENTRYPOINT is the one given.
 * A CMD stays one, so that other words behind `docker run` still take its place.
 */
export function startOn({ view, start }: Started, java: string, own: readonly string[]): Way["start"] {
  if (!start) return undefined;
  const { entrypoint, command } = authors(view.stage);
  const stays = (word = "") => word === java || (word === "java" && java.startsWith("/usr/bin/"));
  if (entrypoint?.json) {
    const [first, ...rest] = entrypoint.json.map(({ text }) => text);
    if (stays(first)) return undefined;
    if (posix.basename(first ?? "") === "java")
      return {
        entrypoint: [java, ...rest],
        ...(command?.json ? { command: command.json.map(({ text }) => text) } : {}),
      };
  }
  if (entrypoint) return { entrypoint: [java, ...start.words] };
  const [jar, plain] = [start.words.indexOf("-jar"), start.flags.length === 0 && start.path === undefined];
  const behind = start.words.slice(jar + 1);
  if (!plain || jar !== 0) return { entrypoint: [java], command: start.words };
  // What the base before it had for an ENTRYPOINT, this one has too.
  const written = command?.json?.map(({ text }) => text);
  if (own.length > 0) return written?.join("\\n") === behind.join("\\n") ? undefined : { command: behind };
  return { entrypoint: [java, "-jar"], command: behind };
}

/** An image with a shell has `java` on PATH: the author's lines stay but where they name another place, or none. */
export function startOnSlim({ view, start }: Started): Way["start"] {
  if (!start || !view.start.argv) return undefined;
  const { entrypoint, command } = authors(view.stage);
  const written = entrypoint ?? command;
  const first = written?.json?.[0]?.text ?? written?.body.trim().split(/\s+/, 1)[0];
  const throughOther = first !== undefined && !/(?:^|\/)java$/.test(first) && view.start.argv[0] !== start.program;
  if (first === "java" || first === "exec" || throughOther) return undefined;
  return entrypoint ? { entrypoint: ["java", ...start.words] } : { command: ["java", ...start.words] };
}

/** The instructions of the file that are in force; an ENTRYPOINT takes away the CMD that its stage inherits. */
function authors(stage: Stage): { entrypoint: Instruction | undefined; command: Instruction | undefined } {
  let entrypoint: Instruction | undefined;
  let command: Instruction | undefined;
  for (const { instructions } of lineage(stage)) {
    const own = instructions.findLast(({ keyword }) => keyword === "ENTRYPOINT");
    if (own) command = undefined;
    entrypoint = own ?? entrypoint;
    command = instructions.findLast(({ keyword }) => keyword === "CMD") ?? command;
  }
  return { entrypoint: entrypoint?.json?.length === 0 ? undefined : entrypoint, command };
}
