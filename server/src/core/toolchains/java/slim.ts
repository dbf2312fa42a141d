import { findImage } from "../../catalog/catalog";
import { parseReference } from "../../catalog/reference";
import { lineage } from "../../model/image-config";
import type { RunCommand, StageView } from "../toolchain";

/** The tag of eclipse-temurin that has a Java and a shell, or why there is none for the stage. */
export interface SlimTag {
  readonly name: string;
  readonly stop: string | undefined;
}

/** Releases of Ubuntu that Temurin has tags of. */
const UBUNTU = new Set(["focal", "jammy", "noble", "resolute"]);
/** Packages that a build or a download wants, and Java itself. */
const FOR_BUILDS =
  /jdk|jre|java|^(?:maven|gradle|ant|git|curl|wget|unzip|zip|tar|gzip|xz-utils|gnupg2?|ca-certificates|tzdata|make|gcc|g\+\+|build-essential|binutils|software-properties-common|apt-transport-https|lsb-release|dos2unix|findutils)$/;

/** Of the stage's own system where its packages or users are to be made again, else the plain one. */
export function slimTag(view: StageView, version: number): SlimTag {
  const { baseLibc, baseRelease = "", commands } = view;
  const plain = `${version}-jre`;
  if (baseLibc === "musl") return { name: `${plain}-alpine`, stop: undefined };
  const release = UBUNTU.has(baseRelease) && isKnown(`${plain}-${baseRelease}`) ? `${plain}-${baseRelease}` : undefined;
  if (standsOnTwin(view, plain)) return { name: plain, stop: undefined };
  const installed = commands.find((run) => packagesOf(run).some((name) => !FOR_BUILDS.test(name)));
  if (installed)
    return {
      name: release ?? plain,
      stop: release
        ? undefined
        : `What \`${installed.program}\` installs may have another name on Ubuntu, which eclipse-temurin:${plain} stands on.`,
    };
  const made = commands.find(makesUser);
  if (!made || UBUNTU.has(baseRelease)) return { name: made && release ? release : plain, stop: undefined };
  const words = made.values.join(" ");
  if (/\badd(?:user|group)\b/.test(made.program ?? "") && !/^(?:b|t|s)/.test(baseRelease))
    return {
      name: plain,
      stop: `\`${made.program}\` takes other options on Ubuntu, which eclipse-temurin:${plain} stands on.`,
    };
  if (!/\b1000\b/.test(words)) return { name: plain, stop: undefined };
  const older = `${plain}-jammy`;
  return {
    name: older,
    stop: isKnown(older) ? undefined : `The user 1000 is another's in eclipse-temurin:${plain}.`,
  };
}

/** The stage stands on the JDK beside that JRE, which is made on the same system at the same time: `21-jdk` beside `21-jre`. */
function standsOnTwin({ stage }: StageView, jre: string): boolean {
  const base = lineage(stage)[0]?.base;
  const { familiar, tag } = (base?.kind === "image" && parseReference(base.reference)) || {};
  return familiar === "eclipse-temurin" && tag === jre.replace("jre", "jdk");
}

/** The catalog has a row for that very tag. */
function isKnown(tag: string): boolean {
  const reference = parseReference(`eclipse-temurin:${tag}`);
  const image = reference && findImage(reference);
  return image !== undefined && !image.nearest;
}

function packagesOf({ program = "", values }: RunCommand): readonly string[] {
  if (!/^(?:apt|apt-get|aptitude|dnf|yum|microdnf)$/.test(program) || !values.includes("install")) return [];
  return values.flatMap((value) =>
    value === undefined ? ["?"] : value.startsWith("-") || value === "install" ? [] : value,
  );
}

function makesUser({ program = "" }: RunCommand): boolean {
  return /^(?:user|group|add)(?:add|user|group)$/.test(program);
}
