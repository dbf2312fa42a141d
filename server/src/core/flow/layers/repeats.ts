import { posix } from "../../model/paths";
import type { Content } from "../files/content";

/** What an image has of each source, by its kind and path, to tell what is brought once more. */
export class Sources {
  private readonly first = new Map<string, Map<string, Content>>();

  /**
   * The earlier content that has the same from the same source at another place, and that place. Remembers the content
   * where its source is new.
   */
  repeatedBy(second: Content): { readonly first: Content; readonly path: string } | undefined {
    const { source } = second;
    if (!source) return undefined;
    const known = this.first.get(source.of) ?? new Map<string, Content>();
    this.first.set(source.of, known);
    const folders = source.of === "address" ? [source.path] : upFrom(source.path);
    const found = folders.find((folder) => known.has(folder));
    const first = found === undefined ? undefined : known.get(found);
    if (found === undefined || !first) {
      known.set(source.path, second);
      return undefined;
    }
    const inside = found === "" ? source.path : source.path.slice(found.length + 1);
    const path = found === source.path ? first.path : posix.join(first.path, inside);
    const taken = new Set(placesOf(first, path));
    const same = placesOf(second, second.path).some((place) => taken.has(place));
    return same || first.instruction === second.instruction ? undefined : { first, path };
  }
}

/** Where it may stand: of what may be a file or a folder, in its target or in place of it. */
function placesOf({ shape, source }: Content, path: string): readonly string[] {
  return shape === "inside" ? [path, posix.join(path, posix.basename(source?.path ?? ""))] : [path];
}

/** A path and the folders above it, up to "". */
function upFrom(path: string): readonly string[] {
  const folders = [path];
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) folders.push(path.slice(0, end));
  return path === "" ? folders : [...folders, ""];
}
