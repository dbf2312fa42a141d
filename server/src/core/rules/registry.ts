import { aptListsKept } from "./apt-lists-kept";
import { aptRecommendsInstalled } from "./apt-recommends-installed";
import { bloatedBaseImage } from "./bloated-base-image";
import { buildToolsShipped } from "./build-tools-shipped";
import { commandPathMissing } from "./command-path-missing";
import { copiedPathMissing } from "./copied-path-missing";
import { deletedInLaterLayer } from "./deleted-in-later-layer";
import { duplicateContent } from "./duplicate-content";
import { endOfLifeBase } from "./end-of-life-base";
import { entrypointRepeated } from "./entrypoint-repeated";
import { floatingTag } from "./floating-tag";
import { healthcheckToolMissing } from "./healthcheck-tool-missing";
import { interpreterMismatch } from "./interpreter-mismatch";
import { invalidSyntax } from "./invalid-syntax";
import { launcherMissing } from "./launcher-missing";
import { libcMismatch } from "./libc-mismatch";
import { missingBuildStage } from "./missing-build-stage";
import { missingGoModule } from "./missing-go-module";
import { missingRuntimeData } from "./missing-runtime-data";
import { missingSharedLibrary } from "./missing-shared-library";
import { recursiveChownLayer } from "./recursive-chown-layer";
import { rootUser } from "./root-user";
import type { Rule } from "./rule";
import { shellFormWithoutShell } from "./shell-form-without-shell";
import { stageCopiedWhole } from "./stage-copied-whole";
import { unknownImage } from "./unknown-image";
import { unknownUser } from "./unknown-user";
import { unreachableStage } from "./unreachable-stage";
import { unstrippedBinary } from "./unstripped-binary";
import { unwritablePath } from "./unwritable-path";

/** All rules, in the order in which the docs list them. */
export const rules: readonly Rule[] = [
  missingBuildStage,
  bloatedBaseImage,
  buildToolsShipped,
  aptListsKept,
  aptRecommendsInstalled,
  deletedInLaterLayer,
  recursiveChownLayer,
  duplicateContent,
  stageCopiedWhole,
  commandPathMissing,
  copiedPathMissing,
  missingGoModule,
  shellFormWithoutShell,
  entrypointRepeated,
  launcherMissing,
  unknownUser,
  healthcheckToolMissing,
  libcMismatch,
  missingSharedLibrary,
  interpreterMismatch,
  missingRuntimeData,
  unwritablePath,
  unstrippedBinary,
  rootUser,
  floatingTag,
  unknownImage,
  endOfLifeBase,
  unreachableStage,
  invalidSyntax,
];
