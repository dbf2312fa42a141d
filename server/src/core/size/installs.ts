import { exactly, nothingKnown } from "../catalog/amounts";
import { aptListsSize, goInstallSize } from "../catalog/go-sizes";
import type { BaseImage } from "../catalog/image";
import { imagePackages } from "../catalog/image-packages";
import { InstallTally } from "../catalog/install-size";
import { addSizes, type Size } from "../catalog/size";
import { isFromElsewhere } from "../flow/changes/installs";
import type { PackageCommand } from "../flow/commands/packages";
import { leavesRecommendsOut } from "../flow/layers/apt-recommends";
import type { Instruction } from "../syntax/instruction";

/** What the installs of an image add, in the order of its commands. */
export class Installs {
  private readonly tally: InstallTally | undefined;
  /** The RUN whose lists of packages are counted. */
  private listed: Instruction | undefined;

  constructor(private readonly image: BaseImage | undefined) {
    const base = image && imagePackages(image);
    this.tally = base && new InstallTally(base);
  }

  /**
   * The bytes of an install, and of the lists that it leaves where they are kept: from layers that were measured where Go is
   * among the packages, else from the table of packages.
   */
  sizeOf(install: PackageCommand, listsKept: boolean): Size {
    const { distro, distroRelease } = this.image ?? {};
    const { run, manager, packages, complete } = install;
    const recommends = !leavesRecommendsOut(install);
    const tabled = this.tally?.add(packages, recommends);
    if (!distro || !distroRelease || manager !== "apt") return nothingKnown();
    const keeps = listsKept && this.listed !== run.instruction;
    this.listed = run.instruction;
    const measured = goInstallSize(distro, distroRelease, packages, { recommends, listsKept: keeps });
    const lists = keeps ? (aptListsSize(distro, distroRelease) ?? nothingKnown()) : exactly(0);
    const known = measured && (measured.bytes !== null || !tabled) ? measured : tabled && addSizes([tabled, lists]);
    const sure = complete && !isFromElsewhere(run);
    return sure ? (known ?? nothingKnown()) : addSizes([known ?? nothingKnown(), nothingKnown()]);
  }
}
