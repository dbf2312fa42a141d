/** The option that is nearest to a word, at most two letters away; "" where none is. What follows a reason of BuildKit's. */
export function didYouMean(word: string, options: Iterable<string>): string {
  let nearest = "";
  let least = 3;
  if (word.length > 24) return "";
  for (const option of options) {
    const apart = Math.abs(option.length - word.length) < least ? distance(word, option) : least;
    if (apart >= least) continue;
    nearest = option;
    least = apart;
  }
  return nearest && ` (did you mean ${nearest}?)`;
}

/** Levenshtein distance of two short words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let at = 0; at < a.length; at++) {
    const next = [at + 1];
    for (let to = 0; to < b.length; to++) {
      const replaced = (row[to] ?? 0) + (a[at] === b[to] ? 0 : 1);
      next.push(Math.min(replaced, (row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
