import type { NodeLock } from "../../project/node-lock";
import type { PackageJson } from "../../project/package-json";
import { rememberedBeside } from "../../text/remembered";

/** What a package wants of its image beside Node and its own files, for a sentence: also where another package brings it. */
const WANTS: Readonly<Record<string, string>> = {
  ...each(
    "a browser and its libraries",
    "puppeteer playwright playwright-chromium chrome-aws-lambda phantomjs-prebuilt",
  ),
  ...each("the library of PostgreSQL", "pg-native libpq"),
  ...each("an engine that asks the system for its OpenSSL through a shell", "prisma @prisma/client @prisma/engines"),
  ...each("the libraries of Cairo", "canvas"),
  ...each("the library of ODBC", "odbc ibm_db msnodesqlv8"),
  ...each("the library of libsecret", "keytar"),
  ...each("the libraries of X11", "robotjs gl clipboardy"),
  ...each("ALSA's library", "speaker"),
  ...each("libgit2's libraries", "nodegit"),
};

/** What a package of the program's own choice calls. */
const CALLS: Readonly<Record<string, string>> = {
  ...each("a browser", "puppeteer-core playwright-core chrome-launcher html-pdf"),
  ...each(
    "a shell",
    "node-pty shelljs zx systeminformation pidusage node-machine-id ps-list ps-tree tree-kill find-process macaddress getmac node-os-utils node-cmd exec-sh",
  ),
  ...each("the program git", "simple-git gitlog isomorphic-git-shell"),
  ...each("the program ffmpeg", "fluent-ffmpeg"),
  ...each("the programs of ImageMagick", "gm imagemagick easyimage"),
  ...each("Python", "python-shell pythonia"),
  ...each("LibreOffice", "libreoffice-convert docx-pdf"),
  ...each("the program wkhtmltopdf", "wkhtmltopdf wkhtmltoimage"),
  ...each("the programs of poppler", "node-poppler pdf-poppler pdf-image"),
  ...each("a process of pm2", "pm2"),
};

/**
 * Packages that run a script when they are installed, and that want nothing of their image beside the C and C++ libraries:
 * what they compile or fetch brings the rest with it, or the script only speaks. Each by its own package and build files.
 */
const CLOSED = new Set(
  (
    "bcrypt argon2 sharp better-sqlite3 sqlite3 bufferutil utf-8-validate cpu-features ssh2 esbuild protobufjs core-js core-js-pure core-js-bundle @nestjs/core " +
    "es5-ext msgpackr-extract @parcel/watcher unix-dgram re2 leveldown classic-level lmdb isolated-vm dd-trace @sentry/profiling-node @newrelic/native-metrics @newrelic/fn-inspect " +
    "@apollo/protobufjs unrs-resolver @firebase/util secp256k1 keccak snappy @swc/core @scarf/scarf styled-components farmhash xxhash bigint-buffer @datadog/native-appsec " +
    "@datadog/native-metrics @datadog/pprof @datadog/native-iast-taint-tracking iconv zeromq nodemon fsevents aws-crt hiredis kerberos libxmljs libxmljs2 sodium-native"
  ).split(" "),
);

/** Packages that write files beside the program, or to where they are told. */
const WRITERS =
  /^(?:sqlite3|better-sqlite3|sqlite|lowdb|nedb|@seald-io\/nedb|level|leveldown|classic-level|lmdb|multer|express-fileupload|winston|winston-daily-rotate-file|log4js|bunyan|session-file-store|file-stream-rotator|rotating-file-stream|node-persist|conf|configstore|write-file-atomic|next|nuxt|keyv-file|tingodb|sharp|pdfkit|archiver|typeorm|sequelize|knex|@strapi\/strapi|ghost|node-red)$/;

/** What the packages of a program ask of its image. */
export interface PackageNeeds {
  /** Why a package cannot run on an image without a shell and libraries: a sentence; undefined where none is known to be so. */
  readonly wants: string | undefined;
  /** Some package has files that are for one C library; undefined where that is not known. */
  readonly isNative: boolean | undefined;
  /** Some package writes files at run time. */
  readonly writes: boolean;
  /** All packages that ship are known, and which of them run a script. */
  readonly seen: boolean;
}

/** A program that ships without any. */
export const NO_PACKAGES: PackageNeeds = { wants: undefined, isNative: false, writes: false, seen: true };

/** Reads the packages that ship, from the lock file, or from package.json alone. */
export function packageNeeds(json: PackageJson | undefined, lock: NodeLock | undefined): PackageNeeds {
  return lock ? ofLock(lock, json) : needsOf(json, undefined);
}

/** A lock file has thousands of names, and changes less often than the Dockerfile. */
const ofLock = rememberedBeside((lock: NodeLock, json: PackageJson | undefined) => needsOf(json, lock));

function needsOf(json: PackageJson | undefined, lock: NodeLock | undefined): PackageNeeds {
  const direct = [...(json?.dependencies.keys() ?? [])];
  const names = [...new Set([...(lock?.names ?? []), ...direct])];
  // What only development wants is in a lock file that does not tell the two apart.
  const isShipped = (name: string) => !lock || lock.shippedAlone || !json?.devDependencies.has(name);
  const wanting = names.find((name) => Object.hasOwn(WANTS, name) && isShipped(name));
  const calling = direct.find((name) => Object.hasOwn(CALLS, name));
  const open = [...(lock?.scripted ?? [])].find((name) => !CLOSED.has(name) && !isScoped(name, names));
  const native = lock?.scripted && lock.bound ? lock.scripted.size > 0 || lock.bound.size > 0 : undefined;
  return {
    wants: wanting
      ? `It uses ${wanting}, which wants ${WANTS[wanting]}`
      : calling
        ? `It uses ${calling}, which calls ${CALLS[calling]}`
        : open &&
          `It uses ${open}, which runs a script when it is installed, and which libraries that wants is not known`,
    isNative: json?.dependencies.size === 0 && !lock ? false : native,
    writes: names.some((name) => WRITERS.test(name)),
    seen: native !== undefined || (json !== undefined && json.dependencies.size === 0),
  };
}

/** Builds of a package for one platform come in packages of its own: `@esbuild/linux-x64`. */
function isScoped(name: string, names: readonly string[]): boolean {
  const [scope = "", own] = name.split("/");
  return own !== undefined && /^(?:linux|darwin|win32)-/.test(own) && names.includes(scope.slice(1));
}

function each(what: string, names: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, what]));
}
