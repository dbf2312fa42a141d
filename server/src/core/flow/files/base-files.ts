import { type BaseImage, findImage } from "../../catalog/catalog";
import { type Contents, contentsOf, contentsOfName, type Held, keepsToSystem } from "../../catalog/contents";
import { hasOnePython, isOfOtherPython, pythonOf } from "../../catalog/python";
import { type ImageReference, parseReference } from "../../catalog/reference";
import { userOfImage } from "../../catalog/users";
import type { Stage } from "../../model/model";

/** What the image at the bottom of a stage holds, before any step of the file. */
export interface BaseFiles {
  path(path: string): Held;
  user(name: string): Held;
  /** The folders that its PATH has in front of the usual ones; undefined where that is not known. */
  readonly pathFolders: readonly string[] | undefined;
}

/** Folders at the root of a system; what else stands there is the work of the file's own steps. */
const SYSTEM_TOPS = new Set(
  "bin boot dev etc go home lib lib32 lib64 libx32 media mnt opt proc root run sbin srv sys tmp usr var nonroot busybox".split(
    " ",
  ),
);

/** Nothing: `FROM scratch`. The engine itself sets the usual PATH. */
const SCRATCH: Contents = {
  path: (path) => (path === "/" ? "there" : "absent"),
  user: () => "absent",
  pathFolders: [],
};

/** What stands in the image at the bottom of a stage. */
export function baseFiles({ base }: Stage): BaseFiles {
  if (base.kind === "scratch") return SCRATCH;
  return base.kind === "image" ? imageFiles(base.reference) : systemFiles(undefined, undefined, false);
}

/** What stands in an image that a FROM or a `--from` names. */
export function imageFiles(reference: string): BaseFiles {
  const parsed = parseReference(reference);
  const image = parsed && findImage(parsed);
  const contents =
    (image && contentsOf(image)) ?? (parsed && isUnplaced(parsed, image) ? contentsOfName(parsed) : undefined);
  // A system or compiler that is not written down keeps to the folders of a system; a program's image may have any.
  const keeps = image
    ? image.role !== "server" && image.role !== "runtime"
    : parsed !== undefined && keepsToSystem(parsed);
  const files = ofOnePython(parsed, contents ?? systemFiles(parsed, image, keeps));
  return image?.shell === false ? withoutShell(files) : files;
}

/** The catalog does not say on which system an official image stands: its tag does. */
function isUnplaced({ familiar }: ImageReference, image: BaseImage | undefined): boolean {
  return !image || (image.distro === undefined && !familiar.includes("/"));
}

/** An image that is not written down. */
function systemFiles(
  reference: ImageReference | undefined,
  image: BaseImage | undefined,
  keepsToTops: boolean,
): BaseFiles {
  const users = image?.users;
  return {
    path: (path) =>
      path === "/" ? "there" : !keepsToTops || SYSTEM_TOPS.has(path.split("/")[1] ?? "") ? "unknown" : "absent",
    user: (name) => {
      if (users) return users.includes(name) ? "there" : "absent";
      return reference ? userOfImage(reference, name) : "unknown";
    },
    pathFolders: image?.name === "golang" ? ["/go/bin", "/usr/local/go/bin"] : undefined,
  };
}

/** The images of Python have the libraries of one version in /usr/local. */
function ofOnePython(reference: ImageReference | undefined, held: BaseFiles): BaseFiles {
  const version = reference && hasOnePython(reference) ? pythonOf(reference) : undefined;
  if (version === undefined) return held;
  const path = (path: string): Held => (isOfOtherPython(version, path) ? "absent" : held.path(path));
  return { path, user: (name) => held.user(name), pathFolders: held.pathFolders };
}

/** Of an image without a shell that much is known: the one of debug tags stands in a folder of its own. */
function withoutShell(held: BaseFiles): BaseFiles {
  const path = (path: string): Held => (SHELL_PATH.test(path) ? "absent" : held.path(path));
  return { path, user: (name) => held.user(name), pathFolders: held.pathFolders };
}

const SHELL_PATH = /^\/(?:usr\/)?(?:local\/)?s?bin\/(?:sh|bash|ash|dash)$/;
