/** Starts that the image cannot make: a shell, a launcher, a tool or a user that it has not; an interpreter twice. */
import type { Analysis, Instruction, Stage } from "../../../server/src/core";
import {
  bottomOf,
  edited,
  instructionsOf,
  isShellless,
  lineAtEnd,
  type Plant,
  type Planter,
  startOf,
  textOf,
} from "./planter";
import { untoldOfSystem } from "./untold";

/** Nothing is copied from where shells stand, and no folder of the root is copied whole. */
function bringsNoPrograms(analysis: Analysis, stage: Stage): boolean {
  return !/busybox|\bsh\b|\bbash\b|^(?:COPY|ADD)\s.*\s\/(?:usr\/(?:local\/)?)?(?:s?bin\/?)?$|--from=\S+ \/ /im.test(
    textOf(analysis, stage),
  );
}

/** The starts of the final stage in exec form with plain words. */
function plainStarts({ context: { model } }: Analysis): readonly Instruction[] {
  if (!model.final) return [];
  const { entrypoint, command } = startOf(model.final);
  const start = entrypoint ?? command;
  const plain = start?.json?.every(({ text }) => /^[\w./:=,@-]+$/.test(text));
  // A flag in the place of the program would be one of the instruction.
  return start?.json?.[0] && plain && !start.json[0].text.startsWith("-") ? [start] : [];
}

const rewritten = (analysis: Analysis, instruction: Instruction, text: string): Plant =>
  edited(analysis, text, { span: instruction.span, text });

export const shellFormWithoutShell: Planter = {
  rule: "shell-form-without-shell",
  plant: (analysis) => {
    const { final } = analysis.context.model;
    if (!final || !isShellless(bottomOf(final)) || !bringsNoPrograms(analysis, final)) return [];
    if (instructionsOf(final).some(({ keyword }) => keyword === "SHELL")) return [];
    return plainStarts(analysis).map((start) =>
      rewritten(analysis, start, `${start.keyword} ${start.json?.map(({ text }) => text).join(" ")}`),
    );
  },
};

/** What the language images of distroless put before the words of CMD (their ENTRYPOINT). */
const INTERPRETERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^gcr\.io\/distroless\/nodejs/, ["node"]],
  [/^gcr\.io\/distroless\/java(?!-base)/, ["java", "-jar"]],
  [/^gcr\.io\/distroless\/python3/, ["python3"]],
];

function languageOf(analysis: Analysis): readonly string[] | undefined {
  const { final } = analysis.context.model;
  if (!final || instructionsOf(final).some(({ keyword }) => keyword === "ENTRYPOINT")) return undefined;
  return INTERPRETERS.find(([image]) => image.test(bottomOf(final)))?.[1];
}

export const entrypointRepeated: Planter = {
  rule: "entrypoint-repeated",
  plant: (analysis) => {
    const words = languageOf(analysis);
    if (!words) return [];
    return plainStarts(analysis)
      .filter(({ json }) => !/^(?:node|java|python3?)$/.test(json?.[0]?.text ?? ""))
      .map((start) =>
        rewritten(analysis, start, `CMD ${JSON.stringify([...words, ...(start.json ?? []).map(({ text }) => text)])}`),
      );
  },
};

export const launcherMissing: Planter = {
  rule: "launcher-missing",
  plant: (analysis) => {
    const { final } = analysis.context.model;
    const launcher = { node: ["npm", "start"], python3: ["gunicorn", "app:app"] }[languageOf(analysis)?.[0] ?? ""];
    if (!launcher || !final || !bringsNoPrograms(analysis, final)) return [];
    return plainStarts(analysis).map((start) => rewritten(analysis, start, `CMD ${JSON.stringify(launcher)}`));
  },
};

/** Bases without curl: distroless, scratch, and the small ones of the systems and languages. */
const NO_CURL =
  /^(?:scratch$|gcr\.io\/distroless\/|(?:ubuntu|debian|alpine)(?::|$)|(?:python|node|ruby|rust|openjdk|php):[\w.-]*(?:slim|alpine))/;

export const healthcheckToolMissing: Planter = {
  rule: "healthcheck-tool-missing",
  plant: (analysis) => {
    const { final } = analysis.context.model;
    if (!final || !NO_CURL.test(bottomOf(final)) || !bringsNoCurl(analysis, final)) return [];
    const line = 'HEALTHCHECK CMD ["curl", "-f", "http://localhost/"]';
    return [{ ...edited(analysis, line, lineAtEnd(analysis, final, line)), ...untold(analysis, final) }];
  },
};

/** No step names curl, runs a script that may install it, or brings a folder of programs. */
function bringsNoCurl(analysis: Analysis, stage: Stage): boolean {
  const text = textOf(analysis, stage);
  return (
    !/curl|\.sh\b|ansible|\bmake\b|dpkg -i|HEALTHCHECK|build-dep/.test(text) &&
    (!isShellless(bottomOf(stage)) || bringsNoPrograms(analysis, stage))
  );
}

export const unknownUser: Planter = {
  rule: "unknown-user",
  plant: (analysis) => {
    const { final } = analysis.context.model;
    if (!final || bottomOf(final) === "" || /windows|nanoserver/i.test(bottomOf(final))) return [];
    const plant = edited(analysis, "USER nobodyhere", lineAtEnd(analysis, final, "USER nobodyhere"));
    return [{ ...plant, ...untold(analysis, final) }];
  },
};

function untold(analysis: Analysis, stage: Stage): Pick<Plant, "untold"> {
  const why = untoldOfSystem(analysis, stage);
  return why === undefined ? {} : { untold: why };
}
