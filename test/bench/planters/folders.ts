/** Errors of what is in the folder: they can stand only in our own apps, whose sources are there. */
import { type Analysis, applyEdits, recipes } from "../../../server/src/core";
import { bringsAnything, carrying } from "./carried";
import { bottomOf, edited, type Folder, lineAtEnd, otherBase, type Plant, type Planter } from "./planter";

/** go.mod is gone: with modules on, a build of packages fails. Where the folder has others (a workspace, a vendor), it may not. */
export const missingGoModule: Planter = {
  rule: "missing-go-module",
  plant: ({ text, context: { project } }) => {
    const builds = /\bgo build\b(?!.*\.go\b)/.test(text) && !/GO111MODULE|go mod init/.test(text);
    if (!builds || !project.files?.has("go.mod") || project.goModules.size !== 1 || /COPY .*go\.mod/.test(text))
      return [];
    const files = new Map([...project.files].filter(([path]) => path !== "go.mod" && path !== "go.sum"));
    return [{ text, project: { ...project, files, goModules: new Map() }, done: "go.mod is gone" }];
  },
};

/** The only file of the folder that has a program's main, where the build is of Go alone and without C. */
function mainOf({ text, context: { model } }: Analysis, folder: Folder | undefined): string | undefined {
  const mains = [...(folder?.texts ?? [])].filter(
    ([path, code]) => path.endsWith(".go") && /^package main$/m.test(code) && /^func main\(\) \{$/m.test(code),
  );
  const builds = /\bgo (?:build|install)\b/.test(text) && /CGO_ENABLED[= ]0/.test(text);
  const bare = model.final && /^(?:scratch$|gcr\.io\/distroless\/static)/.test(bottomOf(model.final));
  return builds && bare && mains.length === 1 ? mains[0]?.[0] : undefined;
}

/** The file with a statement that main begins with; `imported` is what it calls, as `planted`. */
function beginning(analysis: Analysis, folder: Folder, path: string, imported: string, call: string): Plant {
  const written = folder.texts.get(path) ?? "";
  const there = new RegExp(`^\\s*(?:import )?"${imported}"$`, "m").test(written);
  const done = there ? call.replace("planted", imported.replace(/.*\//, "")) : call;
  const code = written
    .replace(/^package main$/m, there ? "package main" : `package main\nimport planted "${imported}"`)
    .replace(/^func main\(\) \{$/m, `func main() {\n\tif _, err := ${done}; err != nil {\n\t\tpanic(err)\n\t}`);
  return { text: analysis.text, project: folder.with(path, code), done };
}

const ZONES = ["time", 'planted.LoadLocation("Europe/Berlin")'] as const;
const CLIENT = ["net/http", 'planted.Get("https://example.com")'] as const;
const TEMP = ["os", 'planted.CreateTemp("", "x")'] as const;

/** A program on scratch, or on what had such data before, begins with a call that needs zones, certificates or /tmp. */
export const missingRuntimeData: Planter = {
  rule: "missing-runtime-data",
  plant: (analysis, _sources, folder) => {
    const { final } = analysis.context.model;
    const path = mainOf(analysis, folder);
    const edit = final && otherBase(final, "scratch");
    if (!final || !folder || path === undefined || !edit) return [];
    if (/ca-certificates|certs|zoneinfo|passwd|\/tmp|TMPDIR|ZONEINFO|timetzdata| \/ /.test(analysis.text)) return [];
    // A module of others may have zones and certificates in it.
    const alone = ![...folder.texts].some(
      ([name, text]) => name.endsWith("go.mod") && /^require|^\t\S+ v\d/m.test(text),
    );
    const onScratch = edited(analysis, "", edit).text;
    return [TEMP, ...(alone ? [ZONES, CLIENT] : [])].map(([imported, call]) => ({
      ...beginning(analysis, folder, path, imported, call),
      text: onScratch,
    }));
  },
};

/** A program begins with a write to a folder of root's; a new volume of another user's is root's. */
export const unwritablePath: Planter = {
  rule: "unwritable-path",
  plant: (analysis, _sources, folder) => {
    const { final } = analysis.context.model;
    const path = mainOf(analysis, folder);
    const volume =
      final &&
      !bringsAnything(analysis, final) &&
      /^(?:scratch$|debian|ubuntu|alpine|gcr\.io\/distroless\/)/.test(bottomOf(final));
    const volumes = volume
      ? [edited(analysis, "VOLUME /planted", lineAtEnd(analysis, final, "USER 65532\nVOLUME /planted"))]
      : [];
    if (!folder || path === undefined) return volumes;
    const write = beginning(analysis, folder, path, "os", 'planted.Create("/planted/journal.txt")');
    return [
      ...volumes,
      ...carrying(analysis, write.done, {
        base: "debian:trixie-slim",
        run: "mkdir -p /planted",
        lines: ["COPY --from=planted /planted /planted", "USER 65532"],
      }).map((plant) => ({ ...plant, ...(write.project ? { project: write.project } : {}) })),
    ];
  },
};

/** A file as our recipes rewrite it, for each of their targets. */
export function rewritesOf(analysis: Analysis): readonly (readonly [target: string, text: string])[] {
  return recipes.flatMap((recipe) =>
    recipe.targets.flatMap((target) => {
      const answer = analysis.answer(recipe, target);
      return answer.kind === "offer" ? [[target, applyEdits(analysis.text, answer.change().edits)] as const] : [];
    }),
  );
}
