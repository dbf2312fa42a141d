/** White space as Go's unicode.IsSpace has it: JavaScript's, and U+0085, without the byte order mark. */
export function isSpace(code: number): boolean {
  return (
    code === 32 ||
    (code >= 9 && code <= 13) ||
    code === 0x85 ||
    code === 0xa0 ||
    (code > 0xff && /\s/.test(String.fromCharCode(code)) && code !== 0xfeff)
  );
}

/** The white space that separates the words of an instruction: a smaller set. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || (code >= 11 && code <= 13);
}

/** The first offset at or behind `at` that is no white space. */
export function skipSpace(text: string, at: number, end = text.length): number {
  let next = at;
  while (next < end && isSpace(text.charCodeAt(next))) next++;
  return next;
}

/** Where the text ends when the white space behind it is left out; `from` where there is nothing else. */
export function trimmedEnd(text: string, from = 0): number {
  let end = text.length;
  while (end > from && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

/** Where the word that begins at an offset ends. */
export function wordEnd(text: string, from: number, isEnd: (code: number) => boolean = isBlank): number {
  let at = from;
  while (at < text.length && !isEnd(text.charCodeAt(at))) at++;
  return at;
}
