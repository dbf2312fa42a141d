import { posix } from "../../model/paths";
import { within } from "./copies";
import type { Step } from "./steps";

/** Another name of a path, by a link that a step makes. */
interface Alias {
  readonly alias: string;
  /** The place of the step in its stage. */
  readonly step: number;
}

/** The links that the commands of a stage make, by what they lead to. */
export class Links {
  private readonly byTarget = new Map<string, Alias[]>();

  constructor(steps: readonly Step[]) {
    steps.forEach(({ changes }, step) => {
      for (const change of changes) {
        if (change.kind !== "links") continue;
        const { at, into, leadsTo } = change;
        // Where `at` may be a folder, the link may stand in it.
        const places = [
          ...(into === true ? [] : [at]),
          ...(into === false ? [] : [posix.join(at, posix.basename(leadsTo))]),
        ];
        for (const place of places) this.add(posix.join(posix.dirname(place), leadsTo), { alias: place, step });
      }
    });
  }

  /** The names of a path through links to a folder above it. */
  to(path: string): readonly Alias[] {
    if (this.byTarget.size === 0) return [];
    const found: Alias[] = [];
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      for (const { alias, step } of this.byTarget.get(folder) ?? [])
        found.push({ alias: posix.join(alias, within(folder, path) ?? ""), step });
      if (folder === "/") return found;
    }
  }

  private add(target: string, alias: Alias): void {
    const others = this.byTarget.get(target);
    if (others) others.push(alias);
    else this.byTarget.set(target, [alias]);
  }
}
