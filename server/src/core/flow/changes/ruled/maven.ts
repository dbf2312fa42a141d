import { posix } from "../../../model/paths";
import type { RunCommand } from "../../../toolchains/toolchain";
import { within } from "../../files/copies";
import { type Change, type Ruler, touches } from "../change";
import { folderVariables } from "../folder-variables";
import type { World } from "../said";
import { buildFilesOf, contextHas, rulingAt } from "./ruling";

const GOALS =
  /^(?:clean|validate|compile|test-compile|package|verify|install|dependency:(?:go-offline|resolve|resolve-plugins)|(?:[\w.]+:maven-)?assembly(?:-plugin)?:single|spring-boot:repackage)$/;
const OPTIONS = /^-(?:[BqeXUo]|ntp|T\d*C?|-batch-mode|-quiet|-no-transfer-progress|-offline|-errors)$/;
/** Properties that name no folder, by the end of their names. */
const PROPERTIES = /(?:version|skip|skipTests|forkCount|encoding)$/i;
const SKIPS = /^-D(?:maven\.test\.skip|skipTests)(?:=true)?$/;
/** Read in the folder and in those above it (maven.apache.org, Configuring Apache Maven). */
const SETTINGS = [".mvn/extensions.xml", ".mvn/maven.config", ".mvn/jvm.config"];
const TESTS = /(?:^|\/)src\/test\//;
/** What is packed, by its end. */
const PACKED = /\.(?:jar|war|ear)/;

/** A build by a pom.xml of known plugins writes to target; what it packs there is named for the artifact. */
export const maven: Ruler = (world, run) => {
  const { folder } = run;
  const ruling = folder === undefined ? undefined : rulingAt(world, posix.join(folder, "pom.xml"));
  const poms = buildFilesOf(world, /(?:^|\/)pom\.xml$/);
  if (folder === undefined || !ruling || !poms?.every(({ keeps }) => keeps) || !isPlain(run)) return undefined;
  // Its words stand before those of the command (maven.apache.org, Configuring Apache Maven).
  if (run.lookup("MAVEN_ARGS")) return undefined;
  // Tests are programs of the project.
  const tests = contextHas(world, TESTS) && !run.args.some(({ value }) => SKIPS.test(value ?? ""));
  if (tests || foldersAbove(folder).some((each) => hasSettings(world, each))) return undefined;
  const target = posix.join(folder, "target");
  // The shade plugin writes a pom.xml of its own beside that of the project.
  const shaded = posix.join(folder, "dependency-reduced-pom.xml");
  const others: readonly Change[] = [...touches(shaded, ...folderVariables(run)), { kind: "caches" }];
  return (path) => {
    const written = within(target, path);
    const made = written === undefined ? within(path, target) !== undefined : mayMake(written, ruling.file.names);
    return made ? [...touches(path), ...others] : others;
  };
};

function hasSettings({ before }: World, folder: string): boolean {
  return SETTINGS.some((name) => before(posix.join(folder, name)).kind !== "absent");
}

function foldersAbove(folder: string): readonly string[] {
  return folder === "/" ? ["/"] : [folder, ...foldersAbove(posix.dirname(folder))];
}

function isPlain({ args }: RunCommand): boolean {
  return args.every(({ value = "-f" }) => GOALS.test(value) || OPTIONS.test(value) || isHarmless(value));
}

function isHarmless(word: string): boolean {
  return word.startsWith("-D") && PROPERTIES.test(word.split("=", 1)[0] ?? "");
}

/** Only of what stands in target itself, and is packed by its name, can it be told. */
function mayMake(written: string, names: readonly string[] | undefined): boolean {
  if (!names || written.includes("/") || !PACKED.test(written)) return true;
  return names.some((name) =>
    [name, `original-${name}`].some((start) => {
      const rest = written.startsWith(start) ? written.slice(start.length) : undefined;
      return rest !== undefined && /^(?:-[\w.-]*)?\.(?:jar|war|ear)(?:\.original)?$/.test(rest);
    }),
  );
}
