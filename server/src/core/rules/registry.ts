import { bloatedBaseImage } from "./bloated-base-image";
import { commandPathMissing } from "./command-path-missing";
import { copiedPathMissing } from "./copied-path-missing";
import { invalidSyntax } from "./invalid-syntax";
import { libcMismatch } from "./libc-mismatch";
import { missingBuildStage } from "./missing-build-stage";
import { missingGoModule } from "./missing-go-module";
import type { Rule } from "./rule";
import { unstrippedBinary } from "./unstripped-binary";

/** All rules, in the order in which the docs list them. */
export const rules: readonly Rule[] = [
  missingBuildStage,
  bloatedBaseImage,
  commandPathMissing,
  copiedPathMissing,
  missingGoModule,
  libcMismatch,
  unstrippedBinary,
  invalidSyntax,
];
