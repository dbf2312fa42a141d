import type { GoProgram, ProgramUse } from "./go-sources";
import type { Need } from "./toolchain";

/** What in a program's own sources may bring the data, or lead to it: fields of crypto/tls, variables of the environment, paths. */
const BRINGS: Readonly<Record<Need["what"], RegExp>> = {
  certificates: /\b(?:RootCAs|InsecureSkipVerify|SetFallbackRoots|DefaultTransport|DefaultClient|Setenv)\b/,
  zones: /\b(?:tzdata|Setenv)\b/,
  temp: /\b(?:TMPDIR|Setenv)\b/,
  users: /./,
};

/**
 * The call of a program that fails at every start where the image has not what it wants, for a sentence; undefined where
 * it may never be made, where the program may bring the data itself, and where packages that were not read might.
 */
export function failingCall(program: GoProgram, what: Need["what"]): string | undefined {
  // An imported package can have certificates or zones inside it; nobody makes /tmp.
  if (what !== "temp" && program.foreign.length + program.vendored.length > 0) return undefined;
  const brings = program.own.some(
    ({ source: { text } }) =>
      BRINGS[what].test(text.code) || (what === "temp" && text.strings.some((each) => each.startsWith("/tmp"))),
  );
  const use = brings ? undefined : program.uses.find((each) => each.isSure && wants(each, what));
  return use && `${use.call}${what === "temp" ? "" : `(${JSON.stringify(use.path.text)})`} in ${use.file}`;
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
