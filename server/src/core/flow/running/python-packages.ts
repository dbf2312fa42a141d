import { imageSettings, lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { setsPythonPath } from "../../project/python";
import { flagOf } from "../../syntax/instruction";
import type { Edit } from "../../text/edit";
import type { Span } from "../../text/span";
import type { FileContext } from "../context";
import { type Copy, copiesOf, within } from "../files/copies";
import { type Python, pythonOf } from "./python";

/** Packages that come to stand where the stage's Python does not look, or that were built for another one. */
export interface LostPackages {
  /** What the COPY takes. */
  readonly span: Span;
  readonly what: string;
  /** Python surely does not find them. */
  readonly certain: boolean;
  readonly fix: { readonly title: string; readonly edits: readonly Edit[] } | undefined;
}

const PACKAGES = /^(.*)\/lib\/python(3\.\d+)\/(?:site|dist)-packages(?:\/|$)/;

/** The packages that a stage copies from others and that its Python does not find. */
export function lostPackages(context: FileContext, stage: Stage): readonly LostPackages[] {
  const copies = lineage(stage)
    .flatMap((each) => copiesOf(each, context.syntax.escape))
    .filter(({ from }) => from !== undefined);
  const copied = copies.filter(({ target, sources }) =>
    [target ?? "", ...(sources ?? [])].some((path) => PACKAGES.test(path)),
  );
  if (copied.length > 0 && leadsToPackages(stage)) return [];
  const python = copied.length > 0 ? pythonOf(context, stage) : undefined;
  if (!python) return [];
  return copied.flatMap((copy) => {
    const lost = lostBy(copy, python, namedPath(context, stage), stage);
    // A program that sets sys.path itself finds them; which files it has is only known where the folder was seen.
    const seen = setsPythonPath(context.project);
    return lost && seen !== true ? [{ ...lost, certain: lost.certain && seen === false }] : [];
  });
}

/** A step or the start names a folder of packages itself: PYTHONPATH for one command, sys.path, a file of paths. */
function leadsToPackages(stage: Stage): boolean {
  return lineage(stage).some(({ instructions }) =>
    instructions.some(
      ({ keyword, body }) => keyword !== "ENV" && /PYTHONPATH|PYTHONHOME|sys\.path|\.pth\b|addsitedir/.test(body),
    ),
  );
}

function lostBy(copy: Copy, python: Python, path: string | undefined, stage: Stage): LostPackages | undefined {
  const { target = "", sources = [], instruction, words } = copy;
  const [, prefix = "", version] = PACKAGES.exec(target) ?? [];
  const [, , built] = PACKAGES.exec(sources[0] ?? "") ?? [];
  const { span } = words[0] ?? instruction;
  const name = `Python ${python.version} of ${stage.base.token?.text ?? "the image"}`;
  if (version === undefined) {
    // Somewhere else, where PYTHONPATH leads: what is compiled fits one version alone.
    if (built === undefined || built === python.version) return undefined;
    const what = `These packages were installed for Python ${built}, and ${name} cannot load what is compiled among them.`;
    return { span, what, certain: false, fix: undefined };
  }
  const looked = python.packages.some((folder) => within(folder, target) !== undefined);
  // A prefix of its own is that of a virtual environment, or of another Python.
  if (looked || path?.includes(target) !== false || prefix !== "/usr/local") return undefined;
  const what = `${name} does not look into ${target}: the packages are not found.`;
  return { span, what, certain: true, fix: version === python.version ? moved(copy, python) : undefined };
}

/** All of PYTHONPATH; undefined where a variable hides some of it, or PYTHONHOME sets another library. */
function namedPath({ model }: FileContext, stage: Stage): string | undefined {
  const settings = imageSettings(model, stage);
  const value = settings.get("ENV PYTHONPATH")?.value ?? "";
  return settings.has("ENV PYTHONHOME") || value.includes("$") ? undefined : value;
}

/** To the folder that Python does look into. */
function moved({ instruction, target = "" }: Copy, python: Python): LostPackages["fix"] {
  const [folder = ""] = python.packages;
  const old = folder.replace(/dist-packages$/, "site-packages");
  const at = instruction.body.lastIndexOf(old);
  if (target !== old || instruction.json || at < 0 || flagOf(instruction, "from") === undefined) return undefined;
  const span = instruction.line.sourceSpan(instruction.bodyAt + at, instruction.bodyAt + at + old.length);
  return { title: `Copy them to ${folder}`, edits: [{ span, text: folder }] };
}
