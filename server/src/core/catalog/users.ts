import type { Held } from "./contents";
import type { ImageReference } from "./reference";
import { IMAGE_USERS, PACKAGE_USERS, PLAIN_APKS, SYSTEM_GROUPS, SYSTEM_USERS } from "./users-data";

const packageUsers = new Set(PACKAGE_USERS.split(" "));
const systemUsers = new Set(SYSTEM_USERS.split(" "));
const systemGroups = new Set(SYSTEM_GROUPS.split(" "));
const plainApks = new Set(PLAIN_APKS.split(" "));

/**
 * Whether a package of Debian's or Ubuntu's own archive may make a user of that name: the list is of every package of the
 * releases that catalog/users.json names. Numbered users are known by what stands in front of the number.
 */
export function isPackageUser(name: string): boolean {
  return packageUsers.has(name) || packageUsers.has(name.replace(/(?<!\d)\d+$/, "#")) || /^(?:systemd-|_)/.test(name);
}

/** A group that any system may have, whatever its users are called. */
export function isSystemGroup(name: string): boolean {
  return systemGroups.has(name) || name.startsWith("systemd-");
}

/** A package of Alpine that is known to make no user, nor one that it depends on. */
export function isPlainApk(name: string): boolean {
  return plainApks.has(name);
}

/**
 * Whether an image has a user, where no more is written down than the users that its Dockerfiles make. Of a system's
 * users, and of those of packages, it may have any.
 */
export function userOfImage({ familiar, tag = "latest", digest }: ImageReference, name: string): Held {
  const row = digest === undefined || tag !== "latest" ? rows.get(familiar) : undefined;
  if (!row || OTHER.test(tag)) return "unknown";
  const [, users, not = ""] = row;
  const parts = tag.split("-");
  if (not !== "" && not.split(" ").some((word) => parts.some((part) => part.startsWith(word)))) return "unknown";
  const may = users.split(" ").includes(name) || systemUsers.has(name) || isPackageUser(name);
  return may ? "unknown" : "absent";
}

/** Windows knows other users, and what ONBUILD does is not in view. */
const OTHER = /windows|nanoserver|servercore|ltsc|onbuild|[^\w.-]/;

const rows = new Map(IMAGE_USERS.flatMap((row) => row[0].split(" ").map((name) => [name, row] as const)));
