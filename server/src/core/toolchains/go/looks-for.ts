import { posix } from "../../model/paths";
import { isOf } from "../../project/go-calls";
import type { PathUse, StageView } from "../toolchain";

/** What frameworks read, and write below, in the folder that they start in, without being told: each by its module. */
const LOOKS: readonly (readonly [module: string, reads: string, writes?: string])[] = [
  // goravel.dev: foundation.NewApplication, support.EnvPath, path.Storage
  ["github.com/goravel/framework", ".env resources public lang", "storage"],
  // beego.wiki: AppConfigPath, ViewsPath, StaticDir
  ["github.com/beego/beego", "conf views static"],
  ["github.com/astaxie/beego", "conf views static"],
  ["github.com/beego/bee", "conf"],
  // goframe.org: gcfg, gview and gi18n search these
  [
    "github.com/gogf/gf",
    "config config.toml config.yaml config.yml config.json manifest resource template public i18n",
  ],
  // gobuffalo.io: envy
  ["github.com/gobuffalo/envy", ".env"],
  ["github.com/joho/godotenv/autoload", ".env"],
  // pocketbase.io: DefaultDataDir, jsvm hooks, public files
  ["github.com/pocketbase/pocketbase", "pb_public pb_hooks pb_migrations", "pb_data"],
];

/** The files and folders that modules look for by names of their own. */
export function looksFor(
  imports: readonly string[],
  { workdir = "/" }: StageView,
): { readonly reads: readonly PathUse[]; readonly writes: readonly PathUse[] } {
  const found = LOOKS.filter(([module]) => imports.some((path) => isOf(path, module)));
  const uses = (names: string, module: string): readonly PathUse[] =>
    names.split(" ").map((name) => ({
      path: posix.join(workdir, name),
      shape: "file",
      by: `${module} looks for it`,
    }));
  return {
    reads: found.flatMap(([module, reads]) => uses(reads, module)),
    writes: found.flatMap(([module, , writes]) =>
      writes === undefined ? [] : uses(writes, module).map((use) => ({ ...use, shape: "folder" as const })),
    ),
  };
}
