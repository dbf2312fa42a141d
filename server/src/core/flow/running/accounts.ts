import type { RunCommand } from "../../toolchains/toolchain";

const MAKES_USER = new Set(["useradd", "adduser"]);
const MAKES_GROUP = new Set(["groupadd", "addgroup"]);

/** The user or group that a command makes; undefined where it makes none, or a variable hides its name. */
export function accountOf(
  run: RunCommand,
): { readonly kind: "user" | "group"; readonly name: string; readonly id: string | undefined } | undefined {
  const kind = MAKES_USER.has(run.program ?? "") ? "user" : MAKES_GROUP.has(run.program ?? "") ? "group" : undefined;
  if (!kind) return undefined;
  const words = run.args.map(({ value }) => value);
  const long = kind === "user" ? "--uid" : "--gid";
  const short = kind === "user" ? "-u" : "-g";
  const at = words.findIndex((word) => word === long || word === short);
  const joined = words.find((word) => word?.startsWith(`${long}=`))?.slice(long.length + 1);
  const id = at >= 0 ? words[at + 1] : joined;
  const name = nameIn(words, kind);
  return name === undefined ? undefined : { kind, name, id: /^\d+$/.test(id ?? "") ? id : undefined };
}

/** The last word that is no option and no option's value; `adduser NAME GROUP` of Debian and busybox adds to a group instead. */
function nameIn(words: readonly (string | undefined)[], kind: "user" | "group"): string | undefined {
  const flags =
    /^(?:-[mMrNUDHSlo]+|--(?:system|create-home|no-create-home|disabled-password|disabled-login|no-log-init|user-group|no-user-group|quiet|group|non-unique|force-badname|allow-bad-names))$/;
  const names: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) return undefined;
    if (!word.startsWith("-")) names.push(word);
    else if (!flags.test(word) && !word.includes("=")) at++;
  }
  return names.length === 1 && kind !== undefined ? names[0] : undefined;
}
