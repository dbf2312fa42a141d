import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { mountsOf } from "../../syntax/mounts";
import type { RunCommand } from "../../toolchains/toolchain";
import { CommandMemo } from "../commands/command-memo";
import { commandsByRun } from "../commands/commands";
import { installOf } from "../commands/packages";
import type { FileContext } from "../context";

const LISTS = "/var/lib/apt/lists";

/** A RUN that fetches apt's package lists and leaves them in its layer. */
export interface KeptLists {
  /** The `apt-get update`. */
  readonly update: RunCommand;
  /** A later command that removes the lists, when they are in a layer already. */
  readonly removedLater: RunCommand | undefined;
  /** What a later RUN does with them: installs from them, may do so in a script, or nothing. */
  readonly usedLater: "yes" | "maybe" | "no";
}

/** The RUNs of the image that ships that keep apt's lists, in order. */
export function keptLists(context: FileContext, stage: Stage): readonly KeptLists[] {
  const uses = usesAbove(context);
  const later = new Map<Stage, KeptLists["usedLater"]>(uses);
  const found: KeptLists[] = [];
  let removedLater: RunCommand | undefined;
  for (const each of [...lineage(stage)].reverse()) {
    for (const run of [...commandsByRun(context.syntax, each)].reverse()) {
      const update = updateThatStays(run);
      if (update) found.push({ update, removedLater, usedLater: later.get(each) ?? "no" });
      removedLater = run.find((command) => removesLists(command) === "yes") ?? removedLater;
      if (later.get(each) !== "yes") later.set(each, worse(later.get(each), useOf(run)));
    }
  }
  return found.reverse();
}

/** For each stage what the stages that stand on it do with its lists. */
function usesAbove(context: FileContext): ReadonlyMap<Stage, KeptLists["usedLater"]> {
  const above = new Map<Stage, KeptLists["usedLater"]>();
  for (const stage of [...context.model.stages].reverse()) {
    if (stage.base.kind !== "stage") continue;
    let use = above.get(stage);
    for (const run of commandsByRun(context.syntax, stage)) use = worse(use, useOf(run));
    above.set(stage.base.stage, worse(above.get(stage.base.stage), use ?? "no"));
  }
  return above;
}

function worse(a: KeptLists["usedLater"] | undefined, b: KeptLists["usedLater"]): KeptLists["usedLater"] {
  if (a === "yes" || b === "yes") return "yes";
  return a === "maybe" || b === "maybe" ? "maybe" : "no";
}

/** The update of a RUN whose lists are still there at its end. */
function updateThatStays(run: readonly RunCommand[]): RunCommand | undefined {
  const at = run.findLastIndex(updatesLists);
  const update = run[at];
  if (!update || run.some((command, index) => index > at && removesLists(command) !== "no")) return undefined;
  return mountsOf(update.instruction.reading).some(coversLists) ? undefined : update;
}

function updatesLists({ program, values }: RunCommand): boolean {
  return APT.has(program ?? "") && values.find((value) => !value?.startsWith("-")) === "update";
}

const APT = new Set(["apt", "apt-get", "aptitude"]);

/** Files below such a mount are not in the layer; one that a variable hides may be that. */
function coversLists({ type, target }: { readonly type: string; readonly target: string | undefined }): boolean {
  if (type !== "cache" && type !== "tmpfs") return false;
  if (target === undefined || target.includes("$")) return true;
  const path = posix.normalize(target);
  return path === LISTS || LISTS.startsWith(`${path}/`);
}

/** Whether a command removes the lists. A script of that name, and what a variable hides, may do so. */
function removesLists(run: RunCommand): "yes" | "maybe" | "no" {
  return removals.of(run);
}

const removals = new CommandMemo((run): "yes" | "maybe" | "no" => {
  const { program, args } = run;
  if (APT.has(program ?? "")) return args.some(({ value }) => /^dist-?clean$/.test(value ?? "")) ? "yes" : "no";
  if (program === "rm" || program === "find") {
    const effects = args.map(({ value, word }) => (value === undefined ? hidden(word.text) : coveredBy(run, value)));
    const found = effects.find((effect) => effect === "yes") ?? effects.find((effect) => effect === "maybe") ?? "no";
    return program === "rm" || args.some(({ value }) => value === "-delete" || value === "-exec") ? found : "no";
  }
  return program === undefined || /clean/.test(program) ? "maybe" : "no";
});

/** Braces are not expanded: /var/lib/{apt,dpkg}. */
function hidden(text: string): "yes" | "maybe" {
  const plain = text.split("$", 1)[0] ?? "";
  return plain.startsWith("/var/") && /\{[^{}]*\b(?:apt|lists)\b/.test(plain) ? "yes" : "maybe";
}

function coveredBy({ folder }: RunCommand, value: string): "yes" | "no" {
  if (value.startsWith("-") || (folder === undefined && !value.startsWith("/"))) return "no";
  const path = posix.join(folder ?? "/", value).replace(/\/\*+$/, "");
  return path !== "/" && (path === LISTS || LISTS.startsWith(`${path}/`) || path.startsWith(`${LISTS}/`))
    ? "yes"
    : "no";
}

/** Programs that may call apt without telling. */
const CALLERS = new Set([
  "sh",
  "bash",
  "dash",
  "ash",
  "source",
  ".",
  "sudo",
  "xargs",
  "make",
  "eval",
  "rosdep",
  "ansible-playbook",
]);

/** Whether a RUN takes packages from lists that it has not fetched itself. */
function useOf(run: readonly RunCommand[]): KeptLists["usedLater"] {
  let use: KeptLists["usedLater"] = "no";
  for (const command of run) {
    if (updatesLists(command)) break;
    const { program, programWord } = command;
    if (installOf(command)?.manager === "apt" || program === "apt-cache" || program === "apt-file") return "yes";
    if (program === undefined || CALLERS.has(program) || programWord.text.includes("/")) use = "maybe";
  }
  return use;
}
