/** By their names they may not come back: servers, loops, and what ends the program. */
const MAY_STAY = /run|serve|listen|exec|start|loop|watch|wait|exit|fatal|die|panic|usage|main/i;
/** Behind these the rest of a statement runs under a condition, later, or in another place. */
const UNSURE = new Set(["else", "&&", "||", "go", "defer", "case", "default"]);

/**
 * Follows the tokens of a function, and knows whether the place that it has come to is reached whenever the function is
 * called: it stands in no block, and nothing before it may have ended the function, but for an error. Cost: one look at each token.
 */
export class Course {
  private blocks = 0;
  private brackets = 0;
  private unsure = false;
  private ending = false;
  private ended = false;
  /** The statement, or the header of the block, speaks of an error. */
  private error = false;
  /** How many blocks are open where a function literal begins; what it does is done later. */
  private literal = Number.POSITIVE_INFINITY;
  private last = "";

  /** A function begins: its parameters and its body follow. */
  enter(): void {
    this.blocks = this.brackets = 0;
    this.unsure = this.ending = this.ended = this.error = false;
    this.literal = Number.POSITIVE_INFINITY;
  }

  token(text: string): void {
    if (text === "{") this.blocks++;
    else if (text === "}") this.close();
    else if (text === "(" || text === "[") this.brackets++;
    else if (text === ")" || text === "]") this.brackets--;
    else if (text === "\n" || text === ";") this.line(text);
    else this.word(text);
    if (text !== "\n") this.last = text;
  }

  /** A call at this place surely happens. Those behind it may not, where it may not come back. */
  call(name: string): boolean {
    const sure = this.blocks === 1 && !this.unsure && !this.ended;
    if (MAY_STAY.test(name.slice(name.lastIndexOf(".") + 1))) this.mayEnd();
    return sure;
  }

  private close(): void {
    if (--this.blocks < this.literal) this.literal = Number.POSITIVE_INFINITY;
  }

  private word(text: string): void {
    if (text === "func" && this.blocks > 0) this.literal = Math.min(this.literal, this.blocks + 1);
    else if (text === "return" || text === "goto") this.mayEnd();
    else if (this.blocks !== 1) return;
    else if (text === "err") this.error = true;
    else if (UNSURE.has(text)) this.unsure = true;
    else if (text === "for" || text === "select") this.ended = true;
  }

  private mayEnd(): void {
    if (this.blocks === 1) this.ending = true;
    else if (this.blocks < this.literal && !this.error) this.ended = true;
  }

  private line(text: string): void {
    if (this.brackets > 0 || this.last === "&&" || this.last === "||") return;
    this.ended ||= this.ending;
    if (this.blocks !== 1) return;
    this.unsure = false;
    // `if err := f(); err != nil` is one header.
    if (text === "\n") this.error = false;
  }
}
