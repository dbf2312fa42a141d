/** Paths inside an image: always `/`, never the host's rules. */
export const posix = {
  /** Without `.`, `..`, doubled or trailing slashes. */
  normalize(path: string): string {
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
