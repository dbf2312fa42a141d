/** A thing that keeps what was made of it: of its kind there are thousands, and a table beside them would be slow. */
export interface Remembering {
  readonly memory: unknown[];
}

let slots = 0;

/** Room for an answer to each question that is asked so far, and for no more. */
export function emptyMemory(): unknown[] {
  return new Array(slots);
}

/** That nothing comes of a thing is an answer too. */
const NOTHING = Symbol("nothing");

/**
 * The same function, which makes its answer once for each thing that it is asked of. The answer lives as long as the thing and
 * must depend on nothing that may change. Of a *reading* (of an instruction, of a command of a script) it outlives a
 * keystroke: a file's next version has the same readings at other places, so that what was made of them is found again. Such an
 * answer must hold nothing of the file: no place, no stage. `by` helps to make it, and makes no difference to it.
 */
export function remembered<K extends Remembering, T, B = void>(make: (thing: K, by: B) => T): (thing: K, by: B) => T {
  const slot = slots++;
  return (thing, by) => {
    const { memory } = thing;
    const known = memory[slot];
    if (known !== undefined) return (known === NOTHING ? undefined : known) as T;
    const made = make(thing, by);
    memory[slot] = made === undefined ? NOTHING : made;
    return made;
  };
}

/** The same of a thing and something that it hangs on beside, for what was given last. */
export function rememberedWith<K extends Remembering, G, T>(
  make: (thing: K, given: G) => T,
): (thing: K, given: G) => T {
  const latest = remembered((): { answer: { readonly given: G; readonly made: T } | undefined } => ({
    answer: undefined,
  }));
  return (thing, given) => {
    const entry = latest(thing);
    if (!entry.answer || entry.answer.given !== given) entry.answer = { given, made: make(thing, given) };
    return entry.answer.made;
  };
}

/** The same as `remembered` for things of which there are few: stages, versions of a file. */
export function rememberedBeside<K extends object, T, B = void>(make: (thing: K, by: B) => T): (thing: K, by: B) => T {
  const known = new WeakMap<K, { readonly made: T }>();
  return (thing, by) => {
    const found = known.get(thing);
    if (found) return found.made;
    const made = make(thing, by);
    known.set(thing, { made });
    return made;
  };
}
