import { exactly, nothingKnown } from "../../catalog/amounts";
import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { stageNamed } from "../../model/reach";
import { isWindows } from "../../model/shells";
import { rememberedBeside } from "../../text/remembered";
import type { App, AppToolchain, AppView } from "../../toolchains/app";
import { appToolchains } from "../../toolchains/registry";
import { installedPackages } from "../commands/packages";
import type { FileContext } from "../context";
import { copiesOf } from "../files/copies";
import { contextBytes } from "../layers/context-bytes";
import { appStart } from "./app-start";
import type { Start } from "./start";

/** A program that a runtime starts, with the stage that has it. */
export interface ShippedApp {
  readonly toolchain: AppToolchain;
  readonly app: App;
  readonly view: AppView;
  readonly stage: Stage;
  readonly start: Start;
  /** The folder that it starts in. */
  readonly workdir: string;
}

/** The program of a stage that a runtime starts; undefined where it starts none, a sentence where that one cannot move. */
export function shippedApp(context: FileContext, stage: Stage): ShippedApp | string | undefined {
  const view = appView(context, stage);
  const start = context.start(stage);
  if (!view || !start || isWindows(stage)) return undefined;
  for (const toolchain of appToolchains) {
    const app = toolchain.app(view);
    if (typeof app === "string") return app;
    if (!app) continue;
    return view.workdir === undefined ? NO_WORKDIR : { toolchain, app, view, stage, start, workdir: view.workdir };
  }
  return undefined;
}

const NO_WORKDIR =
  "The folder in which the program starts is not known: the base image is not in the catalog, and no WORKDIR names one.";

const copiesFrom = rememberedBeside((stage: Stage, context: FileContext): AppView["copies"] => {
  const views = new Map<Stage, AppView["copies"][number]["stage"]>();
  const viewOf = (other: Stage) => {
    const view = views.get(other) ?? { ...context.view(other), path: context.searchPath(other).folders };
    views.set(other, view);
    return view;
  };
  return lineage(stage).flatMap((each) =>
    copiesOf(each, context.syntax.escape).flatMap(({ instruction, from, sources, target, intoFolder }) => {
      if (from === undefined) return [];
      const other = stageNamed(context.model, each, from);
      return {
        instruction,
        stage: other && viewOf(other),
        sources: sources?.map((path) => posix.join("/", path)),
        target,
        intoFolder,
      };
    }),
  );
});

const installsIn = rememberedBeside((stage: Stage, context: FileContext): readonly string[] => [
  ...new Set(context.view(stage).commands.flatMap(installedPackages)),
]);

/** What toolchains may ask of a stage that starts something. Most see at its start that it is none of theirs, and ask for no more. */
export function appView(context: FileContext, stage: Stage): AppView | undefined {
  const start = appStart(context, stage);
  if (!start) return undefined;
  const view = context.view(stage);
  const inContext = (path: string) => {
    const origin = view.origin(path);
    return origin.kind === "context" ? origin.path : undefined;
  };
  return {
    ...view,
    start,
    text: context.text,
    get path() {
      return context.searchPath(stage).folders;
    },
    get copies() {
      return copiesFrom(stage, context);
    },
    get installs() {
      return installsIn(stage, context);
    },
    holds: (path) => context.presence(stage, path).kind,
    contextFile: inContext,
    bytesOf: (path) => {
      const file = inContext(path);
      const bytes = file === undefined ? undefined : contextBytes(context.project, file);
      return bytes === undefined ? nothingKnown() : exactly(bytes);
    },
  };
}
