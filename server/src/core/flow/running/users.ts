import { isPackageUser, isPlainApk } from "../../catalog/users";
import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { rememberedBeside } from "../../text/remembered";
import type { RunCommand } from "../../toolchains/toolchain";
import { isFromElsewhere } from "../changes/installs";
import { mayMake } from "../changes/may-make";
import { isUnread } from "../commands/commands";
import { installOf } from "../commands/packages";
import type { FileContext } from "../context";
import { accountOf } from "./accounts";

/** Whether a name is in /etc/passwd of a stage; "unlikely" where only packages may have brought it, and the name is nobody's. */
export type UserPresence = "there" | "absent" | "unlikely" | "unknown";

/** Commands that write /etc/passwd for the users that they name. */
const USER_COMMANDS = new Set(
  "useradd adduser usermod groupadd addgroup groupmod deluser delgroup passwd chpasswd".split(" "),
);
const APT = new Set("apt apt-get aptitude".split(" "));
const PACKAGE_MANAGERS = new Set([...APT, ..."apk dnf yum microdnf".split(" ")]);
/** They write below /etc, or in their project wherever it is, and make no user. */
const NO_USERS = new Set(
  (
    "locale-gen localedef ldconfig update-alternatives setcap setfacl a2enmod a2dismod a2ensite a2dissite a2enconf phpenmod phpdismod " +
    "update-ca-certificates fc-cache update-rc.d systemctl apt-key pip pip2 pip3 uv poetry pipenv npm yarn pnpm bun gem bundle bundler cargo mvn " +
    "gradle dotnet javac jar sbt mix lein dart swift composer stack cabal shards dub tsc ng vite gcc g++ cc c++ clang clang++ rustc git zip rebar rebar3"
  ).split(" "),
);
/** What else `go` does may run any program. */
const GO_BUILDS = new Set("build install get mod vet fmt list env version clean".split(" "));
/** Names that people give to the user of their program; no package of a distribution makes one of them. */
const OWN_NAMES = new Set(
  "app appuser app-user appgroup user myuser nonroot non-root dev developer deploy runner".split(" "),
);
const PASSWD = "/etc/passwd";

/** Stages on stages on stages: beyond so many nothing is known. */
const MAX_DEPTH = 64;

/** Whether a stage has a user by that name when its instruction `before` begins; at its end where that is left out. */
export function userPresence(
  context: FileContext,
  stage: Stage,
  name: string,
  before = stage.instructions.length,
): UserPresence {
  const held = context.base(stage).user(name);
  if (held !== "absent") return held;
  const stages = lineage(stage);
  if (stages.length > MAX_DEPTH) return "unknown";
  let answer: UserPresence = "absent";
  for (const each of stages) {
    const limit = each === stage ? before : each.instructions.length;
    const { named, anybody, installs, packages } = writersOf(context, each);
    const own = named.get(name);
    if (own && own.at < limit) return own.last ? "there" : "unknown";
    const mayBring = installs.at < limit && (isPackageUser(name) || resembles(installs.packages, name));
    if (anybody < limit || mayBring) answer = "unknown";
    else if (packages < limit && answer === "absent") answer = OWN_NAMES.has(name) ? "unlikely" : "unknown";
  }
  return answer;
}

/** What of a stage writes /etc/passwd: by the place of the first instruction that does. */
interface Writers {
  /** Commands for users, by each name in their words; `last` is whether it is the one that they make. */
  readonly named: ReadonlyMap<string, { readonly at: number; readonly last: boolean }>;
  /** Steps that may make any user. */
  readonly anybody: number;
  /** What is installed of Debian's and Ubuntu's own archives, whose users are all known by name. */
  readonly installs: { readonly at: number; readonly packages: readonly string[] };
  /** Packages from anywhere else. */
  readonly packages: number;
}

/** What of a stage alone writes /etc/passwd. */
export function writersOf(context: FileContext, stage: Stage): Writers {
  return writers(stage, context);
}

const writers = rememberedBeside(readWriters);

function readWriters(stage: Stage, context: FileContext): Writers {
  const commands = context.ownCommands(stage);
  const named = new Map<string, { at: number; last: boolean }>();
  const installed = new Set<string>();
  let [anybody, installs, packages] = [firstUnread(context, stage), Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const run of commands) {
    const { program = "", at, args } = run;
    const words = args.map(({ value }) => value);
    if (USER_COMMANDS.has(program)) {
      for (const [index, word] of words.entries()) {
        if (word === undefined) anybody = Math.min(anybody, at);
        else if (!named.has(word)) named.set(word, { at, last: index === words.length - 1 });
      }
    } else if (mayMake(run, PASSWD) && !makesNoUser(run)) {
      const install = APT.has(program) && !isFromElsewhere(run) ? installOf(run) : undefined;
      if (install?.complete) {
        installs = Math.min(installs, at);
        for (const each of install.packages) installed.add(each);
      } else if (PACKAGE_MANAGERS.has(program)) packages = Math.min(packages, at);
      else anybody = Math.min(anybody, at);
    }
  }
  return { named, anybody, installs: { at: installs, packages: [...installed] }, packages };
}

/** Beyond so many packages no name is looked for in theirs. */
const MAX_PACKAGES = 1000;

/** A package by a name like the user's may make him, whatever the list says. */
function resembles(packages: readonly string[], name: string): boolean {
  return packages.length > MAX_PACKAGES || packages.some((each) => each.includes(name) || name.includes(each));
}

/** A tool that works on files of its own, and whose words name none of the system's. */
function makesNoUser(run: RunCommand): boolean {
  const { program = "", programWord, args, command } = run;
  if (program === "apk") return isPlain(run);
  if (programWord.text.startsWith(".") || command.outputs.length > 0) return false;
  const verb = args.find(({ value }) => value !== undefined && /^[a-z]/.test(value))?.value ?? "";
  const isKnown = program === "go" ? GO_BUILDS.has(verb) : NO_USERS.has(program);
  return isKnown && !args.some(({ value, word }) => /^\/?$|\/etc|passwd/.test(value ?? word.text));
}

/** What apk installs makes no user. */
function isPlain(run: RunCommand): boolean {
  const install = installOf(run);
  return install?.complete === true && install.packages.every(isPlainApk) && !isFromElsewhere(run);
}

/** The first step that is not read, or that copies what may be /etc/passwd. */
function firstUnread(context: FileContext, stage: Stage): number {
  const unread = stage.instructions.findIndex(
    (each) => each.keyword === "ONBUILD" || (each.keyword === "RUN" && isUnread(context.syntax, stage, each)),
  );
  const copied = context.copiedAt(stage, PASSWD) ?? Number.POSITIVE_INFINITY;
  return unread < 0 ? copied : Math.min(unread, copied);
}

/** The number that a `useradd -u` of any stage gives to a name. */
export function numberGiven(context: FileContext, name: string): string | undefined {
  return numbers(context).get(name);
}

const numbers = rememberedBeside(readNumbers);

function readNumbers(context: FileContext): ReadonlyMap<string, string> {
  return new Map(
    context.model.stages.flatMap((stage) =>
      context.ownCommands(stage).flatMap((run): [string, string][] => {
        const account = accountOf(run);
        return account?.kind === "user" && account.id !== undefined ? [[account.name, account.id]] : [];
      }),
    ),
  );
}
