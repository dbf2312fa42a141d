import { bloatedBaseImage } from "./bloated-base-image";
import { invalidSyntax } from "./invalid-syntax";
import { missingBuildStage } from "./missing-build-stage";
import type { Rule } from "./rule";

/** All rules, in the order in which the docs list them. */
export const rules: readonly Rule[] = [missingBuildStage, bloatedBaseImage, invalidSyntax];
