import type { Change } from "../changes/change";
import { isSystemFolder } from "../files/system-paths";

/** Takes what steps make. */
export interface Found {
  file(path: string): void;
  folder(path: string): void;
  /** A file that was there may be another one; left out where that cannot be followed. */
  touched?(path: string): void;
  /** The path comes along anyway, or nobody wants it. */
  isCovered(path: string): boolean;
}

/** What packages and tools of the system keep for themselves. */
export const KEPT = [
  "/tmp",
  "/var/tmp",
  "/var/cache",
  "/var/lib/apt",
  "/var/lib/dpkg",
  "/var/log",
  "/root/.cache",
  "/root/.npm",
];

/** Accounts for what a step does to files: false where it leaves something behind that nobody knows. */
export function addChange(change: Change, into: Found): boolean {
  switch (change.kind) {
    case "caches":
    case "removes":
    case "thins":
      return true;
    case "makes":
      if (into.isCovered(change.path)) return true;
      if (change.what === "folder") into.folder(change.path);
      else into.file(change.path);
      return true;
    case "touches":
      if (into.isCovered(change.path)) return true;
      if (!change.file || !into.touched) return false;
      into.touched(change.path);
      return true;
    case "copies":
      if (into.isCovered(change.to)) return true;
      if (change.into !== false || isSystemFolder(change.to)) return false;
      into.file(change.to);
      return true;
    case "links":
      return into.isCovered(change.at);
    case "ruled":
      return change.otherwise.every((each) => addChange(each, into));
    default:
      return false;
  }
}
