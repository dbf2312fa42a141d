import { bodySpan, type Instruction, type Syntax } from "../syntax/instruction";
import { readScript, type Script } from "./script";

/** A heredoc whose first line names another interpreter is not a script of the shell. */
export const SHELL_SHEBANG = /^#!\s*\S*\/(?:env\s+)?(?:sh|bash|dash|ash)\b/;
const scripts = new WeakMap<Instruction, Script>();

/**
 * What a RUN, CMD or ENTRYPOINT runs, as commands. The exec form is one command whose words are taken as they are;
 * `RUN <<EOF` runs the heredoc's body.
 */
export function scriptOf(syntax: Syntax, instruction: Instruction): Script {
  const known = scripts.get(instruction);
  if (known) return known;
  const script = instruction.json ? execScript(instruction) : shellScript(syntax, instruction);
  scripts.set(instruction, script);
  return script;
}

function execScript(instruction: Instruction): Script {
  const [name, ...args] = (instruction.json ?? []).map(({ text, span }) => ({ text, span, node: undefined }));
  if (!name) return { commands: [], error: undefined };
  const command = {
    name,
    args,
    assignments: [],
    span: instruction.span,
    always: true,
    folders: "none" as const,
    variables: undefined,
    output: undefined,
  };
  return { commands: [command], error: undefined };
}

function shellScript(syntax: Syntax, instruction: Instruction): Script {
  const heredoc = instruction.heredocs[0];
  if (heredoc && /^\d*<<-?\s*\S+$/.test(instruction.body)) {
    const { start, end } = heredoc.body;
    const body = syntax.text.slice(start, end);
    if (body.startsWith("#!") && !SHELL_SHEBANG.test(body)) return { commands: [], error: undefined };
    return readScript(body, (from, to) => ({ start: start + from, end: start + to }));
  }
  if (instruction.oversized) return { commands: [], error: undefined };
  // The bodies of heredocs are data here; their terminators alone keep the script whole.
  const tail = instruction.heredocs.map(({ name }) => `\n${name}`).join("");
  return readScript(instruction.body + tail, (from, to) =>
    bodySpan(instruction, from, Math.min(to, instruction.body.length)),
  );
}
