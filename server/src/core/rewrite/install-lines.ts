import { keyword, type Style } from "./style";

/** The package managers that a final stage with a shell may have. */
export type Manager = "apt" | "apk";

/** The lines of a RUN that installs packages into a final stage and keeps no lists; none for no packages. */
export function installLines(
  manager: Manager,
  packages: readonly string[],
  recommends: boolean,
  style: Style,
): readonly string[] {
  if (packages.length === 0) return [];
  const run = keyword(style, "RUN");
  if (manager === "apk") return [`${run} apk add --no-cache ${packages.join(" ")}`];
  const flag = recommends ? "" : "--no-install-recommends ";
  return [
    [
      `${run} apt-get update \\`,
      ` && apt-get install -y ${flag}${packages.join(" ")} \\`,
      " && rm -rf /var/lib/apt/lists/*",
    ].join(style.eol),
  ];
}
