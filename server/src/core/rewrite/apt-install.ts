import { keyword, type Style } from "./style";

/** The lines of a RUN that installs packages into a final stage and keeps no lists; none for no packages. */
export function aptInstall(packages: readonly string[], recommends: boolean, style: Style): readonly string[] {
  if (packages.length === 0) return [];
  const flag = recommends ? "" : "--no-install-recommends ";
  return [
    [
      `${keyword(style, "RUN")} apt-get update \\`,
      ` && apt-get install -y ${flag}${packages.join(" ")} \\`,
      " && rm -rf /var/lib/apt/lists/*",
    ].join(style.eol),
  ];
}
