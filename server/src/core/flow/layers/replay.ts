import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { InOrder } from "../../text/in-order";
import type { RunCommand } from "../../toolchains/toolchain";
import { commandsByRun } from "../commands/commands";
import type { FileContext } from "../context";
import { type Content, contextPath, copiedContent } from "../files/content";
import { copiesOf, within } from "../files/copies";
import { contextBytes } from "./context-bytes";
import type { Deletion } from "./deletions";
import { effectsOf } from "./effects";
import type { LayerEvent } from "./layers";
import { type Ownership, ownershipOf } from "./ownership";
import { PathTree } from "./path-tree";
import type { Relocation } from "./relocations";
import { Sources } from "./repeats";
import { isMounted, type Layer, mountedFolders, onlyRemovesBefore } from "./run-layer";

/** Plays the layers of one image in their order, and notes what a step does to the files of an earlier one. */
export class Replay {
  private readonly tree = new PathTree<Content>();
  private readonly sources = new Sources();
  /** They may have been taken away in the layer that brought them. */
  private readonly doubted = new Set<Content>();
  /** A part of them is gone. */
  private readonly thinned = new Set<Content>();
  /** The instruction that brought them, counted from the bottom of the image, as the others here are. */
  private readonly born = new Map<Content, number>();
  private step = 0;
  /** The last one that ran a program which may do anything to what there is. */
  private lastUnknown = -1;
  /** Their owner or mode has been set by a command. */
  private readonly settled = { owner: new Set<Content>(), mode: new Set<Content>() };
  /** What the layer that is being made has brought. */
  private readonly own = new Set<Content>();
  private events: LayerEvent[] = [];

  constructor(private readonly context: FileContext) {}

  /** The events of a stage's own instructions; the stages that it stands on come before. */
  stage(stage: Stage): readonly LayerEvent[] {
    this.events = [];
    const copies = new InOrder(copiesOf(stage, this.context.syntax.escape), ({ at }) => at);
    const runs = new InOrder(commandsByRun(this.context.syntax, stage), ([run]) => run?.at ?? 0);
    stage.instructions.forEach(({ keyword }, at) => {
      this.step++;
      if (keyword === "RUN") for (const run of runs.at(at)) this.run(run);
      else if (keyword === "WORKDIR") this.tree.makeFolder(stage.scope.workdir(at + 1) ?? "/");
      else
        for (const copy of copies.at(at))
          this.bring(copiedContent(stage, copy, this.context.project, (path) => this.tree.hasFolder(path)));
    });
    return this.events;
  }

  private bring(contents: readonly Content[]): void {
    for (const content of contents) this.put(content);
    for (const content of contents) this.remember(content);
  }

  private run(commands: readonly RunCommand[]): void {
    const mounts = mountedFolders(commands[0]);
    if (!mounts) return;
    this.own.clear();
    const layer: Layer = { commands, own: this.own, fetched: [], repeats: [], mounts };
    for (const command of commands) this.command(command, layer);
    for (const content of layer.fetched) if (layer.own.has(content)) this.remember(content);
    for (const event of layer.repeats)
      if (layer.own.has(event.second)) this.events.push({ ...event, sure: this.isSure(event.second) });
  }

  private command(command: RunCommand, layer: Layer): void {
    const { keeps, relocation, deletions, folders, fetches } = effectsOf(command);
    if (!keeps) {
      for (const content of layer.own) this.doubted.add(content);
      this.lastUnknown = this.step;
    }
    const change = ownershipOf(command);
    if (change) for (const path of change.paths) this.rewrite(command, change, path, layer);
    if (relocation) this.relocate(command, relocation, layer);
    for (const deletion of deletions) this.remove(command, deletion, layer);
    for (const folder of folders) this.tree.makeFolder(folder);
    for (const each of fetches) {
      const content = { ...placeOf(command), ...each };
      layer.fetched.push(content);
      this.add(layer, content);
    }
  }

  private add(layer: Layer, content: Content): void {
    if (isMounted(layer, content.path)) return;
    layer.own.add(content);
    this.put(content);
  }

  private put(content: Content): void {
    this.tree.add(content.path, content);
    this.born.set(content, this.step);
    if (content.shape !== "file") this.tree.makeFolder(content.path);
  }

  private remove(by: RunCommand, { pattern, recursive, proves }: Deletion, layer: Layer): void {
    if (isMounted(layer, pattern)) return;
    const taken = this.tree.take(pattern);
    for (const content of taken) {
      // What its own layer has brought is gone with it.
      if (layer.own.delete(content) || !(recursive || content.shape === "file")) continue;
      const there = this.isSure(content) || (proves && by.command.succeeded && content.path === pattern);
      this.hide(by, layer, content, content.path, there);
    }
    const whole = taken.length === 0 ? this.tree.above(pattern) : undefined;
    if (whole?.shape !== "folder" || layer.own.has(whole)) return;
    this.thinned.add(whole);
    const there = this.has(whole, pattern);
    if (there || (there === undefined && this.isSure(whole) && onlyRemovesBefore(by, layer)))
      this.hide(by, layer, whole, pattern, there === true && this.isSure(whole));
  }

  private hide(by: RunCommand, { commands }: Layer, content: Content, path: string, there: boolean): void {
    this.events.push({ kind: "hidden", by, run: commands, content, path, sure: there && by.command.always });
  }

  private rewrite(by: RunCommand, change: Ownership, path: string, layer: Layer): void {
    if (isMounted(layer, path)) return;
    let contents = this.tree.find(path).filter((content) => !layer.own.has(content));
    const whole = contents.length === 0 ? this.tree.above(path) : undefined;
    if (whole && !layer.own.has(whole) && this.has(whole, path)) contents = [whole];
    if (contents.length === 0) return;
    // What it has been set to once may be what it is set to now.
    const settled = change.sets === "mode" ? this.settled.mode : this.settled.owner;
    const sure =
      by.command.succeeded &&
      contents.some((content) => this.isSure(content) && !settled.has(content) && !this.thinned.has(content));
    for (const content of contents) settled.add(content);
    const exact = contents.every((content) => this.isWhole(content));
    this.events.push({ kind: "rewritten", by, change, path, contents, sure, exact });
  }

  private relocate(by: RunCommand, { sources, target, intoFolder, moves }: Relocation, layer: Layer): void {
    const into = intoFolder || this.tree.hasFolder(target);
    for (const { path, contents } of sources) {
      const [found] = this.tree.at(path);
      const first = found ?? this.tree.above(path);
      if (moves) for (const content of this.tree.take(path)) layer.own.delete(content);
      if (!first || isMounted(layer, path)) continue;
      const place =
        into && !(contents || (found && first.shape === "inside")) ? posix.join(target, posix.basename(path)) : target;
      const second = this.copyOf(first, path, place, by);
      this.add(layer, second);
      const isNew = first.instruction !== by.instruction && second.path !== path && !isMounted(layer, second.path);
      if (isNew && (found || first.shape === "folder"))
        layer.repeats.push({ kind: "repeated", first, second, path, sure: second.sure, exact: this.isWhole(first) });
    }
  }

  /** A file or folder of what there is, at another place; of a part of it nobody knows which it is. */
  private copyOf(first: Content, path: string, place: string, by: RunCommand): Content {
    const inside = within(first.path, path) ?? "";
    const source = first.source && {
      ...first.source,
      path: posix.join("/", `${first.source.path}/${inside}`).slice(1),
    };
    const sure =
      by.command.succeeded &&
      (inside === "" || this.has(first, path) === true) &&
      this.isSure(first) &&
      !this.thinned.has(first);
    return {
      ...placeOf(by),
      path: place,
      shape: inside === "" ? first.shape : "inside",
      source: first.source?.of === "address" ? undefined : source,
      sure,
    };
  }

  /** Whether what was copied from the context has such a path; undefined where the folder was not seen. */
  private has(whole: Content, path: string): boolean | undefined {
    const { project } = this.context;
    if (whole.shape !== "folder" || whole.source?.of !== "context" || !project.files) return undefined;
    return contextBytes(project, contextPath(whole, path) ?? "") !== undefined;
  }

  /** No step since can have taken a part of it away. */
  private isWhole(content: Content): boolean {
    return !this.thinned.has(content) && (this.born.get(content) ?? 0) > this.lastUnknown;
  }

  private isSure(content: Content): boolean {
    return content.sure && !this.doubted.has(content);
  }

  private remember(second: Content): void {
    const found = this.sources.repeatedBy(second);
    if (!found) return;
    const sure = this.isSure(found.first) && this.isSure(second);
    this.events.push({ kind: "repeated", ...found, second, sure, exact: true });
  }
}

function placeOf(by: RunCommand): Pick<Content, "stage" | "at" | "instruction" | "by"> {
  return { stage: by.stage, at: by.at, instruction: by.instruction, by };
}
