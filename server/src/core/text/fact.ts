/** A value, or the reason why it is not known: a sentence's end that reads after "…, since ". */
export type Fact<T> = { readonly known: T } | { readonly unknown: string };

export function known<T>(value: T): Fact<T> {
  return { known: value };
}

export function unknown(reason: string): { readonly unknown: string } {
  return { unknown: reason };
}
