import { exactly } from "../../catalog/amounts";
import { posix } from "../../model/paths";
import type { Way } from "../app";
import { buildOf, dependenciesOf } from "./build";
import { common, type JavaProgram, otherLocale } from "./program";
import { startOn } from "./start-lines";

/** Where the runtime stands, in both stages. */
const RUNTIME = "/jre";
/** What a runtime of few modules weighs in bytes, as measured with OpenJDK 21 (2026-11-22). */
const RUNTIME_BYTES = 41_000_000;

/** Ships with a runtime that is made for the program, of the modules that jdeps finds in it (JEP 282). */
export function jlinkWay(program: JavaProgram): Way | string {
  const { start, jdk, uses, view } = program;
  if (!start || start.jar === undefined) return "A runtime of its own is made for an archive that `java -jar` starts.";
  if (!jdk.links)
    return "A runtime of its own is made by the jlink of a JDK that runs on any Linux with glibc, such as eclipse-temurin's; this stage has none.";
  const given = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"].flatMap((name) => view.env(name)?.split(/\s+/) ?? []);
  const flag = [...start.flags, ...given].find((each) => /^(?:--|-agent|-javaagent)/.test(each));
  if (flag) return `${flag} may want modules that a runtime of its own would not have; distroless java has all.`;
  if (dependenciesOf(view, buildOf(view), posix.join(view.workdir ?? "/", start.jar)) !== 0)
    return "What libraries ask of Java by reflection is not seen by jdeps, and a runtime of its own might miss it; distroless java has all modules.";
  if (uses.desktop)
    return `The program uses ${uses.desktop}, which wants libraries of the system beside the runtime; distroless java has them.`;
  const way = common(program);
  return {
    ...way,
    name: "distroless java-base with a Java of its own",
    image: (root) => `gcr.io/distroless/java-base-debian13${root ? "" : ":nonroot"}`,
    shell: false,
    prepare: [...way.prepare, linkCommand(jdk.version, start.jar)],
    parts: [{ from: [RUNTIME], to: RUNTIME, size: exactly(RUNTIME_BYTES) }, ...way.parts],
    start: startOn(program, `${RUNTIME}/bin/java`, []),
    assumes: [
      ...way.assumes,
      ...otherLocale(program),
      "Reflection and services can need modules that jdeps does not see: `ballast compare` shows whether the program runs.",
    ],
  };
}

/** Cryptography by elliptic curves is a service that every https wants, and jdeps sees none; it is of java.base since Java 22. */
function linkCommand(version: number, archive: string): string {
  const missing = version >= 12 ? "--ignore-missing-deps " : "";
  const modules = `jdeps --multi-release ${version} ${missing}--print-module-deps ${archive}`;
  // --strip-debug also calls objcopy since Java 13, which not every JDK's image has.
  const strips = version >= 13 ? "--strip-java-debug-attributes" : "--strip-debug";
  const compresses = version >= 21 ? "--compress=zip-6" : "--compress=2";
  return `jlink --add-modules "$(${modules}),jdk.crypto.ec" ${strips} --no-man-pages --no-header-files ${compresses} --output ${RUNTIME}`;
}
