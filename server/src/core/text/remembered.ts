/**
 * The same function, which makes its answer once for each thing that it is asked of. The answer lives as long as the thing and
 * must depend on nothing that may change. Of a *reading* (of an instruction, of a command of a script) it outlives a
 * keystroke: a file's next version has the same readings at other places, so that what was made of them is found again. Such an
 * answer must hold nothing of the file: no place, no stage.
 */
export function remembered<K extends object, T>(make: (thing: K) => T): (thing: K) => T {
  const known = new WeakMap<K, T>();
  return (thing) => {
    const found = known.get(thing);
    if (found !== undefined || known.has(thing)) return found as T;
    const made = make(thing);
    known.set(thing, made);
    return made;
  };
}
