import { go } from "./go";
import type { Toolchain } from "./toolchain";

/** The ecosystems that Ballast knows, in the order in which they are asked. */
export const toolchains: readonly Toolchain[] = [go];
