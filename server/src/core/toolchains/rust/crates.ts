import { nativeLibrary } from "../native-libraries";
import type { NativeLibrary } from "../toolchain";

/**
 * Crates that are C, or link to it, by what their programs need of the system: nothing where they bring their sources and
 * link them in (the `links` key and build.rs of each on crates.io), else a library by its name for the linker. Those that do
 * one or the other by a feature, or by what pkg-config finds, name the library: a program may need it. General knowledge of
 * 2026-11-22, not read crate by crate.
 */
const CRATES: Readonly<Record<string, string>> = {
  ...each(
    "",
    "ring aws-lc-sys aws-lc-fips-sys zstd-sys lz4-sys libmimalloc-sys tikv-jemalloc-sys jemalloc-sys libz-ng-sys onig_sys " +
      "linux-raw-sys inotify-sys libfuzzer-sys snmalloc-sys blake3-sys secp256k1-sys protobuf-src " +
      "netlink-sys librocksdb-sys lmdb-sys lmdb-rkv-sys lmdb-master-sys mdbx-sys brotli-sys wepoll-ffi sqlite-vec rustls-ffi mimalloc " +
      "tree-sitter-sys quiche boring-sys perf-event-open-sys clang-sys llvm-sys mozjpeg-sys leveldb-sys libduckdb-sys",
  ),
  "openssl-sys": "ssl",
  "libz-sys": "z",
  "libsqlite3-sys": "sqlite3",
  "pq-sys": "pq",
  "curl-sys": "curl",
  "libssh2-sys": "ssh2",
  "libgit2-sys": "git2",
  "bzip2-sys": "bz2",
  "lzma-sys": "lzma",
  "liblzma-sys": "lzma",
  "rdkafka-sys": "rdkafka",
  "libsodium-sys": "sodium",
  "libsodium-sys-stable": "sodium",
  "zmq-sys": "zmq",
  "gmp-mpfr-sys": "gmp",
  "libusb1-sys": "usb-1.0",
  "libwebp-sys": "webp",
  "libpng-sys": "png16",
  hidapi: "udev",
  "libudev-sys": "udev",
  "libdbus-sys": "dbus-1",
  "alsa-sys": "asound",
  pcap: "pcap",
  "mysqlclient-sys": "mysqlclient",
  "mariadb-sys": "mariadb",
  "freetype-sys": "freetype",
  "expat-sys": "expat",
  "yeslogic-fontconfig-sys": "fontconfig",
  "fontconfig-sys": "fontconfig",
  "krb5-sys": "krb5",
  "libgssapi-sys": "gssapi_krb5",
  "sasl2-sys": "sasl2",
  "magic-sys": "magic",
  ncurses: "ncursesw",
  "libpulse-sys": "pulse",
  "soxr-sys": "soxr",
};

/** Crates of other systems: a lock file lists them for all. */
const ELSEWHERE =
  /^(?:windows|winapi|wasi|wasm|js-|web-|core-foundation|core-graphics|security-framework|system-configuration|ndk|jni|android|mach|macos|objc|cocoa|fsevent|kqueue|dispatch|schannel|kernel32|advapi32|user32|ws2_32|io-kit|coreaudio|fuchsia|redox|hermit|vmm)/;

/** By its name a crate may link to C: the convention of `-sys`, and some without it. */
const LINKS = /-sys$|^(?:pyo3|gtk4?|glib|gstreamer|opencv|mlua|rlua|magick_rust|ffmpeg-next|tch|ort)$/;

function each(library: string, names: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, library]));
}

/** What the crates of a program need of the system; a sentence where one of them may need what is not known. */
export function crateLibraries(crates: ReadonlySet<string>): readonly NativeLibrary[] | string {
  const found: NativeLibrary[] = [];
  for (const crate of crates) {
    if (ELSEWHERE.test(crate)) continue;
    const library = Object.hasOwn(CRATES, crate) ? CRATES[crate] : undefined;
    if (library === undefined && !LINKS.test(crate)) continue;
    if (library === undefined)
      return `The program uses the crate ${crate}, which may link to a library of the system that is not known here.`;
    // openssl-src builds OpenSSL with the program.
    if (library === "" || (crate === "openssl-sys" && crates.has("openssl-src"))) continue;
    found.push(nativeLibrary(library, `its crate ${crate} may link to it`));
  }
  // A library that is loaded by its name shows in no file; bindgen has one for the build alone.
  if (crates.has("libloading") && !crates.has("clang-sys"))
    return "The program uses the crate libloading, which loads libraries at run time: which ones cannot be told.";
  return found;
}
