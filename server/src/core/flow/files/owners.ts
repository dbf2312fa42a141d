import { flagOf } from "../../syntax/instruction";
import type { Ownership } from "../layers/ownership";
import type { Content } from "./content";

/** Programs whose files belong to the user that runs them; an archive, or npm, may give them to another. */
const OWN = new Set(["curl", "wget", "git"]);
/** Modes that no file has before somebody sets them. */
const OPEN = /^0?777$|^(?:a|ugo)\+rwx$/;

/** The files surely do not have that owner or mode yet. A file that changes nothing is written again by some engines alone. */
export function certainlyChanges(content: Content, { sets, value }: Ownership): boolean {
  if (value === undefined) return false;
  if (sets === "mode") return OPEN.test(value) && !flagOf(content.instruction, "chmod");
  const owner = ownerOf(content);
  const [user = "", group] = sets === "group" ? ["", value] : value.split(":");
  return owner !== undefined && (differs(owner.user, user) || differs(owner.group, group ?? ""));
}

/** The owner of what a step brought; undefined where another may have set it. Root is 0. */
function ownerOf({ by, instruction, source }: Content): { user: string; group: string } | undefined {
  if ("command" in by) {
    const { user } = by;
    return OWN.has(by.program ?? "") && user !== undefined && isRoot(user.split(":")[0] ?? "")
      ? { user: "0", group: "0" }
      : undefined;
  }
  const given = flagOf(instruction, "chown")?.value;
  // What comes from a stage or out of an archive keeps its owner.
  if (given === undefined) return !source || source.of.startsWith("--from") ? undefined : { user: "0", group: "0" };
  const [user = "", group = user] = given.split(":");
  return given.includes("$") ? undefined : { user, group };
}

/** A number and a name may be the same user, but for root's. */
function differs(one: string, other: string): boolean {
  if (one === "" || other === "" || isRoot(one) === isRoot(other)) {
    const alike = /^\d+$/.test(one) === /^\d+$/.test(other);
    return one !== "" && other !== "" && !isRoot(one) && alike && one !== other;
  }
  return true;
}

function isRoot(name: string): boolean {
  return name === "" || name === "0" || name === "root";
}
