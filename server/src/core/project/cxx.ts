/** Beyond so many files nothing is read of any. */
export const MAX_CXX = 200;

export function isCxx(path: string): boolean {
  return /\.(?:cpp|cc|cxx|c\+\+|C)$/.test(path);
}

/**
 * A file of C++ surely writes to a stream of libstdc++: a statement of it begins with std::cout or std::cerr, in no
 * comment, and no directive leaves parts of it out. Its program then needs the library.
 */
export function writesToStreams(text: string): boolean {
  return (
    !/^[ \t]*#[ \t]*if/m.test(text) &&
    /^[ \t]*(?:int main\([^)]{0,80}\) ?\{ ?)?std::c(?:out|err) ?<</m.test(withoutComments(text))
  );
}

/** Without what stands between `/*` and its end. Linear. */
function withoutComments(text: string): string {
  let left = "";
  let at = 0;
  for (let open = text.indexOf("/*"); open >= 0; open = text.indexOf("/*", at)) {
    left += text.slice(at, open);
    const end = text.indexOf("*/", open + 2);
    if (end < 0) return left;
    at = end + 2;
  }
  return left + text.slice(at);
}
