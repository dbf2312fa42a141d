import type { FileContext } from "../flow/context";
import type { Content } from "../flow/files/content";
import { within } from "../flow/files/copies";
import { isSystemFolder } from "../flow/files/system-paths";
import { fetchesOf } from "../flow/layers/fetches";
import type { Rewritten } from "../flow/layers/layers";
import { accountOf } from "../flow/running/accounts";
import { userPresence } from "../flow/running/users";
import { posix } from "../model/paths";
import { bodySpan, flagOf } from "../syntax/instruction";
import type { Edit } from "../text/edit";
import type { RunCommand } from "../toolchains/toolchain";

interface OwnedFix {
  readonly edits: readonly Edit[];
  readonly assumes: readonly string[];
}

/** In a longer stage nobody can say at a glance what else is in a folder. */
const MOST_COMMANDS = 200;

/**
 * Edits that give the files their owner or mode in the COPY that brings them; the command keeps to the folder itself,
 * which a WORKDIR may have made. Undefined where the folder holds files of others, or the owner may not be there yet.
 */
export function ownedByCopy(context: FileContext, events: readonly Rewritten[]): OwnedFix | undefined {
  const [first] = events;
  if (!first || events.length > 2 || new Set(events.map(({ change }) => change.sets)).size < events.length)
    return undefined;
  const { by, path, contents } = first;
  if (events.some((event) => event.by.via)) return undefined;
  const { commands } = context.view(by.stage);
  const early = commands.slice(0, MOST_COMMANDS + 1);
  const place = early.indexOf(by);
  const before = early.slice(0, place);
  if (place < 0 || isSystemFolder(path) || /[*?]/.test(path)) return undefined;
  if (!events.every((event) => event.path === path && event.change.paths.length === 1 && event.change.flag))
    return undefined;
  if (!contents.every((content) => isPlainCopy(content, by))) return undefined;
  const start = Math.min(...contents.map(({ at }) => at));
  const rest = before.filter((run) => run.stage !== by.stage || run.instruction !== by.instruction);
  const isBefore = (run: RunCommand) => run.stage !== by.stage || run.at < start;
  if (!rest.every((run) => leavesAlone(run, path) || (isBefore(run) && !names(run, path)))) return undefined;
  const between = before.filter((run) => run.stage === by.stage && run.at > start);
  const flags = events.map(({ change }) =>
    change.sets === "mode" ? modeFlag(change.value) : ownerFlag(change.value, between),
  );
  if (flags.some((flag) => flag === undefined)) return undefined;
  // COPY looks the name up, and so would find no user where chown does not.
  const owners = events.flatMap(({ change }) => (change.sets === "owner" ? (change.value?.split(":", 1) ?? []) : []));
  if (owners.some((name) => isMissing(context, by, name, start))) return undefined;
  const added = `${flags.join(" ")} `;
  const copies = [...new Set(contents.map(({ instruction }) => instruction))];
  return {
    edits: [
      ...copies.map((copy) => {
        const { start: at } = bodySpan(copy, 0, 0);
        return { span: { start: at, end: at }, text: added };
      }),
      ...events.map((event) => withoutFlag(event)),
    ],
    assumes: [
      `Nothing else below ${path} needs it: what a base image brought there stays as it is.`,
      ...(events.some(({ change }) => change.sets === "mode")
        ? ["The image is built with BuildKit, the default since Docker Engine 23."]
        : []),
    ],
  };
}

function isMissing(context: FileContext, { stage }: RunCommand, name: string, before: number): boolean {
  return !/^\d+$/.test(name) && ["absent", "unlikely"].includes(userPresence(context, stage, name, before));
}

/** A COPY of the same stage, which says nothing yet of owners and modes. */
function isPlainCopy({ by, stage, sure, instruction }: Content, run: RunCommand): boolean {
  return (
    !("command" in by) && stage === run.stage && sure && !flagOf(instruction, "chown") && !flagOf(instruction, "chmod")
  );
}

/** They write nothing below a folder that is no folder of the system's. */
const LEAVES_ALONE = new Set(
  (
    "cd set export echo true : test [ ls cat nproc rm apt apt-get apk dnf yum microdnf dpkg " +
    "update-ca-certificates ldconfig locale-gen useradd adduser usermod groupadd addgroup"
  ).split(" "),
);
/** They write to what they name. */
const KEEPS_TO_ITS_WORDS = new Set("chown chgrp chmod sed touch tee ln cp mv install mkdir".split(" "));

function leavesAlone(run: RunCommand, path: string): boolean {
  if (run.command.output && run.command.output.text !== "/dev/null") return false;
  if (LEAVES_ALONE.has(run.program ?? "") || isPipInstall(run)) return true;
  if (KEEPS_TO_ITS_WORDS.has(run.program ?? "")) return !names(run, path);
  const fetched = fetchesOf(run);
  return fetched.length > 0 && fetched.every(({ path: place }) => within(path, place) === undefined);
}

/** It works in the folder, or one of its words leads there, or may. */
function names({ args, folder }: RunCommand, path: string): boolean {
  const isThere = (place: string) => within(path, place) !== undefined;
  if (folder === undefined || isThere(folder)) return true;
  return args.some(
    ({ value, word }) => isThere(posix.join(folder, value ?? "")) || `${value ?? word.text}/`.includes(`${path}/`),
  );
}

/** Into the system's own folders; one of the folder it runs in builds there. */
function isPipInstall({ program = "", args }: RunCommand): boolean {
  const words = args.map(({ value }) => value ?? "$");
  const rest = /^python3?$/.test(program) && words[0] === "-m" ? words.slice(1) : [program, ...words];
  return (
    /^pip3?$/.test(rest[0] ?? "") &&
    rest[1] === "install" &&
    !rest.some((word) => /^(?:\.|-e$|--editable|-t$|--target|--prefix|\$)/.test(word))
  );
}

function modeFlag(value: string | undefined): string | undefined {
  return /^0?[0-7]{3}$/.test(value ?? "") ? `--chmod=${value}` : undefined;
}

/** The owner as COPY would take it where it stands; a user alone keeps the group, which is root's. */
function ownerFlag(value: string | undefined, between: readonly RunCommand[]): string | undefined {
  const [user = "", group, more] = value?.split(":") ?? [];
  if (value === undefined || user === "" || group === "" || more !== undefined) return undefined;
  const owner = idBefore(user, "user", between);
  const owners = group === undefined ? "0" : idBefore(group, "group", between);
  return owner === undefined || owners === undefined ? undefined : `--chown=${owner}:${owners}`;
}

/** A name that was there before the commands, or the number that one of them gives it. */
function idBefore(name: string, kind: "user" | "group", between: readonly RunCommand[]): string | undefined {
  if (/^\d+$/.test(name)) return name;
  const accounts = between.map(accountOf);
  const made = accounts.find((account) => account?.name === name && account.kind === kind);
  if (made) return made.id;
  // A user brings a group of its name, and packages bring both.
  const none = between.every((run, at) => accounts[at] !== undefined || !MAY_ADD.test(run.program ?? "?"));
  const other = accounts.some((account) => account?.name === name);
  return none && !other ? name : undefined;
}

const MAY_ADD = /^(?:\?|apt|apt-get|apk|dnf|yum|microdnf|dpkg|rpm|useradd|adduser|groupadd|addgroup|usermod)$/;

function withoutFlag({ change, by }: Rewritten): Edit {
  const { start = 0, end = 0 } = change.flag?.span ?? {};
  const next = by.args.find(({ word }) => word.span.start >= end)?.word.span.start ?? end;
  return { span: { start, end: next }, text: "" };
}
