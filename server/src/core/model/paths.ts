/** Paths inside an image: always `/`, never the host's rules. */
export const posix = {
  /** Without `.`, `..`, doubled or trailing slashes. */
  normalize(path: string): string {
    if (isNormal(path)) return path;
    const parts: string[] = [];
    for (const part of path.split("/")) {
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    }
    return (path.startsWith("/") ? "/" : "") + parts.join("/") || ".";
  },
  /** `path` seen from `folder`; an absolute path stays as it is. */
  join(folder: string, path: string): string {
    return posix.normalize(path.startsWith("/") ? path : `${folder}/${path}`);
  },
  basename(path: string): string {
    let end = path.length;
    while (end > 1 && path[end - 1] === "/") end--;
    return path.slice(path.lastIndexOf("/", end - 1) + 1, end);
  },
  dirname(path: string): string {
    const at = path.lastIndexOf("/");
    return at <= 0 ? (at === 0 ? "/" : ".") : path.slice(0, at);
  },
};

/** Most paths are: absolute, no slash doubled or last, no name that begins with a dot. */
function isNormal(path: string): boolean {
  if (path.charCodeAt(0) !== SLASH || path.length === 1) return path === "/";
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
    const next = path.charCodeAt(at + 1);
    if (next === SLASH || next === DOT || Number.isNaN(next)) return false;
  }
  return true;
}

const SLASH = 47;
const DOT = 46;

/** Go's filepath.Match for `*` and `?`, as COPY uses it; a class is taken to match. Linear but for a product of stars. */
export function matchesPattern(pattern: string, path: string): boolean {
  let [p, s, star, mark] = [0, 0, -1, 0];
  while (s < path.length) {
    const ch = pattern[p];
    if (ch === "*") {
      star = p++;
      mark = s;
    } else if (ch !== undefined && (ch === path[s] || (ch === "?" && path[s] !== "/"))) {
      p++;
      s++;
    } else if (star >= 0 && path[mark] !== "/") {
      p = star + 1;
      s = ++mark;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
