import { lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import type { RunCommand } from "../toolchains/toolchain";
import { mayMake } from "./changes/may-make";
import type { FileContext } from "./context";
import { copiesOf, within } from "./copies";

/** Whether a name is in /etc/passwd of a stage; "unlikely" where only packages may have brought it, and the name is nobody's. */
export type UserPresence = "there" | "absent" | "unlikely" | "unknown";

/** Commands that write /etc/passwd for the users that they name. */
const USER_COMMANDS = new Set(
  "useradd adduser usermod groupadd addgroup groupmod deluser delgroup passwd chpasswd".split(" "),
);
/** Names that people give to the user of their program; no package of a distribution makes one of them. */
const OWN_NAMES = new Set(
  "app appuser app-user appgroup user myuser nonroot non-root dev developer deploy runner".split(" "),
);
const PASSWD = "/etc/passwd";

/** Whether a stage has a user by that name when its instruction `before` begins; at its end where that is left out. */
export function userPresence(
  context: FileContext,
  stage: Stage,
  name: string,
  before = stage.instructions.length,
): UserPresence {
  const held = context.base(stage).user(name);
  if (held !== "absent") return held;
  const effects = lineage(stage).flatMap((each) =>
    stepsOf(context, each, name).flatMap(({ at, effect }) => (each === stage && at >= before ? [] : effect)),
  );
  return (["there", "unknown", "unlikely"] as const).find((effect) => effects.includes(effect)) ?? "absent";
}

interface Step {
  readonly at: number;
  readonly effect: UserPresence;
}

const known = new WeakMap<Stage, Map<string, readonly Step[]>>();

/** The steps of a stage that may bring a user. */
function stepsOf(context: FileContext, stage: Stage, name: string): readonly Step[] {
  const names = known.get(stage) ?? new Map<string, readonly Step[]>();
  known.set(stage, names);
  const steps = names.get(name) ?? readSteps(context, stage, name);
  names.set(name, steps);
  return steps;
}

function readSteps(context: FileContext, stage: Stage, name: string): readonly Step[] {
  const commands = context.view(stage).commands.filter((run) => run.stage === stage);
  const read = new Set(commands.map(({ at }) => at));
  const unread = [...stage.instructions.entries()]
    .filter(([at, { keyword }]) => keyword === "ONBUILD" || (keyword === "RUN" && !read.has(at)))
    .map(([at]) => at);
  const copied = copiesOf(stage, context.syntax.escape)
    .filter(({ target }) => target === undefined || within(target, PASSWD) !== undefined)
    .map(({ at }) => at);
  const brought = copied.length > 0 && context.madeBySteps(stage, PASSWD).kind !== "absent" ? copied : [];
  return [
    ...[...unread, ...brought].map((at) => ({ at, effect: "unknown" as const })),
    ...commands.map((run) => ({ at: run.at, effect: commandEffect(run, name) })),
  ].filter(({ effect }) => effect !== "absent");
}

function commandEffect(run: RunCommand, name: string): UserPresence {
  if (USER_COMMANDS.has(run.program ?? "")) {
    const words = run.args.map(({ value }) => value);
    if (words.includes(undefined)) return "unknown";
    return words.at(-1) === name ? "there" : words.includes(name) ? "unknown" : "absent";
  }
  if (!mayMake(run, PASSWD)) return "absent";
  return PACKAGE_MANAGERS.has(run.program ?? "") && OWN_NAMES.has(name) ? "unlikely" : "unknown";
}

const PACKAGE_MANAGERS = new Set("apt apt-get apk dnf yum microdnf".split(" "));

/** The number that a `useradd -u` of any stage gives to a name. */
export function numberGiven(context: FileContext, name: string): number | undefined {
  for (const stage of context.model.stages) {
    for (const { program, args } of context.view(stage).commands) {
      const words = args.map(({ value }) => value);
      if ((program !== "useradd" && program !== "adduser") || words.at(-1) !== name) continue;
      const flag = words.findIndex((word) => word === "-u" || word === "--uid");
      const number = flag < 0 ? words.find((word) => word?.startsWith("--uid="))?.slice(6) : words[flag + 1];
      if (number !== undefined && /^\d{1,9}$/.test(number)) return Number(number);
    }
  }
  return undefined;
}
