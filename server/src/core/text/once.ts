/** The same value each time: it is made when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** An object whose parts are each made when they are first asked for. */
export function whenAsked<T extends object>(parts: { readonly [K in keyof T]: () => Exclude<T[K], undefined> }): T {
  const whole = {};
  for (const [name, make] of Object.entries<() => unknown>(parts))
    Object.defineProperty(whole, name, { get: once(make), enumerable: true });
  return whole as T;
}
