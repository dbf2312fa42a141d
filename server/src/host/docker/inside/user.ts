import { type ImageFile, type ImageFiles, toBytes } from "./image-files";

/** Whom a program runs as. */
export interface User {
  /** As the image says it; "root" where it says nothing, or 0. */
  readonly name: string;
  readonly uid: number;
  readonly groups: ReadonlySet<number>;
}

/**
 * The user of an image's config (`USER` as the engine reads it: name or number, with a group behind `:`); undefined where it
 * has a name that the image does not know, with which no container starts.
 */
export function userOf(spec: string, files: ImageFiles): User | undefined {
  const name = spec === "" || spec === "0" ? "root" : spec;
  const [who = "", group] = toBytes(name).split(":", 2);
  const entry = rows(files, "/etc/passwd").find((row) => row[0] === who || row[2] === who);
  const uid = number(who) ?? number(entry?.[2]) ?? (who === "root" ? 0 : undefined);
  if (uid === undefined) return undefined;
  const groups = rows(files, "/etc/group");
  if (group !== undefined) {
    const gid = number(group) ?? number(groups.find((row) => row[0] === group)?.[2]);
    return gid === undefined ? undefined : { name, uid, groups: new Set([gid]) };
  }
  const others = entry ? groups.filter((row) => row[3]?.split(",").includes(entry[0] ?? "")) : [];
  return { name, uid, groups: new Set([number(entry?.[3]) ?? 0, ...others.flatMap((row) => number(row[2]) ?? [])]) };
}

/** Whether a user may go through a folder, or start a file. Root may where anybody may, and goes through every folder. */
export function mayPass({ uid, groups }: User, { rights: [mode, owner, group], isFolder }: ImageFile): boolean {
  if (uid === 0) return isFolder || (mode & 0o111) !== 0;
  const shift = uid === owner ? 6 : groups.has(group) ? 3 : 0;
  return ((mode >> shift) & 1) !== 0;
}

/** The same of reading: the interpreter of a script reads it. */
export function mayRead({ uid, groups }: User, { rights: [mode, owner, group] }: ImageFile): boolean {
  const shift = uid === owner ? 6 : groups.has(group) ? 3 : 0;
  return uid === 0 || ((mode >> shift) & 4) !== 0;
}

function rows(files: ImageFiles, path: string): readonly (readonly string[])[] {
  const text = files.at(path)?.details.text ?? "";
  return text.split("\n").map((line) => line.split(":"));
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
