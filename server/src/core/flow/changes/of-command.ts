import { posix } from "../../model/paths";
import { wordValue } from "../../shell/expand";
import { remembered } from "../../text/remembered";
import type { RunCommand } from "../../toolchains/toolchain";
import { CommandMemo } from "../commands/command-memo";
import { ANYTHING, type Change, ETC, makes, NOTHING, placeOf, touches } from "./change";
import { cmake, compiler, dart, go, java } from "./compilers";
import { curl, git, tar, unzip, wget } from "./fetched";
import { mkdir, rm, thins, transfer, writes } from "./files";
import { dpkg, gpg, systemFiles, systemPackages, users } from "./installs";
import { mkcert, openssl } from "./keys";
import {
  cargoTool,
  globalScript,
  globalTool,
  namedPaths,
  nodePackages,
  pip,
  pipPackages,
  projectScript,
  projectTool,
  rubyPackages,
  ruledScript,
  rustup,
} from "./projects";
import { dotnet } from "./ruled/dotnet";
import { gradle } from "./ruled/gradle";
import { maven } from "./ruled/maven";
import { find, python, sed, source, xargs } from "./runners";

/** What a command does to files. */
type Reading = (run: RunCommand) => readonly Change[];

const nothing: Reading = () => NOTHING;
const anything: Reading = () => ANYTHING;
const accounts: Reading = () => [ETC, ...touches("/var/mail", "/usr/local/share/ca-certificates")];
const caches: Reading = () => [{ kind: "caches" }];
/** The data of languages: no program, and no file of a project. */
const locales: Reading = (run) => {
  const named = namedPaths(run);
  return named
    ? touches("/usr/lib/locale", "/usr/share/locale", "/usr/share/i18n", "/etc", "/var/lib/locales", ...named)
    : ANYTHING;
};
/** They write beside the files that their words name. */
const beside: Reading = (run) => {
  const named = run.folder === undefined ? undefined : namedPaths(run);
  return named ? touches(run.folder ?? "/", ...named.map(posix.dirname)) : ANYTHING;
};
/** awk prints, but for a script that passes it on. */
const awk: Reading = (run) => (run.args.some(({ value, word }) => passesOn(value ?? word.text)) ? ANYTHING : NOTHING);
/** They print, or change what is there, but for an option that names another file. */
const printing: Reading = (run) =>
  run.args.some(({ value, word }) => /^(?:-[a-zA-Z]*o|--output)/.test(value ?? word.text)) ? beside(run) : NOTHING;
/** A second operand is where it writes. */
const uniq: Reading = (run) =>
  run.args.filter(({ value }) => !value?.startsWith("-")).length > 1 ? beside(run) : NOTHING;
/** A template of its own says where the file stands. */
const mktemp: Reading = (run) =>
  run.args.every(({ value }) => /^-[dqu]+$/.test(value ?? "")) ? [{ kind: "caches" }] : beside(run);
/** What it is given runs later: only a signal without a command is nothing. */
const trap: Reading = ({ args: [action] }) => (/^(?:-|)$/.test(action?.value ?? "$") ? NOTHING : ANYTHING);

/** The programs that are understood, by what they do; any other may do anything. */
const READINGS: ReadonlyMap<string, Reading> = new Map(
  (
    [
      [
        nothing,
        `cd set export echo printf true false : ls dir vdir pwd cat test [ [[ date uname which whoami id file stat du df sleep exit
        chmod chown chgrp umask sha256sum sha512sum sha1sum md5sum grep egrep fgrep head tail wc unset shopt wait
        read local return break continue shift hash type cut tr basename dirname readlink realpath
        expr seq nproc arch getconf ldd diff cmp ps kill tty tput getent apt-cache apt-mark dpkg-query od base64 jq yes nl rev env
        printenv hostname sync free uptime lsb_release dpkg-architecture alias let ulimit logger nm
        readelf objdump groups ranlib pg_config pkg-config sysctl`,
      ],
      [mkdir, "mkdir"],
      [rm, "rm unlink"],
      [thins, "rmdir"],
      [writes, "touch tee truncate mkfifo"],
      [transfer, "cp mv ln install"],
      [curl, "curl"],
      [wget, "wget"],
      [git, "git"],
      [tar, "tar bsdtar"],
      [unzip, "unzip"],
      [systemPackages, "apt apt-get aptitude apk dnf yum microdnf zypper"],
      [
        systemFiles,
        `ldconfig update-alternatives dpkg-reconfigure apt-key add-apt-repository
        debconf-set-selections setcap setfacl a2enmod a2dismod a2ensite a2dissite a2enconf update-rc.d apt-add-repository
        systemctl setx phpenmod phpdismod
        fc-cache`,
      ],
      [locales, "locale-gen localedef"],
      [users, "useradd adduser usermod"],
      [
        accounts,
        "groupadd addgroup groupmod delgroup gpasswd passwd chpasswd deluser userdel chsh newusers update-ca-certificates",
      ],
      [caches, "ssh-keyscan"],
      [mktemp, "mktemp"],
      [printing, "sort strip"],
      [uniq, "uniq"],
      [trap, "trap"],
      [awk, "awk gawk mawk"],
      [dpkg, "dpkg"],
      [cmake, "cmake ninja"],
      [rubyPackages, "gem bundle bundler"],
      [pip, "pip pip2 pip3 uv poetry pipenv"],
      [nodePackages, "npm yarn pnpm bun"],
      [projectScript, "npx tsc ng vite javac sbt mix lein shards flutter swift"],
      [projectTool, "jar jlink dart_frog zip"],
      [globalScript, "composer cabal stack"],
      [
        globalTool,
        `opam nimble dub crystal luarocks cpanm cpan corepack pecl pear
        docker-php-ext-install docker-php-ext-configure docker-php-ext-enable docker-php-source install-php-extensions conda mamba
        micromamba rebar rebar3 hex pipx`,
      ],
      [ruledScript(maven), "mvn mvnw"],
      [ruledScript(gradle), "gradle gradlew"],
      [ruledScript(dotnet), "dotnet"],
      [cargoTool, "cargo"],
      [rustup, "rustup"],
      [beside, "patch gunzip gzip bzip2 bunzip2 xz unxz zstd dos2unix split"],
      [find, "find"],
      [xargs, "xargs"],
      [sed, "sed"],
      [compiler, "gcc g++ cc c++ cpp clang clang++ rustc as ld ar objcopy"],
      [source, ". source"],
      [python, "python python3 python2 virtualenv"],
      [pipPackages, "opentelemetry-bootstrap"],
      [openssl, "openssl"],
      [mkcert, "mkcert"],
      [go, "go"],
      [dart, "dart"],
      [java, "java"],
      [gpg, "gpg"],
    ] as const
  ).flatMap(([reading, names]) => names.split(/\s+/).map((name) => [name, reading] as const)),
);

/** What these do, their words and their folder tell. */
const BY_WORDS: ReadonlySet<Reading> = new Set([
  ...[anything, nothing, accounts, caches, mktemp, printing, uniq, trap, awk, beside],
  ...[mkdir, writes, rm, thins, transfer, find, sed],
]);

/** What a command that is no build of a toolchain does to files, its redirection included. */
export function changesOf(run: RunCommand): readonly Change[] {
  return ways.of(run)(run);
}

/** How a command's changes are told, as far as its words tell. */
const ways = new CommandMemo((run): Reading => {
  const reading = readingOf(run);
  if (!run.reading || run.command.outputs.length > 0) return here;
  if (!BY_WORDS.has(reading)) return reading === systemPackages ? reading : here;
  const changes = reading(run);
  return () => changes;
});

const here: Reading = remembered((run: RunCommand): readonly Change[] => {
  const [own, written] = [readingOf(run)(run), redirected(run)];
  return written.length === 0 ? own : [...own, ...written];
});

function readingOf({ program, programWord, values }: RunCommand): Reading {
  if (program === undefined) return anything;
  // A script of the project's own may have the name of a tool.
  if (programWord.text.startsWith("./") && !/^(?:mvnw|gradlew)$/.test(program)) return anything;
  if (values.length === 1 && /^(?:--version|-version|-V|--help)$/.test(values[0] ?? "")) return nothing;
  return READINGS.get(program) ?? READINGS.get(familyOf(program)) ?? anything;
}

/** python3.12 is python, aarch64-linux-gnu-gcc is gcc, sha384sum is sha256sum. */
function familyOf(program: string): string {
  if (/^python[\d.]+$/.test(program)) return "python";
  if (/^pip[\d.]+$/.test(program)) return "pip";
  if (/^(?:sha\d+|b2|md5|ck)sum$/.test(program)) return "sha256sum";
  const tool = program.replace(/^[a-z0-9_]+-(?:[a-z0-9]+-)?linux-[a-z0-9]+-/, "").replace(/-\d+$/, "");
  return tool === program || !/^(?:gcc|g\+\+|cpp|as|ld|ar|strip|ranlib|clang|clang\+\+|objcopy)$/.test(tool)
    ? program
    : tool;
}

function redirected({ command, folder, lookup }: RunCommand): readonly Change[] {
  if (command.outputs.length === 0) return NOTHING;
  return command.outputs.flatMap(({ file }): readonly Change[] => {
    const value = wordValue(file, lookup);
    if (value?.startsWith("/dev/")) return NOTHING;
    const place = placeOf(value, file.text, folder);
    if (!place) return ANYTHING;
    return place.whole ? [makes(place.path, "file")] : touches(place.path);
  });
}

/** A script of awk that redirects what it prints, or gives it to a shell. */
function passesOn(script: string): boolean {
  const print = script.indexOf("print");
  return /system|\||inplace/.test(script) || (print >= 0 && script.includes(">", print));
}
