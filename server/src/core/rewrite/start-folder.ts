import { findImage } from "../catalog/catalog";
import { parseReference } from "../catalog/reference";

/** The folder that an image starts in; "" where that is not known, which no folder is. */
export function startFolder(image: string): string {
  if (image === "scratch") return "/";
  const reference = parseReference(image);
  return (reference && findImage(reference)?.workdir) ?? "";
}
