/** So many characters of texts make a generation; the texts of a file of some thousand lines fit in. */
const GENERATION = 256 * 1024;

/**
 * Remembers what was made of a text, so that a keystroke makes it again for one instruction and not for all. What was not
 * asked for since two generations of texts is forgotten. What is made must depend on the text alone and never change.
 */
export class Memo<T> {
  private young = new Map<string, T>();
  private old: ReadonlyMap<string, T> = new Map();
  private characters = 0;

  constructor(private readonly make: (text: string) => T) {}

  of(text: string): T {
    const known = this.young.get(text);
    if (known !== undefined) return known;
    const made = this.old.get(text) ?? this.make(text);
    this.characters += text.length;
    if (this.characters > GENERATION) {
      this.old = this.young;
      this.young = new Map();
      this.characters = text.length;
    }
    this.young.set(text, made);
    return made;
  }
}
