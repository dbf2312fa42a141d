/** Headers of C (ISO C23), POSIX and Linux; a header of C++ has no ending. */
const OF_C =
  /^(?:assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal|stdalign|stdarg|stdatomic|stdbit|stdbool|stdckdint|stddef|stdint|stdio|stdlib|stdnoreturn|string|tgmath|threads|time|uchar|wchar|wctype|aio|alloca|argp|argz|byteswap|cpio|dirent|dlfcn|elf|endian|err|error|execinfo|fcntl|features|fnmatch|ftw|getopt|glob|grp|ifaddrs|langinfo|libgen|link|malloc|memory|monetary|mqueue|ndbm|netdb|nl_types|poll|pthread|pwd|regex|resolv|sched|search|semaphore|shadow|spawn|strings|stropts|sysexits|syslog|tar|termios|ucontext|ulimit|unistd|utime|utmp|utmpx|values|wait|wordexp|\w*intrin|cpuid|omp)\.h$/;
const OF_SYSTEM = /^(?:sys|net|netinet|arpa|linux|asm|asm-generic|bits|scsi|rpc|netpacket|experimental|ext)\//;

/** Headers of libraries, by how they begin, and the library that their programs are linked with; none for headers alone. */
const OF_LIBRARIES: readonly (readonly [prefix: string, library: string])[] = [
  ["sqlite3.h", "sqlite3"],
  ["sqlite3ext.h", "sqlite3"],
  ["libpq-fe.h", "pq"],
  ["postgresql/", "pq"],
  ["pqxx/", "pqxx"],
  ["curl/", "curl"],
  ["openssl/", "ssl"],
  ["zlib.h", "z"],
  ["zstd.h", "zstd"],
  ["bzlib.h", "bz2"],
  ["lzma.h", "lzma"],
  ["lz4.h", "lz4"],
  ["png.h", "png"],
  ["jpeglib.h", "jpeg"],
  ["webp/", "webp"],
  ["expat.h", "expat"],
  ["yaml.h", "yaml"],
  ["yaml-cpp/", "yaml-cpp"],
  ["json-c/", "json-c"],
  ["json/", "jsoncpp"],
  ["jansson.h", "jansson"],
  ["cjson/", "cjson"],
  ["fmt/", "fmt"],
  ["spdlog/", "spdlog"],
  ["uv.h", "uv"],
  ["event2/", "event"],
  ["ev.h", "ev"],
  ["hiredis/", "hiredis"],
  ["microhttpd.h", "microhttpd"],
  ["pcap.h", "pcap"],
  ["pcap/", "pcap"],
  ["pcre2.h", "pcre2-8"],
  ["uuid/", "uuid"],
  ["sodium.h", "sodium"],
  ["zmq.h", "zmq"],
  ["gmp.h", "gmp"],
  ["gmpxx.h", "gmp"],
  ["ncurses.h", "ncurses"],
  ["curses.h", "ncurses"],
  ["readline/", "readline"],
  ["magic.h", "magic"],
  ["mysql/", "mysqlclient"],
  ["mosquitto.h", "mosquitto"],
  ["libxml/", "xml2"],
  ["Poco/", "PocoFoundation"],
  ["nlohmann/", ""],
  ["Eigen/", ""],
];

/** The library of a header that is included; "" where it asks for none beside the compiler's, undefined where that is not known. */
export function libraryOfHeader(name: string): string | undefined {
  if (/^[a-z_]\w*$/.test(name) || OF_C.test(name) || OF_SYSTEM.test(name)) return "";
  return OF_LIBRARIES.find(([prefix]) => (prefix.endsWith("/") ? name.startsWith(prefix) : name === prefix))?.[1];
}

/** Names of pkg-config that are no names of linkers. */
const PACKAGES: Readonly<Record<string, string>> = {
  openssl: "ssl",
  libssl: "ssl",
  libcrypto: "crypto",
  zlib: "z",
  libpq: "pq",
  libcurl: "curl",
  libpng: "png",
  libjpeg: "jpeg",
  "libxml-2.0": "xml2",
  "libpcre2-8": "pcre2-8",
  libevent: "event",
  libuv: "uv",
  libzstd: "zstd",
  liblzma: "lzma",
  liblz4: "lz4",
  "yaml-0.1": "yaml",
  expat: "expat",
  jansson: "jansson",
  hiredis: "hiredis",
  libsodium: "sodium",
  libzmq: "zmq",
  libmicrohttpd: "microhttpd",
  ncurses: "ncurses",
};

/** The library that a package of pkg-config, or one of `find_package` of CMake, stands for, as linkers name it. */
export function libraryOfModule(name: string): string {
  return (
    (Object.hasOwn(PACKAGES, name) ? PACKAGES[name] : undefined) ??
    CMAKE[name.split("::").slice(0, 2).join("::")] ??
    name
  );
}

/** Targets that CMake's own modules define (cmake.org, cmake-modules). */
const CMAKE: Readonly<Record<string, string>> = {
  "Threads::Threads": "pthread",
  "SQLite::SQLite3": "sqlite3",
  "SQLite3::SQLite3": "sqlite3",
  "CURL::libcurl": "curl",
  "OpenSSL::SSL": "ssl",
  "OpenSSL::Crypto": "crypto",
  "ZLIB::ZLIB": "z",
  "PostgreSQL::PostgreSQL": "pq",
  "PNG::PNG": "png",
  "JPEG::JPEG": "jpeg",
  "fmt::fmt": "fmt",
  "spdlog::spdlog": "spdlog",
  "LibXml2::LibXml2": "xml2",
  "EXPAT::EXPAT": "expat",
  "BZip2::BZip2": "bz2",
  "LibLZMA::LibLZMA": "lzma",
  "nlohmann_json::nlohmann_json": "",
  "Eigen3::Eigen": "",
  "Boost::headers": "",
  "stdc++fs": "",
};
