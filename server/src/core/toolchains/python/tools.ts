import { findImage } from "../../catalog/catalog";
import { contentsOf } from "../../catalog/contents";
import { parseReference } from "../../catalog/reference";
import { posix } from "../../model/paths";
import type { PythonImage } from "./image";

const FOLDERS = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/** Whether the whole image may have a program that the slim one has not (catalog/contents.json). */
export function slimLacks({ name, tag, slimTag = "" }: PythonImage, program: string): boolean {
  const [full, slim] = [places(`${name}:${tag}`, program), places(`${name}:${slimTag}`, program)];
  const isNowhere = full.length > 0 && full.every((each) => each === "absent");
  return !isNowhere && !slim.includes("there");
}

function places(reference: string, program: string): readonly string[] {
  const parsed = parseReference(reference);
  const image = parsed && findImage(parsed);
  const contents = image && contentsOf(image);
  return contents ? FOLDERS.map((folder) => contents.path(posix.join(folder, program))) : [];
}
