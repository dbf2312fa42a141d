import type { ProgramUse } from "../program-files";
import type { FailingCall, Need } from "../toolchain";
import type { GoProgram } from "./sources";

/** What in a program's own sources may bring the data, or lead to it: fields of crypto/tls, variables of the environment, paths. */
const BRINGS: Readonly<Record<Need["what"], RegExp>> = {
  certificates: /\b(?:RootCAs|InsecureSkipVerify|SetFallbackRoots|DefaultTransport|DefaultClient|Setenv)\b/,
  zones: /\b(?:tzdata|Setenv)\b/,
  temp: /\b(?:TMPDIR|Setenv|MkdirAll|Mkdir)\b/,
  users: /./,
};

/**
 * The call of a program that fails at every start where the image has not what it wants, for a sentence; undefined where
 * it may never be made, where the program may bring the data itself, and where packages that were not read might.
 */
export function failingCall(program: GoProgram, what: Need["what"]): FailingCall | undefined {
  // An imported package can have certificates or zones inside it; nobody makes /tmp.
  if (what !== "temp" && program.foreign.length + program.vendored.length > 0) return undefined;
  const brings = program.own.some(
    ({ source: { text } }) =>
      BRINGS[what].test(text.code) || (what === "temp" && text.strings.some((each) => each.startsWith("/tmp"))),
  );
  const use = brings ? undefined : program.uses.find((each) => each.isSure && wants(each, what));
  if (!use) return undefined;
  const text = `${use.call}${what === "temp" ? "" : `(${JSON.stringify(use.path.text)})`} in ${use.file}`;
  return { text, isFatal: isFatal(program, use) };
}

const ENDS = /\b(?:panic|log\.(?:Fatal|Panic)(?:f|ln)?|os\.Exit)\(/;

/** The call stands once in its file, and the next thing is an `if err != nil` that ends the program; nothing recovers from that. */
function isFatal({ own }: GoProgram, { call, file }: ProgramUse): boolean {
  const code = own.find(({ path }) => path === file)?.source.text.code ?? "";
  const at = code.indexOf(`${call}(`);
  const check = code.indexOf("err != nil", at);
  const body = code.indexOf("{", check);
  if (at < 0 || check < 0 || body < 0 || code.includes(`${call}(`, at + 1)) return false;
  const between = code.slice(at, check);
  const isNext = between.split("\n").length <= 2 && !/[{}]/.test(between);
  const recovers = own.some(({ source }) => /\brecover\(/.test(source.text.code));
  return isNext && !recovers && ENDS.test(code.slice(body, code.indexOf("}", body) + 1));
}

function wants({ deed, call, path }: ProgramUse, what: Need["what"]): boolean {
  const written = path.base === "image" && !path.open;
  switch (what) {
    case "zones":
      // These three are in the program itself (time.LoadLocation).
      return deed === "zones" && written && !["", "UTC", "Local"].includes(path.text);
    case "certificates":
      return deed === "dials" && written && path.text.startsWith("https://");
    case "temp":
      return deed === "temp" && /\.(?:CreateTemp|MkdirTemp|TempFile)$/.test(call);
    default:
      return false;
  }
}
