/** Text in, plain objects, lists and strings out; it may throw where the text is broken. */
export type Parse = (text: string) => unknown;

/** The parsers of manifests and lock files: libraries, which the caller loads where there is something for them to read. */
export interface Parsers {
  readonly yaml: Parse;
  readonly toml: Parse;
  /** An element is `{ type: "element", name, attributes, children }`, a text `{ type: "text", text }`. */
  readonly xml: Parse;
}

/** Longer manifests were written by no person, and take a second to parse. Characters. */
const MAX_LENGTH = 256 * 1024;

/** Several facts are read of one file. What does not parse throws each time; what is too long is nothing. */
export function once(parse: Parse): Parse {
  const known = new Map<string, unknown>();
  return (text) => {
    if (!known.has(text)) known.set(text, text.length > MAX_LENGTH ? undefined : parse(text));
    return known.get(text);
  };
}
