import type { AppView } from "../app";
import type { StageView } from "../toolchain";

/** What is asked of any stage that installs packages. */
export type PackageView = StageView & Pick<AppView, "path">;
