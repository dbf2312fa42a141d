import { exactly, nothingKnown } from "../catalog/amounts";
import type { BaseImage } from "../catalog/catalog";
import { goPackageVersion, goProgramSize } from "../catalog/go-sizes";
import type { Size } from "../catalog/size";
import type { FileContext } from "../flow/context";
import type { Build, BuildPlan } from "../toolchains/toolchain";

/** The version of Go in a base, or the one that its packages install. */
export function goVersion(image: BaseImage | undefined): string | undefined {
  if (image?.ecosystem === "go") return image.languageVersion;
  return image?.distro && image.distroRelease ? goPackageVersion(image.distro, image.distroRelease) : undefined;
}

/** The bytes of a program, by what it imports and the image that it is built on. */
export function programSize(
  imports: readonly string[] | undefined,
  stripped: boolean,
  builder: BaseImage | undefined,
): Size {
  const thirdParty = imports?.some((path) => path.split("/", 1)[0]?.includes(".")) ?? false;
  const version = goVersion(builder);
  return goProgramSize(imports, { stripped, thirdParty, ...(version === undefined ? {} : { goVersion: version }) });
}

/** The bytes of the program of a build as the file stands. */
export function builtSize(context: FileContext, build: Build): Size {
  const plan = build.toolchain.plan(build, context.view(build.run.stage), context.text);
  if (typeof plan !== "string") return plannedSize(plan, isStripped(context, build), context.image(build.run.stage));
  return build.toolchain.leavesProgramsAlone
    ? programSize(undefined, isStripped(context, build), context.image(build.run.stage))
    : nothingKnown();
}

/** The bytes of a program that a plan is of. */
export function plannedSize({ bytes, imports }: BuildPlan, stripped: boolean, builder: BaseImage | undefined): Size {
  return bytes
    ? { ...exactly(bytes.bytes), low: bytes.low, high: bytes.high }
    : programSize(imports, stripped, builder);
}

/** What the program of a build imports; undefined where its sources were not seen. */
export function importsOf(context: FileContext, build: Build): readonly string[] | undefined {
  const plan = build.toolchain.plan(build, context.view(build.run.stage), context.text);
  return typeof plan === "string" ? undefined : plan.imports;
}

/** A build leaves symbols out. The flags of a Makefile are no words of the file: nothing can add to them there. */
export function isStripped(context: FileContext, build: Build): boolean {
  const { run, toolchain } = build;
  if (run.via) return run.args.some(({ value }) => value?.split(/[\s=]/).includes("-s"));
  return toolchain.strip(build, context.view(run.stage), context.text).length === 0;
}
