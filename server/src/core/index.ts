/** All that the rest of the product may use of core. */
export { Analysis, type RuleFinding, verifyChange } from "./analysis";
export { formatBytes, formatSize, type Size } from "./catalog/size";
export { type FixedFile, fixAll } from "./fix-all";
export { NO_PROJECT } from "./flow/context";
export type { Model, Stage } from "./model/model";
export { instructionOfStep, matchHistory } from "./model/steps";
export { readGoModule, readGoSource } from "./project/go";
export type { Project } from "./project/project";
export type { Recipe } from "./recipes/recipe";
export { recipes } from "./recipes/registry";
export type { Change, Offer, Refusal } from "./rewrite/change";
export { rules } from "./rules/registry";
export { type Finding, type Fix, type Rule, SEVERITIES, type Severity } from "./rules/rule";
export { estimateImage, estimateLayers } from "./size/estimate";
export type { Instruction } from "./syntax/instruction";
export { applyEdits } from "./text/edit";
export { LineIndex } from "./text/lines";
export type { Span } from "./text/span";
