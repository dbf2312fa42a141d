/**
 * Families of files that grow: each makes the file of a size. `bench -- linear` measures how the cost grows with it,
 * families.test.ts asks each at its largest. They are the shapes that made other tools hang, and one for each thing of
 * ours that nests, repeats or refers back.
 */
import type { Family } from "./families/family";
import { FOLDER } from "./families/folder";
import { INSTRUCTIONS } from "./families/instructions";
import { MAKEFILES } from "./families/makefiles";
import { SHELL } from "./families/shell";
import { STAGES } from "./families/stages";

export type { Family } from "./families/family";

export const FAMILIES: readonly Family[] = [...INSTRUCTIONS, ...STAGES, ...SHELL, ...FOLDER, ...MAKEFILES];
