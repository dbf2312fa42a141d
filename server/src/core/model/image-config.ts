import { properties, words } from "../syntax/ast";
import type { Instruction } from "../syntax/instruction";
import type { Model, Stage } from "./model";
import { expandAt } from "./model";

/** The instructions that end up in an image's config. */
export const CONFIG_KEYS = [
  "CMD",
  "ENTRYPOINT",
  "ENV",
  "EXPOSE",
  "HEALTHCHECK",
  "LABEL",
  "STOPSIGNAL",
  "USER",
  "VOLUME",
  "WORKDIR",
] as const;
export type ConfigKey = (typeof CONFIG_KEYS)[number];

/** One setting of the image that a stage makes. */
export interface Setting {
  readonly key: ConfigKey;
  /** The variable, label, port or volume; "" for what an image has only once. */
  readonly name: string;
  /** As it was resolved, or as it was written where that is unknown. */
  readonly value: string;
  readonly instruction: Instruction;
}

const known = new WeakMap<Stage, ReadonlyMap<string, Setting>>();

/** The effective settings of a stage's image that the file itself makes, by key and name, inherited ones included. */
export function imageSettings(model: Model, stage: Stage): ReadonlyMap<string, Setting> {
  const settings = known.get(stage) ?? readSettings(model, stage);
  known.set(stage, settings);
  return settings;
}

function readSettings(model: Model, stage: Stage): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const ancestor of lineage(stage)) {
    let cmdIsOwn = false;
    ancestor.instructions.forEach((instruction, at) => {
      if (instruction.keyword === "CMD") cmdIsOwn = true;
      if (instruction.keyword === "ENTRYPOINT" && !cmdIsOwn) settings.delete("CMD ");
      for (const setting of settingsOf(model, ancestor, instruction, at)) {
        const id = `${setting.key} ${setting.name}`;
        settings.delete(id);
        settings.set(id, setting);
      }
    });
  }
  return settings;
}

/** A stage and those it stands on, the lowest first. */
export function lineage(stage: Stage): readonly Stage[] {
  const chain: Stage[] = [];
  for (let at: Stage | undefined = stage; at; at = at.base.kind === "stage" ? at.base.stage : undefined) chain.push(at);
  return chain.reverse();
}

function settingsOf(model: Model, stage: Stage, instruction: Instruction, at: number): readonly Setting[] {
  const key = CONFIG_KEYS.find((known) => known === instruction.keyword);
  if (!key) return [];
  const expand = (raw: string) => expandAt(stage, at, raw, model.syntax.escape) ?? raw;
  const one = (name: string, value: string): Setting => ({ key, name, value, instruction });
  switch (key) {
    case "ENV":
    case "LABEL":
      return properties(instruction.reading).map(({ name, value }) =>
        one(expand(name.text), expand(value?.text ?? "")),
      );
    case "EXPOSE":
      return words(instruction).map(({ text }) => one(expand(text), ""));
    case "VOLUME":
      return (instruction.json ?? words(instruction)).map(({ text }) => one(expand(text), ""));
    case "WORKDIR":
      return [one("", stage.scope.workdir(at + 1) ?? expand(instruction.body))];
    case "USER":
    case "STOPSIGNAL":
      return [one("", expand(instruction.body))];
    default:
      return [one("", instruction.json ? JSON.stringify(instruction.json.map(({ text }) => text)) : instruction.body)];
  }
}
