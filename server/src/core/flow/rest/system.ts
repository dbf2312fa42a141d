import type { RunCommand } from "../../toolchains/toolchain";

/** Commands that make users and groups, or change them. */
export const MAKES_USERS: ReadonlySet<string> = new Set([
  "useradd",
  "adduser",
  "usermod",
  "groupadd",
  "addgroup",
  "passwd",
  "chpasswd",
]);

/** The sentence about a step whose effect on the system nobody could carry over. */
export function systemChanged({ program = "" }: RunCommand): string {
  return `\`${program}\` changes what the image's system says of users, certificates or time, which the final image would not know.`;
}

/**
 * A step that sets the time zone which TZ can say: to `zone`, or to nothing new where a TZ says one already. Undefined for
 * other steps, and where the zone's name is not known.
 */
export function zoneSaid(run: RunCommand, hasVariable: boolean): { readonly zone: string | undefined } | undefined {
  const set = zoneSet(run);
  if (!set || (set.name === undefined && !hasVariable)) return undefined;
  return { zone: set.counts && !hasVariable ? set.name : undefined };
}

/** `ln -sf /usr/share/zoneinfo/ZONE /etc/localtime`, and what says the same to people: `echo ZONE > /etc/timezone`. */
function zoneSet({
  program,
  values,
  command,
}: RunCommand): { readonly name: string | undefined; readonly counts: boolean } | undefined {
  const words = values.filter((value) => !value?.startsWith("-"));
  if (program === "echo" && command.output?.text === "/etc/timezone") return { name: words[0], counts: false };
  if ((program !== "ln" && program !== "cp") || words[1] !== "/etc/localtime" || command.output) return undefined;
  const zone = /^\/usr\/share\/zoneinfo\/([\w+/-]+)$/.exec(words[0] ?? "")?.[1];
  return words.length === 2 ? { name: zone, counts: true } : undefined;
}

const BRINGS_CERTIFICATES = new Set(["cp", "mv", "install", "curl", "wget", "mkdir", "chmod", "cat"]);
/** Where one's own certificates stand for `update-ca-certificates`. */
export const OF_CERTIFICATES = "/usr/local/share/ca-certificates";
/** What programs read certificates from (Debian's ca-certificates). */
export const BUNDLE = "/etc/ssl/certs/ca-certificates.crt";

/** A command that adds certificates to the bundle of the system, or brings those that another one adds. */
export function certificatesOf({ program = "", args, command }: RunCommand): "bundle" | "brought" | undefined {
  if (program === "update-ca-certificates") return "bundle";
  if (program === "cat" && command.output?.text === BUNDLE) return "bundle";
  const words = [...args.map(({ value }) => value ?? ""), command.output?.text ?? ""];
  const isBrought = BRINGS_CERTIFICATES.has(program) && words.some((word) => word.startsWith(OF_CERTIFICATES));
  return isBrought && !words.some((word) => word.startsWith("/etc/")) ? "brought" : undefined;
}
