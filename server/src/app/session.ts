import { isDeepStrictEqual } from "node:util";
import { Analysis, NO_PROJECT, type Project } from "../core";
import type { ProjectReader } from "../ports";
import { gatherProject, wantedFacts } from "./project";

/** Where a document stands on this machine; nothing where it is untitled or on another file system. */
export interface Place {
  /** Its own path, absolute. */
  readonly file?: string;
  /** The folder of its build context, absolute. */
  readonly folder?: string;
}

export interface OpenFile {
  readonly analysis: Analysis;
  readonly place: Place;
}

/** Makes the reader of a build context. */
export type OpenProject = (folder: string, file?: string) => Promise<ProjectReader>;

/** A larger text is no Dockerfile. */
const MAX_CHARACTERS = 16 * 1024 * 1024;
/** Milliseconds without a new text before the folder is looked at. */
const QUIET = 200;
/** Facts that nothing has said to be out of date are believed for so many milliseconds. */
const FRESH = 30_000;

interface Entry extends OpenFile {
  analysis: Analysis;
  place: Place;
  facts: Facts;
  timer: ReturnType<typeof setTimeout> | undefined;
  gathering: Promise<void> | undefined;
}

interface Facts {
  readonly project: Project;
  /** What they were gathered for; undefined where they never were. */
  readonly wanted: ReturnType<typeof wantedFacts> | undefined;
  readonly at: number;
}

/**
 * The open documents, each with its analysis. A new text gives a new analysis at once, with the facts that are known; the
 * folder is looked at beside that, and new facts give another one.
 */
export class Session {
  private readonly entries = new Map<string, Entry>();

  /** `factsChanged` is told the document whose analysis is a new one though its text is not. */
  constructor(
    private readonly openProject: OpenProject,
    private readonly factsChanged: (id: string) => void,
    private readonly now: () => number,
  ) {}

  /** The document as it is now; undefined where it is not open, or is no text that could be a Dockerfile. */
  get(id: string): OpenFile | undefined {
    return this.entries.get(id);
  }

  get ids(): readonly string[] {
    return [...this.entries.keys()];
  }

  /** A document was opened, or has a new text. */
  update(id: string, text: string, place: Place): void {
    if (text.length > MAX_CHARACTERS || text.includes("\0")) return this.close(id);
    const known = this.entries.get(id);
    const facts = known?.facts ?? { project: this.nothing(), wanted: undefined, at: 0 };
    const entry: Entry = known ?? { analysis: new Analysis(""), place, facts, timer: undefined, gathering: undefined };
    entry.place = place;
    entry.analysis = new Analysis(text, facts.project, entry.analysis);
    this.entries.set(id, entry);
    this.schedule(id, entry, known ? QUIET : 0);
  }

  /** Does what a keystroke in a document asks for, and keeps nothing of it: code that has run before runs faster. */
  rehearse(id: string): void {
    const entry = this.entries.get(id);
    // Another text than the one that is analysed already.
    if (entry) void new Analysis(`${entry.analysis.text}\n#`, entry.facts.project, entry.analysis).findings;
  }

  close(id: string): void {
    clearTimeout(this.entries.get(id)?.timer);
    this.entries.delete(id);
  }

  /** Files of some folder are new, changed or gone: what is known of the folders above them is out of date. */
  filesChanged(paths: readonly string[]): void {
    for (const [id, entry] of this.entries) {
      const { folder } = entry.place;
      if (folder !== undefined && paths.some((path) => isBelow(path, folder))) this.outdate(id, entry);
    }
  }

  /** Looks at the folder again where nobody has for a while. */
  revisit(id: string): void {
    const entry = this.entries.get(id);
    if (entry && this.now() - entry.facts.at > FRESH) this.outdate(id, entry);
  }

  /** The document once the facts of its folder are known. */
  async settled(id: string): Promise<OpenFile | undefined> {
    const entry = this.entries.get(id);
    if (!entry) return undefined;
    await this.gather(id, entry);
    return this.entries.get(id);
  }

  /** What is known of any folder: the day. */
  private nothing(): Project {
    return { ...NO_PROJECT, today: new Date(this.now()).toISOString().slice(0, 10) };
  }

  private outdate(id: string, entry: Entry): void {
    entry.facts = { ...entry.facts, wanted: undefined };
    this.schedule(id, entry, QUIET);
  }

  private schedule(id: string, entry: Entry, delay: number): void {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void this.gather(id, entry), delay);
  }

  /** One at a time for each document; what changes meanwhile is gathered for once more. */
  private async gather(id: string, entry: Entry): Promise<void> {
    while (entry.gathering) await entry.gathering;
    if (!needsFacts(entry)) return;
    entry.gathering = this.gatherOnce(id, entry);
    try {
      await entry.gathering;
    } finally {
      entry.gathering = undefined;
    }
    if (needsFacts(entry) && this.entries.get(id) === entry) this.schedule(id, entry, QUIET);
  }

  private async gatherOnce(id: string, entry: Entry): Promise<void> {
    const { folder, file } = entry.place;
    const { text } = entry.analysis;
    const facts = { wanted: wantedFacts(text, "sizes"), at: this.now() };
    entry.facts = { ...entry.facts, ...facts };
    const reader =
      folder === undefined || facts.wanted === "nothing" ? undefined : await this.openProject(folder, file);
    const project = await gatherProject(text, reader, "sizes", new Date(this.now()));
    // What was read again and says the same is no news: an editor would drop what it is just showing.
    if (isDeepStrictEqual(project, entry.facts.project)) return;
    entry.facts = { ...entry.facts, project };
    entry.analysis = new Analysis(entry.analysis.text, project, entry.analysis);
    if (this.entries.get(id) === entry) this.factsChanged(id);
  }
}

function needsFacts({ facts, analysis }: Entry): boolean {
  return facts.wanted !== wantedFacts(analysis.text, "sizes");
}

/** Whether a path stands below a folder; Windows does not tell cases apart, and a path too many only costs a look. */
function isBelow(path: string, folder: string): boolean {
  const start = folder.replace(/(?<![\\/])[\\/]+$/, "").toLowerCase();
  const rest = path.slice(start.length);
  return path.toLowerCase().startsWith(start) && (rest === "" || rest.startsWith("/") || rest.startsWith("\\"));
}
