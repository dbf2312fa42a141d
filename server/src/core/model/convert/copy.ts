import { words } from "../../syntax/ast";
import { heredocHead } from "../../syntax/heredoc";
import { flagOf, type Reading } from "../../syntax/instruction";
import { expandWord, type Lookup } from "../expand";
import type { Refused } from "./problem";

/** Why BuildKit refuses a COPY or ADD whose words are in order (dockerfile2llb/convert_copy.go). */
export function copyProblem(instruction: Reading, lookup: Lookup): Refused | undefined {
  if (instruction.keyword !== "COPY" && instruction.keyword !== "ADD") return undefined;
  return ownerProblem(instruction, lookup) ?? modeProblem(instruction, lookup) ?? remoteProblem(instruction, lookup);
}

/** With --link there is no passwd file in which a name could be looked up. */
function ownerProblem(instruction: Reading, lookup: Lookup): Refused | undefined {
  const link = flagOf(instruction, "link");
  const flag = flagOf(instruction, "chown");
  if (!link || link.value?.toLowerCase() === "false" || !flag?.value) return undefined;
  const owner = expandWord(flag.value, lookup, instruction.escape);
  if (!owner || owner.split(":", 2).every((part) => part === "" || /^\d+$/.test(part))) return undefined;
  const why = "user and group names can't be resolved when used with --link, use numeric uid[:gid] instead";
  return { span: flag.span, message: `--chown=${owner}: ${why}` };
}

/** Octal digits; what begins with a letter may be a symbolic mode. */
function modeProblem(instruction: Reading, lookup: Lookup): Refused | undefined {
  const flag = flagOf(instruction, "chmod");
  const mode = flag?.value && expandWord(flag.value, lookup, instruction.escape);
  if (!flag || !mode || !/^\d+$/.test(mode)) return undefined;
  if (/^[0-7]+$/.test(mode) && Number.parseInt(mode, 8) <= 0o7777) return undefined;
  return {
    span: flag.span,
    message: `invalid chmod parameter: '${mode}'. it should be octal string and between 0 and 07777`,
  };
}

const REMOTE = /^https?:\/\/[^\s/]/;
const GIT = /^https?:\/\/[^\s?#]+\.git(?:[?#]|$)/;

function remoteProblem(instruction: Reading, lookup: Lookup): Refused | undefined {
  if (instruction.keyword !== "COPY" || !/[:$]/.test(instruction.body)) return undefined;
  const sources = (instruction.json ?? words(instruction)).slice(0, -1);
  for (const { text, span } of sources) {
    if (text.includes("<<") && heredocHead(text)) continue;
    const source = expandWord(text, lookup, instruction.escape);
    if (source === undefined || !REMOTE.test(source)) continue;
    return { span, message: `source can't be a ${GIT.test(source) ? "git ref" : "URL"} for COPY` };
  }
  return undefined;
}
