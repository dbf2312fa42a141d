import type { NodeLock } from "../../project/node-lock";
import type { PackageJson } from "../../project/package-json";
import { rememberedBeside } from "../../text/remembered";
import { packagesOfProgram } from "../system-programs";

/** What a package wants of its image beside Node and its own files. */
interface Want {
  /** For a sentence. */
  readonly what: string;
  /** The packages of Debian that bring it; undefined where that is more than a package. */
  readonly debian?: readonly string[] | undefined;
  /** Its install, or a command of its own, fetches a browser to a folder of its user. */
  readonly fetches?: true;
}

/** What is wanted also where another package brings what wants it. */
const WANTS: Readonly<Record<string, Want>> = {
  ...each(
    { what: "a browser and its libraries", fetches: true },
    "puppeteer playwright @playwright/test playwright-chromium playwright-firefox playwright-webkit cypress",
  ),
  ...each({ what: "a browser and its libraries" }, "chrome-aws-lambda @sparticuz/chromium phantomjs-prebuilt"),
  ...each({ what: "the library of PostgreSQL", debian: ["libpq5"] }, "pg-native libpq"),
  // prisma.io/docs: on node:slim its engine wants the package openssl.
  ...each(
    { what: "an engine that asks the system for its OpenSSL through a shell", debian: ["openssl"] },
    "prisma @prisma/client @prisma/engines",
  ),
  ...each({ what: "the libraries of Cairo" }, "canvas"),
  ...each({ what: "the library of ODBC" }, "odbc ibm_db msnodesqlv8"),
  ...each({ what: "the library of libsecret", debian: ["libsecret-1-0"] }, "keytar"),
  ...each({ what: "the libraries of X11" }, "robotjs gl clipboardy"),
  ...each({ what: "ALSA's library", debian: ["libasound2"] }, "speaker"),
  ...each({ what: "libgit2's libraries" }, "nodegit"),
};

/** What a package of the program's own choice calls. */
const CALLS: Readonly<Record<string, Want>> = {
  ...each({ what: "a browser" }, "puppeteer-core playwright-core chrome-launcher html-pdf"),
  ...each(
    { what: "a shell", debian: ["procps"] },
    "node-pty shelljs zx systeminformation pidusage node-machine-id ps-list ps-tree tree-kill find-process macaddress getmac node-os-utils node-cmd exec-sh",
  ),
  ...each({ what: "the program git", debian: packagesOfProgram("git") }, "simple-git gitlog isomorphic-git-shell"),
  ...each({ what: "the program ffmpeg", debian: ["ffmpeg"] }, "fluent-ffmpeg"),
  ...each({ what: "the programs of ImageMagick", debian: ["imagemagick"] }, "gm imagemagick easyimage"),
  ...each({ what: "Python" }, "python-shell pythonia"),
  ...each({ what: "LibreOffice" }, "libreoffice-convert docx-pdf"),
  ...each({ what: "the program wkhtmltopdf" }, "wkhtmltopdf wkhtmltoimage"),
  ...each({ what: "the programs of poppler", debian: ["poppler-utils"] }, "node-poppler pdf-poppler pdf-image"),
  ...each(
    { what: "the program ps", debian: ["procps"] },
    "pm2 concurrently npm-run-all npm-run-all2 ts-node-dev forever",
  ),
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
  /** Why a package cannot run on an image without a shell and libraries; undefined where none is known to be so. */
  readonly wants:
    | {
        readonly why: string;
        readonly debian: readonly string[] | undefined;
        /** The package that fetches a browser to a folder of its user. */
        readonly fetched?: string | undefined;
        /** What no known package brings is a browser, and nothing else. */
        readonly isBrowser?: boolean;
      }
    | undefined;
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
  const wanting = names.filter((name) => Object.hasOwn(WANTS, name) && isShipped(name));
  const calling = direct.filter((name) => Object.hasOwn(CALLS, name));
  const open = [...(lock?.scripted ?? [])].find(
    (name) => !CLOSED.has(name) && !Object.hasOwn(WANTS, name) && !isScoped(name, names),
  );
  const native = lock?.scripted && lock.bound ? lock.scripted.size > 0 || lock.bound.size > 0 : undefined;
  return {
    wants: wantsOf(wanting, calling, open),
    isNative: json?.dependencies.size === 0 && !lock ? false : native,
    writes: names.some((name) => WRITERS.test(name)),
    seen: native !== undefined || (json !== undefined && json.dependencies.size === 0),
  };
}

/** The first thing that is wanted, one for which no package is known before the others; and the packages for all of them. */
function wantsOf(
  wanting: readonly string[],
  calling: readonly string[],
  open: string | undefined,
): PackageNeeds["wants"] {
  const all = [
    ...wanting.map((name) => ({ ...WANTS[name], why: `It uses ${name}, which wants ${WANTS[name]?.what}` })),
    ...calling.map((name) => ({ ...CALLS[name], why: `It uses ${name}, which calls ${CALLS[name]?.what}` })),
  ];
  if (open !== undefined) {
    const why = `It uses ${open}, which runs a script when it is installed, and which libraries that wants is not known`;
    all.push({ what: "", why });
  }
  const alone = all.find(({ debian }) => !debian);
  const first = alone ?? all[0];
  const fetched = wanting.find((name) => WANTS[name]?.fetches);
  return (
    first && {
      why: first.why,
      debian: alone ? undefined : [...new Set(all.flatMap(({ debian = [] }) => debian))],
      fetched,
      isBrowser: all.every(({ what = "", debian }) => debian !== undefined || what.startsWith("a browser")),
    }
  );
}

/** Builds of a package for one platform come in packages of its own: `@esbuild/linux-x64`. */
function isScoped(name: string, names: readonly string[]): boolean {
  const [scope = "", own] = name.split("/");
  return own !== undefined && /^(?:linux|darwin|win32)-/.test(own) && names.includes(scope.slice(1));
}

function each(want: Want, names: string): Readonly<Record<string, Want>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, want]));
}
