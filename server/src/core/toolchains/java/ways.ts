import { findImage } from "../../catalog/catalog";
import { parseReference } from "../../catalog/reference";
import { lineage } from "../../model/image-config";
import { whenAsked } from "../../text/once";
import type { AppView, Way, Ways } from "../app";
import { jlinkWay } from "./jlink";
import { common, type JavaProgram, otherLocale } from "./program";
import { slimTag } from "./slim";
import { passingFlag, tyingFlag } from "./start";
import { startOn, startOnSlim } from "./start-lines";
import { packagesForStarts } from "./starts";
import { distrolessVersion, temurinVersion } from "./version";

/** How it ships on each family. */
export function waysOf(program: JavaProgram): Ways {
  const stop = program.uses.tools
    ? `The program uses ${program.uses.tools}, which only a JDK has; the image that it stands on is the right one.`
    : tied(program);
  if (stop) return { distroless: stop, chainguard: stop, slim: stop };
  return whenAsked<Ways>({
    distroless: () => distrolessWay(program),
    jlink: () => withoutShell(program) ?? jlinkWay(program),
    chainguard: () => chainguardWay(program),
    slim: () => slimWay(program),
  });
}

function tied({ start }: JavaProgram): string | undefined {
  const flag = start && tyingFlag(start);
  return (
    flag &&
    `${flag} names a file for the very Java that made it, and other images have another build of Java; without the flag the program can move.`
  );
}

/** Why an image without a shell does not fit. */
function withoutShell({ shell, uses }: JavaProgram): string | undefined {
  if (shell) return shell;
  if (uses.starts)
    return `The program starts other programs (${uses.starts}), and distroless has none; a slim image has those of its system.`;
  return (
    uses.loads &&
    `The program loads a library of the system (${uses.loads}), which distroless may not have; a slim image can.`
  );
}

function distrolessWay(program: JavaProgram): Way | string {
  const version = distrolessVersion(program.jdk.version);
  if (version === undefined)
    return `No distroless has Java ${program.jdk.version}: 17, 21 and 25 are what there is; a slim image of the same version keeps it.`;
  const stop = withoutShell(program) ?? whyNoUpgrade(program, version);
  if (stop) return stop;
  const way = common(program);
  return {
    ...way,
    name: `distroless java${version}`,
    image: (root) => `gcr.io/distroless/java${version}-debian13${root ? "" : ":nonroot"}`,
    ...upgradeTo(program, version),
    shell: false,
    start: startOn(program, "/usr/bin/java", ["/usr/bin/java", "-jar"]),
    assumes: [...way.assumes, ...tried(program, version), ...otherLocale(program)],
  };
}

/** Java 8 and 11 run on; what later versions took out or closed is looked for where the sources are there. */
function whyNoUpgrade({ start, uses, jdk }: JavaProgram, version: number): string | undefined {
  if (version === jdk.version) return undefined;
  const slim = `a slim image of Java ${jdk.version} keeps what it has`;
  const none = `No distroless has Java ${jdk.version}, and Java ${version}, the next,`;
  if (uses.gone && uses.gone.until < version) return `${none} has no ${uses.gone.text}; ${slim}.`;
  const flag = start && passingFlag(start);
  if (flag) return `${none} may not know ${flag}; ${slim}.`;
  if (jdk.version < 9 && !uses.seen)
    return `${none} lacks parts of Java 8 that the program may use, for its sources were not seen; ${slim}.`;
  return undefined;
}

function upgradeTo({ jdk }: JavaProgram, version: number): Pick<Way, "upgrade"> {
  return version === jdk.version ? {} : { upgrade: `an upgrade of Java ${jdk.version}` };
}

/** What is to be tried where the version changes. */
function tried({ jdk }: JavaProgram, version: number): readonly string[] {
  return version === jdk.version
    ? []
    : [
        `Java ${version} runs classes that were compiled for Java ${jdk.version}; what it took out or closed since then may be missed at run time, so it should be tried.`,
      ];
}

function slimWay(program: JavaProgram): Way | string {
  const version = temurinVersion(program.jdk.version);
  if (version === undefined)
    return `eclipse-temurin has no Java ${program.jdk.version}; the image that the program stands on is the right one.`;
  if (hasRuntime(program.view))
    return "The program stands on a runtime of its Java already, with no compiler beside it.";
  const tag = slimTag(program.view, version);
  const stop = whyNoUpgrade(program, version) ?? tag.stop;
  if (stop) return stop;
  const packages = packagesForStarts(program, `eclipse-temurin:${tag.name}`);
  if (typeof packages === "string") return packages;
  const way = common(program);
  return {
    ...way,
    name: `eclipse-temurin:${tag.name}`,
    image: () => `eclipse-temurin:${tag.name}`,
    ...upgradeTo(program, version),
    shell: true,
    packages,
    start: startOnSlim(program),
    assumes: [...way.assumes, ...tried(program, version)],
  };
}

function chainguardWay(program: JavaProgram): Way | string {
  const reference = parseReference("cgr.dev/chainguard/jre:latest");
  const version = Number.parseInt((reference && findImage(reference)?.languageVersion) ?? "", 10);
  if (version !== program.jdk.version)
    return `cgr.dev/chainguard/jre is free as \`latest\` alone, which has Java ${version || "of another version"} and moves on with each release; the program has Java ${program.jdk.version}, and distroless or a slim image keeps to a version.`;
  const way = common(program);
  return (
    withoutShell(program) ?? {
      ...way,
      name: "chainguard jre",
      image: () => "cgr.dev/chainguard/jre:latest",
      shell: false,
      start: startOn(program, "/usr/bin/java", []),
      assumes: [...way.assumes, "The tag is `latest`, which moves to the next Java when there is one."],
    }
  );
}

/** The stage stands on an image without a compiler that still gets fixes: another of the kind is no gain. */
function hasRuntime({ stage, project: { today } }: AppView): boolean {
  const base = lineage(stage)[0]?.base;
  const reference = base?.kind === "image" ? parseReference(base.reference) : undefined;
  const image = reference && findImage(reference);
  if (!image || image.role === "sdk" || image.role === "os") return false;
  return image.updated !== false && !(today !== undefined && image.eol !== undefined && image.eol <= today);
}
