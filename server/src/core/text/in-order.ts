/** Things in the order of their places, for who goes through the places in that order. */
export class InOrder<T> {
  private next = 0;

  constructor(
    private readonly things: readonly T[],
    private readonly placeOf: (thing: T) => number,
  ) {}

  /** Those at a place; none at one that is behind what was asked for already. */
  at(place: number): readonly T[] {
    while (this.placeAt(this.next) < place) this.next++;
    const first = this.next;
    while (this.placeAt(this.next) === place) this.next++;
    return first === this.next ? NONE : this.things.slice(first, this.next);
  }

  private placeAt(index: number): number {
    return index < this.things.length ? this.placeOf(this.things[index] as T) : Number.POSITIVE_INFINITY;
  }
}

const NONE: readonly never[] = [];
