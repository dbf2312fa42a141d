import { posix } from "../../model/paths";
import { wordValue } from "../../shell/expand";
import type { RunCommand } from "../../toolchains/toolchain";
import { ANYTHING, type Change, makes, NOTHING, operandsOf, placeOf, placesOf, touches } from "./change";
import { curl, git, tar, unzip, wget } from "./fetched";
import { mkdir, rm, thins, transfer, writes } from "./files";
import { globalTool, nodePackages, pip, projectTool, systemFiles, systemPackages, users } from "./installs";

/** What a command does to files. */
type Reading = (run: RunCommand) => readonly Change[];

const nothing: Reading = () => NOTHING;
const accounts: Reading = () => touches("/etc", "/var/mail", "/usr/local/share/ca-certificates");
const caches: Reading = () => [{ kind: "caches" }];
const own: Reading = (run) => touches(run.folder ?? "/");

/** The programs that are understood, by what they do; any other may do anything. */
const READINGS: ReadonlyMap<string, Reading> = new Map(
  (
    [
      [
        nothing,
        `cd set export echo printf true false : ls pwd cat test [ [[ date uname which whoami id file stat du df sleep exit
        chmod chown chgrp umask sha256sum sha512sum sha1sum md5sum grep egrep fgrep head tail wc strip unset shopt trap wait
        read local return break continue shift hash type cut sort uniq tr awk gawk basename dirname readlink realpath
        expr seq nproc arch getconf ldd diff cmp ps kill tty tput getent apt-cache apt-mark dpkg-query xxd od base64 jq yes nl rev env printenv hostname sync free uptime lsb_release dpkg-architecture alias let ulimit logger nm
        readelf objdump groups ranlib cpp pg_config pkg-config sysctl docker-php-source`,
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
        ` ldconfig locale-gen update-alternatives dpkg-reconfigure apt-key add-apt-repository
        debconf-set-selections setcap setfacl a2enmod a2dismod a2ensite a2dissite a2enconf update-rc.d apt-add-repository localedef
        systemctl           setx phpenmod phpdismod
        fc-cache`,
      ],
      [users, "useradd adduser usermod"],
      [
        accounts,
        "groupadd addgroup groupmod delgroup gpasswd passwd chpasswd deluser userdel chsh newusers update-ca-certificates",
      ],
      [caches, "mktemp ssh-keyscan"],
      [dpkg, "dpkg"],
      [cmake, "cmake ninja"],
      [rubyPackages, "gem bundle bundler"],
      [pip, "pip pip2 pip3 uv poetry pipenv"],
      [nodePackages, "npm yarn pnpm bun"],
      [
        projectTool,
        "npx tsc ng vite mvn mvnw gradle gradlew dotnet javac jar jlink sbt mix lein shards dart flutter swift zip",
      ],
      [
        globalTool,
        `composer cargo rustup cabal stack opam nimble dub crystal luarocks cpanm cpan corepack pecl pear
        docker-php-ext-install docker-php-ext-configure docker-php-ext-enable install-php-extensions conda mamba
        micromamba rebar3 hex pipx`,
      ],
      [own, "patch gunzip gzip bzip2 bunzip2 xz unxz zstd dos2unix split"],
      [find, "find"],
      [xargs, "xargs"],
      [sed, "sed"],
      [compiler, "gcc g++ cc c++ clang clang++ rustc as ld ar objcopy"],
      [source, ". source"],
      [python, "python python3 python2 virtualenv"],
      [go, "go"],
      [java, "java"],
      [gpg, "gpg"],
    ] as const
  ).flatMap(([reading, names]) => names.split(/\s+/).map((name) => [name, reading] as const)),
);

const known = new WeakMap<RunCommand, readonly Change[]>();

/** What a command that is no build of a toolchain does to files, its redirection included. */
export function changesOf(run: RunCommand): readonly Change[] {
  const changes = known.get(run) ?? [...read(run), ...redirected(run)];
  known.set(run, changes);
  return changes;
}

function read(run: RunCommand): readonly Change[] {
  const { program, programWord, args } = run;
  if (program === undefined) return ANYTHING;
  // A script of the project's own may have the name of a tool.
  if (programWord.text.startsWith("./") && !/^(?:mvnw|gradlew)$/.test(program)) return ANYTHING;
  if (args.length === 1 && /^(?:--version|-version|-V|--help)$/.test(args[0]?.value ?? "")) return NOTHING;
  return READINGS.get(familyOf(program))?.(run) ?? ANYTHING;
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
  return command.outputs.flatMap(({ file }): readonly Change[] => {
    const value = wordValue(file, lookup);
    if (value?.startsWith("/dev/")) return NOTHING;
    const place = placeOf(value, file.text, folder);
    if (!place) return ANYTHING;
    return place.whole ? [makes(place.path, "file")] : touches(place.path);
  });
}

/** find deletes with -delete; what it runs is understood where that is chmod, chown or rm. */
function find({ args, folder }: RunCommand): readonly Change[] {
  const words = args.map(({ value }) => value ?? "");
  const starts = words.slice(
    0,
    Math.max(
      words.findIndex((word) => /^[-!(]/.test(word)),
      0,
    ),
  );
  const roots = (starts.length > 0 ? starts : ["."]).map((word) => placeOf(word, word, folder)?.path ?? "/");
  const runs = words.flatMap((word, at) =>
    /^-(?:exec|execdir|ok)$/.test(word) ? [posix.basename(words[at + 1] ?? "")] : [],
  );
  if (
    words.some((word) => /^-f(?:print|ls)/.test(word)) ||
    runs.some((name) => !/^(?:chmod|chown|chgrp|rm|rmdir|strip|touch|grep|ldd|echo|sed)$/.test(name))
  )
    return ANYTHING;
  const deletes = words.includes("-delete") || runs.some((name) => name.startsWith("rm"));
  return deletes ? roots.map((path): Change => ({ kind: "thins", path })) : NOTHING;
}

function xargs(run: RunCommand): readonly Change[] {
  const { operands } = operandsOf(run.args, /^-[nPIdLsE]$/);
  const program = posix.basename(operands[0]?.value ?? "");
  if (/^(?:rm|rmdir)$/.test(program)) return [{ kind: "thins", path: "/" }];
  if (/^(?:chmod|chown|strip|ls|cat|echo|grep|ldd|wc|sha256sum|dpkg-query)$/.test(program)) return NOTHING;
  const installs = /^(?:apt|apt-get|apk|dnf|yum)$/.test(program);
  return installs ? systemPackages({ ...run, program, args: operands.slice(1) }) : ANYTHING;
}

/** sed prints, or edits what is there; a suffix keeps the old file beside it. */
function sed({ args, folder }: RunCommand): readonly Change[] {
  const { options, operands } = operandsOf(args, /^(?:-e|-f|--expression|--file)$/);
  if (!options.some((option) => /^-[a-zA-Z]*i|^--in-place/.test(option))) return NOTHING;
  const keeps = options.some((option) => /^-[a-zA-Z]*i.|^--in-place=/.test(option));
  const places = placesOf(
    options.some((option) => /^(?:-e|-f|--)/.test(option)) ? operands : operands.slice(1),
    folder,
  );
  return places
    ? touches(...places.map(({ path }) => (keeps ? posix.dirname(path) : path)))
    : touches(folder ?? "/", "/etc");
}

function compiler(run: RunCommand): readonly Change[] {
  const at = run.args.findIndex(({ value }) => value === "-o");
  const next = run.args[at + 1];
  const place = at < 0 || !next ? undefined : placeOf(next.value, next.word.text, run.folder);
  if ((at >= 0 && !place) || run.folder === undefined) return ANYTHING;
  return [
    ...touches(run.folder, ...(place && !place.whole ? [place.path] : [])),
    ...(place?.whole ? [makes(place.path, "file")] : []),
  ];
}

/** A file of variables; what installs behind it may do so in the environment that it names. */
function source({ args: [file], folder }: RunCommand): readonly Change[] {
  const path = file && placeOf(file.value, file.word.text, folder)?.path;
  if (path === "/etc/os-release" || /\/\.?cargo\/env$/.test(path ?? "")) return NOTHING;
  return path?.endsWith("/bin/activate") ? touches(posix.dirname(posix.dirname(path))) : ANYTHING;
}

/** python -m pip, python -m venv: what the module does; any other script may do anything. */
function python(run: RunCommand): readonly Change[] {
  const { args, program } = run;
  const at = args.findIndex(({ value }) => value === "-m");
  const module = program === "virtualenv" ? "venv" : at >= 0 ? args[at + 1]?.value : undefined;
  const rest = program === "virtualenv" ? args : args.slice(at + 2);
  if (module === "pip") return pip({ ...run, program: "pip", args: rest });
  if (module === "compileall") return NOTHING;
  if (module !== "venv" && module !== "virtualenv") return ANYTHING;
  return operandsOf(rest, /^(?:-p|--python|--prompt)$/).operands.flatMap((each): readonly Change[] => {
    const place = placeOf(each.value, each.word.text, run.folder);
    return place ? [...touches(place.path), ...(place.whole ? [makes(place.path, "folder")] : [])] : ANYTHING;
  });
}

/** `go mod download` and its like fill the module cache alone; `go generate` and `go run` run anything. */
function go(run: RunCommand): readonly Change[] {
  const { args, folder } = run;
  const [verb, second] = args.filter(({ value }) => !value?.startsWith("-")).map(({ value }) => value);
  const home = run.lookup("GOPATH") || "/go";
  const cache = [...touches(`${home}/pkg`, "/go/pkg", "/root/go/pkg"), { kind: "caches" } as const];
  if (verb === "version" || (verb === "env" && !args.some(({ value }) => value === "-w"))) return NOTHING;
  if (
    verb === "vet" ||
    verb === "fmt" ||
    verb === "list" ||
    (verb === "mod" && (second === "download" || second === "verify"))
  )
    return cache;
  if (folder !== undefined && (verb === "get" || (verb === "mod" && second !== "init"))) {
    const names = ["go.mod", "go.sum", "vendor"].map((name) => posix.join(folder, name));
    // Without modules it installs programs, and sources.
    return [...cache, ...touches(...names, ...(verb === "get" ? [home, "/go", "/root/go"] : []))];
  }
  if (verb === "mod" || verb === "work" || verb === "test")
    return folder === undefined ? ANYTHING : [...cache, ...touches(folder)];
  return ANYTHING;
}

/** Spring's layers are unpacked in the folder; any other program may do anything. */
function java(run: RunCommand): readonly Change[] {
  return run.args.some(({ value }) => /^-Djarmode=/.test(value ?? "")) ? projectTool(run) : ANYTHING;
}

function gpg(run: RunCommand): readonly Change[] {
  const at = run.args.findIndex(({ value }) => /^(?:-[a-z]*o|--output)$/.test(value ?? ""));
  const next = run.args[at + 1];
  const place = at < 0 || !next ? undefined : placeOf(next.value, next.word.text, run.folder);
  if (at >= 0 && !place) return ANYTHING;
  const home = run.lookup("GNUPGHOME");
  return [
    ...touches("/etc", "/usr/share", "/root", ...(place ? [place.path] : []), ...(home?.startsWith("/") ? [home] : [])),
    { kind: "caches" },
  ];
}

/** dpkg -i installs a file of somebody's own. */
function dpkg(run: RunCommand): readonly Change[] {
  const installs = run.args.some(({ value }) => /^(?:-i|--install|--unpack|-x|--extract)$/.test(value ?? "-i"));
  return installs ? ANYTHING : systemFiles();
}

/** Configuring and building stay in the project; what installs goes wherever its prefix says. */
function cmake(run: RunCommand): readonly Change[] {
  return run.args.some(({ value }) => value === undefined || /install/.test(value) || value === "-P")
    ? ANYTHING
    : projectTool(run);
}

/** Gems stand where the image keeps them, or in the project. */
function rubyPackages(run: RunCommand): readonly Change[] {
  const homes = ["GEM_HOME", "BUNDLE_PATH", "BUNDLE_APP_CONFIG"].flatMap((name) => run.lookup(name) || []);
  return projectTool(run, ...GEMS, ...homes.filter((path) => path.startsWith("/")));
}

const GEMS = "/usr/local/bundle /usr/local/lib /usr/local/bin /usr/bin /usr/lib /var/lib/gems".split(" ");
