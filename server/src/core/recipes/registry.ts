import type { Recipe } from "./recipe";
import { slimFinalStage } from "./slim-final-stage";
import { splitBuildStage } from "./split-build-stage";

/** All rewrites, in the order in which they are offered. */
export const recipes: readonly Recipe[] = [splitBuildStage, slimFinalStage];
