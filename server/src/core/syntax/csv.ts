/** The fields of a `--mount` or `--device`, as BuildKit reads them: CSV on one line. */
export function csvFields(text: string): { readonly fields: readonly string[] } | { readonly error: string } {
  if (text === "") return { error: "EOF" };
  const fields: string[] = [];
  for (let at = 0; ; ) {
    const quoted = text[at] === '"';
    const end = quoted ? quotedEnd(text, at) : plainEnd(text, at);
    if (typeof end === "string") return { error: end };
    fields.push(quoted ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, end));
    if (end >= text.length) return { fields };
    at = end + 1;
  }
}

function plainEnd(text: string, from: number): number | string {
  const comma = text.indexOf(",", from);
  const end = comma < 0 ? text.length : comma;
  const quote = text.slice(from, end).indexOf('"');
  return quote < 0 ? end : broken(from + quote, 'bare " in non-quoted-field');
}

function quotedEnd(text: string, from: number): number | string {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return broken(at, 'extraneous or missing " in quoted-field');
    if (text[quote + 1] !== '"') {
      const rest = text[quote + 1] ?? ",";
      return rest === "," ? quote + 1 : broken(quote, 'extraneous or missing " in quoted-field');
    }
    at = quote + 2;
  }
}

function broken(at: number, why: string): string {
  return `parse error on line 1, column ${at + 1}: ${why}`;
}
