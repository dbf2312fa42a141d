import { StringDecoder } from "node:string_decoder";

/** A line that never ends (a progress bar, a binary) is cut into pieces of this many characters. */
const longestLine = 16_384;

// Colours, cursor movement and window titles first, whole; then what else a terminal would act on.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const escapes = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]*[0-~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const controls = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/g;

/** A line as a terminal would leave it: no escape sequences, no control characters, the last state of a progress bar. */
export function cleanLine(line: string): string {
  const plain = line.replace(escapes, "").replace(/(?<!\r)\r+$/, "");
  return plain
    .slice(plain.lastIndexOf("\r") + 1)
    .replace(/\t/g, "    ")
    .replace(controls, "");
}

/** Turns chunks of output, cut anywhere, into clean lines. */
export class LineSplitter {
  private readonly decoder = new StringDecoder("utf8");
  private rest = "";

  constructor(private readonly emit: (line: string) => void) {}

  write(chunk: Buffer | string): void {
    const lines = (this.rest + (typeof chunk === "string" ? chunk : this.decoder.write(chunk))).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.emit(cleanLine(line));
    while (this.rest.length > longestLine) {
      this.emit(cleanLine(this.rest.slice(0, longestLine)));
      this.rest = this.rest.slice(longestLine);
    }
  }

  /** Emits what was left without a line ending. */
  end(): void {
    const rest = this.rest + this.decoder.end();
    this.rest = "";
    if (rest !== "") this.emit(cleanLine(rest));
  }
}

/** The last lines of something long. */
export class Tail {
  private readonly lines: string[] = [];

  constructor(private readonly most: number) {}

  push(line: string): void {
    this.lines.push(line);
    if (this.lines.length > this.most) this.lines.shift();
  }

  toString(): string {
    return this.lines.join("\n");
  }
}

/** One line, of at most this many characters, that ends like a sentence. */
export function sentence(text: string, most = 400): string {
  const line = cleanLine(text.replace(/(?<!\s)\s*[\r\n]\s*/g, " ")).trim();
  const short = line.length > most ? `${line.slice(0, most - 1)}…` : line;
  // A pattern keeps its letters in the bundle, and a single one beyond Latin-1 makes it twice as large in memory.
  return /[.!?\u2026]$/.test(short) ? short : `${short}.`;
}
