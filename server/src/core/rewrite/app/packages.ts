import type { AppRest } from "../../flow/app-rest";
import { isBuildPackage, isDataPackage } from "../../flow/left-behind";
import type { Way } from "../../toolchains/app";

/** What becomes of the OS packages that the author installs. */
export interface FinalPackages {
  /** Those that the program may use at run time. */
  readonly wanted: readonly string[];
  /** They come with what they recommend, as the author has them. */
  readonly recommends: boolean;
}

/** The packages that the final image wants, with those that the `way` asks for; a sentence where that cannot be told. */
export function finalPackages({ installs }: AppRest, way: Way, tools: readonly string[]): FinalPackages | string {
  const others = installs.filter(({ manager }) => manager !== "apt");
  const names = (list: AppRest["installs"]) => [
    ...new Set(
      list.flatMap(({ packages }) => packages).filter((name) => !isBuildPackage(name) && !isDataPackage(name)),
    ),
  ];
  const [foreign] = names(others);
  if (foreign) return `${foreign} is installed by another package manager than apt, and the program may use it.`;
  const without = /^--no-install-recommends$|APT::Install-Recommends(?:=|\s+)"?(?:0|false|no)/i;
  return {
    wanted: [...new Set([...names(installs), ...(way.packages ?? []), ...tools])].sort(),
    recommends: installs.some(({ options }) => !options.some((option) => without.test(option))),
  };
}
