import { isOf, RAW_NETWORK } from "../../project/go-calls";
import type { ProgramUse } from "../program-files";
import type { GoProgram } from "./sources";

/** Modules that start programs, which a small image has not. */
const STARTERS = [
  "github.com/chromedp/chromedp",
  "github.com/go-rod/rod",
  "github.com/playwright-community/playwright-go",
  "github.com/u2takey/ffmpeg-go",
  "github.com/SebastiaanKlippert/go-wkhtmltopdf",
  "github.com/creack/pty",
  "github.com/bitfield/script",
];

/** Modules that do what root alone may: raw sockets, the network's setup, the engine's socket. */
const PRIVILEGED = [
  "golang.org/x/net/icmp",
  "github.com/go-ping/ping",
  "github.com/prometheus-community/pro-bing",
  "github.com/google/gopacket",
  "github.com/vishvananda/netlink",
  "github.com/docker/docker/client",
  "github.com/fsouza/go-dockerclient",
];

/** SQLite's drivers: a program that imports one has a database somewhere. */
const DATABASES = [
  "github.com/mattn/go-sqlite3",
  "modernc.org/sqlite",
  "github.com/glebarez/go-sqlite",
  "github.com/glebarez/sqlite",
  "github.com/ncruces/go-sqlite3",
  "gorm.io/driver/sqlite",
  "github.com/jinzhu/gorm/dialects/sqlite",
];

/** A sentence about a module that does what a small image cannot bear, or what its callers do not show. */
export function moduleStops({ own, imports, uses }: GoProgram): string | undefined {
  const starter = imported(imports, STARTERS);
  if (starter) return `The program uses ${starter}, which starts other programs; a minimal image has none.`;
  const driver = imported(
    own.flatMap(({ source }) => source.imports),
    DATABASES,
  );
  if (driver && !uses.some(({ shape }) => shape === "database"))
    return `The program has an SQLite database (it imports ${driver}), and where it lies cannot be told.`;
  return undefined;
}

/** Why the program has to stay root, for a sentence. */
export function needsRoot({ imports, uses }: GoProgram): string | undefined {
  const module = imported(imports, PRIVILEGED);
  const call = uses.find((use) => use.deed === "root" || isRaw(use));
  if (module) return `it uses ${module}, whose work another user may not do`;
  const asks = uses.find(({ deed }) => deed === "identity");
  if (!call && asks) return `it asks who runs it (${asks.call} in ${asks.file})`;
  return call && `it calls ${call.call} (${call.file}), which another user may not`;
}

/** A raw socket, by the network that is dialled. */
function isRaw({ deed, path }: ProgramUse): boolean {
  return deed === "network" && path.base === "image" && RAW_NETWORK.test(path.text);
}

function imported(imports: readonly string[], modules: readonly string[]): string | undefined {
  return modules.find((module) => imports.some((path) => isOf(path, module)));
}
