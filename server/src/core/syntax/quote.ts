/** A text in double quotes as Go's %q writes it: what cannot be seen is spelled out. */
export function quoted(text: string): string {
  const hidden = (ch: string) => {
    const code = ch.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  };
  return JSON.stringify(text).replaceAll(/[^\P{Z} ]|\p{C}/gu, hidden);
}
