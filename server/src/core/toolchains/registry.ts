import type { AppToolchain } from "./app";
import { c } from "./c";
import { go } from "./go";
import { java } from "./java";
import { node } from "./node";
import { python } from "./python";
import { rust } from "./rust";
import type { Toolchain } from "./toolchain";

/** The ecosystems that make programs of their own, in the order in which they are asked. */
export const toolchains: readonly Toolchain[] = [go, rust, c];

/** The ecosystems whose programs a runtime starts, in the order in which they are asked. */
export const appToolchains: readonly AppToolchain[] = [node, python, java];
