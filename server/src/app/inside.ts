import type { Fault, Inside } from "../ports";
import type { Behaviour, Check } from "./behaviour";

/** So many sentences of a kind are shown. */
const SHOWN = 3;

/** What is looked for in both images, in the order in which a start needs it, and how it is said that all is there. */
const CHECKS: readonly { readonly kind: Fault["check"]; readonly name: string; fine(inside: Inside): string }[] = [
  { kind: "program", name: "started program", fine: ({ program }) => program ?? "there" },
  {
    kind: "libraries",
    name: "needed libraries",
    fine: ({ looked }) => `all found, of ${count(looked.libraries, "file")}`,
  },
  {
    kind: "scripts",
    name: "script interpreters",
    fine: ({ looked }) => `all found, of ${count(looked.scripts, "script")}`,
  },
  { kind: "folder", name: "working directory", fine: () => "its user can enter it" },
];

/** Checks that look at many files. */
const whole: ReadonlySet<Fault["check"]> = new Set(["libraries", "scripts"]);

/** What was found inside both images, side by side: a check fails where the version after lacks what the one before has. */
export function compareInside(before: Inside, after: Inside): readonly Check[] {
  const fresh = newFaults(before, after);
  // All of the version before was looked at, its base too: what of that is not in the one after is no news.
  const keys = new Set(after.faults.map(keyOf));
  const old = before.faults.filter((fault) => !whole.has(fault.check) || keys.has(keyOf(fault)));
  return CHECKS.map(({ kind, name, fine }) => {
    const words = (inside: Inside, faults: readonly Fault[]) =>
      faults.length === 0 ? fine(inside) : sentences(faults);
    const of = (faults: readonly Fault[]) => faults.filter(({ check }) => check === kind);
    const mine = of(fresh);
    const now = words(after, mine.length > 0 ? mine : of(after.faults));
    return { name, before: words(before, of(old)), after: now, same: mine.length === 0 };
  });
}

/** The behaviour of both versions where the one after lacks something: it is not the same, whatever was seen of it. */
export function withInside(behaviour: Behaviour, before: Inside, after: Inside): Behaviour {
  const fresh = newFaults(before, after);
  if (fresh.length === 0) return behaviour;
  const seen = behaviour.same === false ? [behaviour.why ?? ""] : [];
  return { ...behaviour, same: false, why: [...seen, sentences(fresh)].filter(Boolean).join(" ") };
}

function newFaults(before: Inside, after: Inside): readonly Fault[] {
  const known = new Set(before.faults.map(keyOf));
  return after.faults.filter((fault) => !known.has(keyOf(fault)));
}

/** A file may have moved, so that it is known by its name. */
function keyOf({ check, file, lacks }: Fault): string {
  return [check, file.slice(file.lastIndexOf("/") + 1), lacks].join("\0");
}

function sentences(faults: readonly Fault[]): string {
  const rest = faults.length > SHOWN ? [`There are ${faults.length - SHOWN} more of the kind.`] : [];
  return [...faults.slice(0, SHOWN).map(({ says }) => says), ...rest].join(" ");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
