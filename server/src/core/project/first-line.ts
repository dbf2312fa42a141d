/** More scripts than this are not read. */
export const MAX_STARTED = 50;
/** The kernel looks no further (linux/binfmts.h: BINPRM_BUF_SIZE). */
const MAX_LENGTH = 256;

/** A file that an image may start, and that is a script by its name. */
export function isStartScript(path: string): boolean {
  return /\.(?:sh|bash)$|(?:^|\/)[^/.]*entrypoint[^/.]*$/.test(path);
}

/** The first line of a file without its line feed: what the kernel reads to start it. A carriage return is part of it. */
export function readFirstLine(text: string): string {
  const end = text.indexOf("\n");
  return text.slice(0, Math.min(end < 0 ? text.length : end, MAX_LENGTH));
}
