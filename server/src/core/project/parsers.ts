/** Reads a text of a language of settings; may throw where the text is none. */
export type Parse = (text: string) => unknown;

/** The parsers that files of a folder want: libraries, which whoever gathers the files loads when there is such a file. */
export interface Parsers {
  readonly yaml: Parse;
  readonly toml: Parse;
}

/** A longer file of settings was written by no person, and takes a second to parse. Characters. */
const MAX_TEXT = 256 * 1024;

/** Several facts are read of one file. What does not parse throws each time. */
export function once(parse: Parse): Parse {
  const known = new Map<string, unknown>();
  return (text) => {
    if (!known.has(text)) known.set(text, text.length > MAX_TEXT ? undefined : parse(text));
    return known.get(text);
  };
}
