import type { NativeLibrary } from "./toolchain";

/** Libraries of glibc, and what compilers link in as archives. */
export const OF_LIBC: ReadonlySet<string> = new Set("c m pthread dl rt util resolv anl gcc gcc_eh".split(" "));
/** Those of the compiler, which distroless cc has (cc/config.bzl of GoogleContainerTools/distroless). */
export const OF_COMPILER: ReadonlySet<string> = new Set("stdc++ gcc_s gomp".split(" "));

/**
 * Debian's -dev package of each, and whether the library is complete by itself: it loads no data and no plugins of its own.
 * General knowledge of 2026-11-22; of those in doubt it is false.
 */
const LIBRARIES: Readonly<Record<string, readonly [dev: string, complete: boolean]>> = {
  ssl: ["libssl-dev", true],
  crypto: ["libssl-dev", true],
  z: ["zlib1g-dev", true],
  zstd: ["libzstd-dev", true],
  sqlite3: ["libsqlite3-dev", true],
  pq: ["libpq-dev", true],
  curl: ["libcurl4-openssl-dev", true],
  ssh2: ["libssh2-1-dev", true],
  git2: ["libgit2-dev", true],
  bz2: ["libbz2-dev", true],
  lzma: ["liblzma-dev", true],
  lz4: ["liblz4-dev", true],
  snappy: ["libsnappy-dev", true],
  rdkafka: ["librdkafka-dev", true],
  sodium: ["libsodium-dev", true],
  zmq: ["libzmq3-dev", true],
  gmp: ["libgmp-dev", true],
  mpfr: ["libmpfr-dev", true],
  "usb-1.0": ["libusb-1.0-0-dev", true],
  webp: ["libwebp-dev", true],
  png: ["libpng-dev", true],
  png16: ["libpng-dev", true],
  jpeg: ["libjpeg-dev", true],
  turbojpeg: ["libturbojpeg0-dev", true],
  tiff: ["libtiff-dev", true],
  freetype: ["libfreetype-dev", true],
  expat: ["libexpat1-dev", true],
  yaml: ["libyaml-dev", true],
  "yaml-cpp": ["libyaml-cpp-dev", true],
  xml2: ["libxml2-dev", true],
  jansson: ["libjansson-dev", true],
  "json-c": ["libjson-c-dev", true],
  cjson: ["libcjson-dev", true],
  jsoncpp: ["libjsoncpp-dev", true],
  fmt: ["libfmt-dev", true],
  spdlog: ["libspdlog-dev", true],
  uv: ["libuv1-dev", true],
  event: ["libevent-dev", true],
  ev: ["libev-dev", true],
  hiredis: ["libhiredis-dev", true],
  microhttpd: ["libmicrohttpd-dev", true],
  pcap: ["libpcap-dev", true],
  pcre: ["libpcre3-dev", true],
  "pcre2-8": ["libpcre2-dev", true],
  uuid: ["uuid-dev", true],
  crypt: ["libcrypt-dev", true],
  ffi: ["libffi-dev", true],
  protobuf: ["libprotobuf-dev", true],
  pqxx: ["libpqxx-dev", true],
  mosquitto: ["libmosquitto-dev", true],
  leveldb: ["libleveldb-dev", true],
  gflags: ["libgflags-dev", true],
  glog: ["libgoogle-glog-dev", true],
  tinyxml2: ["libtinyxml2-dev", true],
  PocoFoundation: ["libpoco-dev", true],
  PocoNet: ["libpoco-dev", true],
  PocoUtil: ["libpoco-dev", true],
  PocoXML: ["libpoco-dev", true],
  PocoJSON: ["libpoco-dev", true],
  boost_system: ["libboost-system-dev", true],
  boost_filesystem: ["libboost-filesystem-dev", true],
  boost_thread: ["libboost-thread-dev", true],
  boost_program_options: ["libboost-program-options-dev", true],
  boost_regex: ["libboost-regex-dev", true],
  // These look for data, plugins or settings of their own.
  udev: ["libudev-dev", false],
  "dbus-1": ["libdbus-1-dev", false],
  asound: ["libasound2-dev", false],
  pulse: ["libpulse-dev", false],
  mysqlclient: ["default-libmysqlclient-dev", false],
  mariadb: ["libmariadb-dev", false],
  fontconfig: ["libfontconfig-dev", false],
  krb5: ["libkrb5-dev", false],
  gssapi_krb5: ["libkrb5-dev", false],
  sasl2: ["libsasl2-dev", false],
  magic: ["libmagic-dev", false],
  ncurses: ["libncurses-dev", false],
  ncursesw: ["libncurses-dev", false],
  readline: ["libreadline-dev", false],
  soxr: ["libsoxr-dev", true],
};

/** A library by its name; of one that is not listed it is not known what it needs. */
export function nativeLibrary(name: string, why: string): NativeLibrary {
  if (OF_COMPILER.has(name)) return { name, why, isComplete: true, dev: undefined };
  const [dev, isComplete = false] = (Object.hasOwn(LIBRARIES, name) ? LIBRARIES[name] : undefined) ?? [];
  return { name, why, isComplete, dev };
}

/** The library whose headers a package of Debian brings. */
export function libraryOfPackage(name: string): string | undefined {
  return Object.keys(LIBRARIES).find((each) => LIBRARIES[each]?.[0] === name);
}
