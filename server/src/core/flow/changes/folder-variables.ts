import { posix } from "../../model/paths";
import type { RunCommand } from "../../toolchains/toolchain";

/** Variables by which tools are told where to write. */
const FOLDER_VARIABLES = (
  "CARGO_TARGET_DIR CARGO_HOME RUSTUP_HOME GRADLE_USER_HOME NPM_CONFIG_PREFIX npm_config_prefix PNPM_HOME BUN_INSTALL UV_PROJECT_ENVIRONMENT " +
  "POETRY_HOME PIPX_HOME PIPX_BIN_DIR PYTHONUSERBASE MIX_HOME HEX_HOME MIX_BUILD_PATH COMPOSER_HOME STACK_ROOT CABAL_DIR OUT_DIR OUTPUT_DIR BUILD_DIR " +
  "BUILD_PATH DIST_DIR DESTDIR PREFIX NODE_PATH DOTNET_ROOT NUGET_PACKAGES PUB_CACHE HOME"
).split(" ");

/** The folders that those variables name for a command. */
export function folderVariables({ lookup }: RunCommand): readonly string[] {
  return FOLDER_VARIABLES.flatMap((name) => {
    const value = lookup(name);
    return value?.startsWith("/") && value !== "/" && value !== "/root" ? [posix.normalize(value)] : [];
  });
}
