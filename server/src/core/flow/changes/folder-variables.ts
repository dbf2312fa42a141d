import { posix } from "../../model/paths";
import type { RunCommand } from "../../toolchains/toolchain";

/** Variables by which tools are told where to write. */
const FOLDER_VARIABLES = (
  "CARGO_TARGET_DIR CARGO_BUILD_TARGET_DIR CARGO_HOME RUSTUP_HOME GRADLE_USER_HOME NPM_CONFIG_PREFIX npm_config_prefix PNPM_HOME BUN_INSTALL UV_PROJECT_ENVIRONMENT " +
  "POETRY_HOME PIPX_HOME PIPX_BIN_DIR PYTHONUSERBASE MIX_HOME HEX_HOME MIX_BUILD_PATH COMPOSER_HOME STACK_ROOT CABAL_DIR OUT_DIR OUTPUT_DIR BUILD_DIR " +
  "PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CACHE_DIR UV_PYTHON_INSTALL_DIR UV_PYTHON_BIN_DIR UV_TOOL_DIR UV_TOOL_BIN_DIR UV_CACHE_DIR " +
  "UV_TARGET UV_PREFIX VIRTUAL_ENV POETRY_CACHE_DIR POETRY_VIRTUALENVS_PATH WORKON_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_BIN_HOME " +
  "YARN_CACHE_FOLDER YARN_GLOBAL_FOLDER NPM_CONFIG_CACHE npm_config_cache npm_config_store_dir COMPOSER_CACHE_DIR COMPOSER_VENDOR_DIR " +
  "COMPOSER_BIN_DIR BUNDLE_BIN OPAMROOT NIMBLE_DIR COURSIER_CACHE PLAYWRIGHT_BROWSERS_PATH PUPPETEER_CACHE_DIR CYPRESS_CACHE_FOLDER " +
  "PublishDir OutputPath OutDir BaseOutputPath ArtifactsPath DOTNET_CLI_HOME " +
  "BUILD_PATH DIST_DIR DESTDIR PREFIX NODE_PATH DOTNET_ROOT NUGET_PACKAGES PUB_CACHE HOME"
).split(" ");

/** The folders that those variables name for a command. */
export function folderVariables({ lookup }: RunCommand): readonly string[] {
  return FOLDER_VARIABLES.flatMap((name) => {
    const value = lookup(name);
    return value?.startsWith("/") && value !== "/" && value !== "/root" ? [posix.normalize(value)] : [];
  });
}
