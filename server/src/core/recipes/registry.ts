import type { Recipe } from "./recipe";
import { splitBuildStage } from "./split-build-stage";

/** All rewrites, in the order in which they are offered. */
export const recipes: readonly Recipe[] = [splitBuildStage];
