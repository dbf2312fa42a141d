import type { RunCommand } from "../../toolchains/toolchain";
import { within } from "../files/copies";
import { isOfSystem } from "../files/system-paths";
import type { Change } from "./change";
import { changesOf } from "./of-command";

/** Whether a command may make or write an absolute path, or a folder above it. */
export function mayMake(run: RunCommand, path: string): boolean {
  return changesOf(run).some((change) => reaches(change, path));
}

function reaches(change: Change, path: string): boolean {
  switch (change.kind) {
    case "anything":
      return true;
    case "outside":
      return !isOfSystem(path);
    case "makes":
    case "touches":
      return within(change.path, path) !== undefined;
    case "copies":
      return within(change.to, path) !== undefined;
    case "links":
      return within(change.at, path) !== undefined;
    case "ruled":
      return change.otherwise.some((each) => reaches(each, path));
    default:
      return false;
  }
}
