/** The name in a path as /Ann, or the world's. */
export function nameIn(path: string): string {
  return decodeURIComponent(path.slice(1)) || "world";
}
