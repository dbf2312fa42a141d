/**
 * Answers that are not the same each time: the time of day, an id, a count. What differs between answers of the version
 * before to one question is volatile; all else the version after has to say, too.
 */

/** A word, with what stands within times, numbers and ids; space; or another character. */
const TOKEN = /[\p{L}\p{N}_.:+-]+|\s+|[^\p{L}\p{N}_.:+\s-]/gu;
const WORD = /^[\p{L}\p{N}_.:+-]/u;

/**
 * Whether each of `texts` says what all `known` ones say, wherever these agree. Null where they differ and have no word in
 * common, so that nothing could be told. Pure.
 */
export function isLike(known: readonly string[], texts: readonly string[]): boolean | null {
  const [first = "", ...rest] = known;
  if (rest.every((each) => each === first)) return texts.every((each) => each === first);
  const samples = known.map(tokensOf);
  const even = samples.every(({ length }) => length === samples[0]?.length);
  return even ? byPlace(samples, texts) : byEnds(samples, texts);
}

/** Where two texts begin to differ; undefined where they do not. */
export function differsAt(one: string, other: string): number | undefined {
  if (one === other) return undefined;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

type Tokens = readonly string[];

function tokensOf(text: string): Tokens {
  return text.match(TOKEN) ?? [];
}

/** Each token has its place: a time that goes on, an id that changes. */
function byPlace(samples: readonly Tokens[], texts: readonly string[]): boolean | null {
  const [first = []] = samples;
  const isStable = first.map((token, at) => samples.every((sample) => sample[at] === token));
  if (!first.some((token, at) => isStable[at] && WORD.test(token))) return null;
  return texts
    .map(tokensOf)
    .every(
      (tokens) =>
        tokens.length === first.length &&
        first.every((token, at) => (isStable[at] ? tokens[at] === token : isOfOneKind(tokens[at] ?? "", token))),
    );
}

/** Something in between is now longer, now shorter: what stands before and behind it has to be there. */
function byEnds(samples: readonly Tokens[], texts: readonly string[]): boolean | null {
  const [first = []] = samples;
  const shortest = Math.min(...samples.map(({ length }) => length));
  let start = 0;
  while (start < shortest && samples.every((sample) => sample[start] === first[start])) start += 1;
  let end = 0;
  while (end < shortest - start && samples.every((sample) => sample.at(-1 - end) === first.at(-1 - end))) end += 1;
  const [begin, close] = [first.slice(0, start), first.slice(first.length - end)];
  if (![...begin, ...close].some((token) => WORD.test(token))) return null;
  return texts
    .map(tokensOf)
    .every(
      (tokens) =>
        tokens.length >= start + end &&
        begin.every((token, at) => tokens[at] === token) &&
        close.every((token, at) => tokens[tokens.length - end + at] === token),
    );
}

function isOfOneKind(one: string, other: string): boolean {
  return WORD.test(one) === WORD.test(other);
}
