import { exactly } from "../catalog/amounts";
import { posix } from "../model/paths";
import type { Way } from "./app";
import { buildOf, dependenciesOf } from "./java-build";
import { common, type JavaProgram, otherLocale } from "./java-program";
import { startOn } from "./java-start-lines";

/** Where the runtime stands, in both stages. */
const RUNTIME = "/jre";

/** What a runtime has that is no tool: programs with libraries may ask for any of it by name, which jdeps does not see. */
const MODULES = [
  "java.se",
  ..."charsets crypto.cryptoki crypto.ec dynalink httpserver jfr localedata management management.agent naming.dns naming.rmi net sctp security.auth security.jgss unsupported xml.dom zipfs"
    .split(" ")
    .map((name) => `jdk.${name}`),
].join(",");

/** Ships with a runtime that is made for it, of the modules that it needs (JEP 282). */
export function jlinkWay(program: JavaProgram): Way | string {
  const { start, jdk, view } = program;
  if (!start) return "What is started was not read.";
  if (!jdk.links)
    return "A runtime of its own is made by the jlink of a JDK that runs on any Linux with glibc, such as eclipse-temurin's; this stage has none.";
  if (start.flags.some((flag) => /^(?:--|-agentlib:|-agentpath:)/.test(flag)))
    return `${start.flags.find((flag) => /^(?:--|-agent)/.test(flag))} may want modules that a runtime of its own would not have; distroless java has all.`;
  const archive = start.jar;
  const workdir = view.workdir ?? "/";
  const alone =
    archive !== undefined &&
    jdk.version >= 17 &&
    dependenciesOf(view, buildOf(view), posix.join(workdir, archive)) === 0;
  const modules = alone
    ? `"$(jdeps --multi-release ${jdk.version} --ignore-missing-deps --print-module-deps ${archive}),jdk.crypto.ec"`
    : MODULES;
  const way = common(program);
  return {
    ...way,
    name: "distroless java-base with a Java of its own",
    image: (root) => `gcr.io/distroless/java-base-debian13${root ? "" : ":nonroot"}`,
    shell: false,
    prepare: [
      ...way.prepare,
      `jlink --add-modules ${modules} ${strips(jdk.version)} --no-man-pages --no-header-files ${compresses(jdk.version)} ${WITHOUT_SCREEN} --output ${RUNTIME}`,
    ],
    parts: [{ from: [RUNTIME], to: RUNTIME, size: exactly(alone ? SMALL : LARGE) }, ...way.parts],
    start: startOn(program, `${RUNTIME}/bin/java`, []),
    assumes: [
      ...way.assumes,
      ...otherLocale(program),
      alone
        ? "Reflection and services can need modules that jdeps does not see: `docker run` of the image, or Compare, shows it."
        : "The runtime has all of Java SE and no tools of the JDK; what asks for a tool at run time misses it.",
    ],
  };
}

/** Libraries for a screen and for sound, which need those of X11 and ALSA: java-base has none, and what draws without a screen needs neither. */
const WITHOUT_SCREEN = `--exclude-files=${["awt_xawt", "jawt", "splashscreen", "jsound"].map((name) => `**/lib${name}.so`).join(",")}`;

/** Bytes of a runtime of few modules, and of one with all of MODULES, as measured with OpenJDK 21 (2026-11-22). */
const SMALL = 41_000_000;
const LARGE = 75_000_000;

/** Debug attributes of classes alone: --strip-debug also calls objcopy, which not every JDK's image has (since Java 13). */
function strips(version: number): string {
  return version >= 13 ? "--strip-java-debug-attributes" : "--strip-debug";
}

/** `zip-6` is understood since Java 21. */
function compresses(version: number): string {
  return version >= 21 ? "--compress=zip-6" : "--compress=2";
}
