import type { GoDeed, GoShape } from "./go-calls";

/** Functions of one package that do the same with the same argument. */
export interface Row {
  /** The package, or the module where only the names of functions and methods are looked at. */
  readonly from: string;
  readonly deed: GoDeed;
  readonly shape: GoShape;
  /** The arguments that are paths, the last being -1. */
  readonly args: readonly number[] | "all";
  readonly names: ReadonlySet<string>;
  readonly special?: "flags" | "socket" | "database" | "temporary" | "dotenv" | "owner" | "command";
}

function row(
  from: string,
  deed: GoDeed,
  shape: GoShape,
  args: Row["args"],
  names: string,
  special?: NonNullable<Row["special"]>,
): Row {
  return { from, deed, shape, args, names: new Set(names.split(" ")), ...(special ? { special } : {}) };
}

/** Functions of the standard library by which programs touch files, zones and other programs (pkg.go.dev/std). */
export const STANDARD_CALLS: readonly Row[] = [
  row("os", "reads", "file", [0], "Open ReadFile Stat Lstat Readlink"),
  row("os", "reads", "folder", [0], "ReadDir DirFS OpenRoot"),
  row("os", "writes", "file", [0], "Create WriteFile Remove RemoveAll Chmod Truncate Chtimes"),
  row("os", "writes", "file", [0], "OpenFile", "flags"),
  row("os", "writes", "file", [0], "Chown Lchown", "owner"),
  row("os", "writes", "file", [0, 1], "Rename Symlink Link"),
  row("os", "writes", "folder", [0], "MkdirAll CopyFS"),
  row("os", "writes", "new-folder", [0], "Mkdir"),
  row("os", "writes", "folder", [0], "MkdirTemp CreateTemp", "temporary"),
  row("os", "temp", "folder", [], "TempDir"),
  row("os", "moves", "folder", [], "Chdir"),
  row("os", "starts", "file", [], "StartProcess"),
  row("io/ioutil", "reads", "file", [0], "ReadFile"),
  row("io/ioutil", "reads", "folder", [0], "ReadDir"),
  row("io/ioutil", "writes", "file", [0], "WriteFile"),
  row("io/ioutil", "writes", "folder", [0], "TempFile TempDir", "temporary"),
  row("net/http", "reads", "folder", [0], "Dir"),
  row("net/http", "reads", "file", [2], "ServeFile"),
  row("net/http", "reads", "file", [1, 2], "ListenAndServeTLS"),
  row("net/http", "dials", "file", [0], "Get Head Post PostForm"),
  row("net/http", "dials", "file", [], "NewRequest NewRequestWithContext DefaultClient Client Transport"),
  row("crypto/tls", "dials", "file", [], "Dial DialWithDialer Dialer"),
  row("net", "root", "file", [], "DialIP ListenIP"),
  row("net", "network", "file", [0], "Dial DialTimeout"),
  row("net", "services", "file", [], "LookupPort"),
  row("net", "writes", "file", [1], "Listen ListenUnix ListenPacket ListenUnixgram", "socket"),
  row("path/filepath", "reads", "folder", [0], "Walk WalkDir"),
  row("path/filepath", "reads", "pattern", [0], "Glob"),
  row("path/filepath", "reads", "file", [0], "EvalSymlinks"),
  row("crypto/tls", "reads", "file", [0, 1], "LoadX509KeyPair"),
  row("archive/zip", "reads", "file", [0], "OpenReader"),
  row("go/parser", "reads", "file", [1], "ParseFile"),
  row("go/parser", "reads", "folder", [1], "ParseDir"),
  row("database/sql", "writes", "database", [1], "Open", "database"),
  row("time", "zones", "file", [0], "LoadLocation"),
  row("syscall", "reads", "file", [0], "Open"),
  row("syscall", "starts", "file", [], "Exec ForkExec StartProcess"),
  row("syscall", "root", "file", [], "Mount Unmount Chroot Setuid Setgid Socket Setgroups Fchown Fchownat"),
  row("syscall", "writes", "file", [0], "Chown Lchown", "owner"),
  ...["os", "syscall", "golang.org/x/sys/unix"].map((from) =>
    row(from, "identity", "file", [], "Getuid Geteuid Getgid Getegid Getgroups"),
  ),
  row("runtime", "sources", "file", [], "Caller Callers CallersFrames"),
  row("os/user", "identity", "file", [], "Current"),
  row("net/http/cgi", "starts", "file", [], "Handler"),
  row("plugin", "starts", "file", [], "Open"),
  row("os/exec", "starts", "file", [0], "Command LookPath", "command"),
  row("os/exec", "starts", "file", [1], "CommandContext", "command"),
  row("os/exec", "starts", "file", [], "Cmd"),
];

/** Methods of the standard library, and functions and methods of modules that many programs use, by their names alone. */
export const METHODS: readonly Row[] = [
  ...["html/template", "text/template"].flatMap((from) => [
    row(from, "reads", "file", "all", "ParseFiles"),
    row(from, "reads", "pattern", [0], "ParseGlob"),
  ]),
  row("net/http", "reads", "file", [-2, -1], "ListenAndServeTLS ServeTLS"),
  // Of os.File.
  row("os", "root", "file", [], "Chown"),
  // Of net.Resolver.
  row("net", "services", "file", [], "LookupPort"),
  // Of net.Dialer and net.ListenConfig; their first argument may be a context.
  row("net", "network", "file", [0, 1], "Dial DialContext ListenPacket"),
  row("github.com/gin-gonic/gin", "reads", "pattern", [0], "LoadHTMLGlob"),
  row("github.com/gin-gonic/gin", "reads", "file", "all", "LoadHTMLFiles"),
  row("github.com/gin-gonic/gin", "reads", "folder", [1], "Static"),
  row("github.com/gin-gonic/gin", "reads", "file", [1], "StaticFile"),
  row("github.com/labstack/echo", "reads", "folder", [1], "Static"),
  row("github.com/labstack/echo", "reads", "file", [-1], "File"),
  row("github.com/gofiber/fiber", "reads", "folder", [1], "Static"),
  row("github.com/gofiber/fiber", "reads", "file", [0], "SendFile"),
  row("github.com/gofiber/template", "reads", "folder", [0], "New"),
  row("github.com/pressly/goose", "reads", "folder", [1], "Up Down Status"),
  row("github.com/pressly/goose", "reads", "folder", [2], "UpContext Run"),
  row("github.com/joho/godotenv", "reads", "file", "all", "Load Overload Read", "dotenv"),
  row("github.com/spf13/viper", "reads", "file", [0], "SetConfigFile"),
  row("github.com/spf13/viper", "reads", "configs", [0], "AddConfigPath"),
  row("github.com/BurntSushi/toml", "reads", "file", [0], "DecodeFile"),
  row("github.com/ilyakaznacheev/cleanenv", "reads", "file", [0], "ReadConfig"),
  row("github.com/jmoiron/sqlx", "writes", "database", [1], "Open Connect MustConnect MustOpen", "database"),
  ...["go.etcd.io/bbolt", "github.com/boltdb/bolt"].map((from) => row(from, "writes", "file", [0], "Open")),
  ...["gorm.io/driver/sqlite", "github.com/glebarez/sqlite"].map((from) =>
    row(from, "writes", "database", [0], "Open"),
  ),
  row("github.com/gin-gonic/gin", "writes", "file", [1], "SaveUploadedFile"),
  row("github.com/gofiber/fiber", "writes", "file", [1], "SaveFile"),
  row("github.com/xuri/excelize", "reads", "file", [0], "OpenFile"),
  row("github.com/xuri/excelize", "writes", "file", [0], "SaveAs"),
  row("github.com/oschwald", "reads", "file", [0], "Open"),
  row("github.com/nicksnyder/go-i18n", "reads", "file", [0], "LoadMessageFile MustLoadMessageFile"),
  // A file system of any path.
  row("github.com/spf13/afero", "reads", "file", [99], "NewOsFs"),
  row("github.com/dgraph-io/badger", "writes", "folder", [0], "DefaultOptions"),
  row("github.com/syndtr/goleveldb", "writes", "folder", [0], "OpenFile"),
  row("golang.org/x/crypto/acme/autocert", "writes", "folder", [0], "DirCache"),
];
