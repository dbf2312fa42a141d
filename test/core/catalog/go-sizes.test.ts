import { describe, expect, test } from "vitest";
import {
  goBuildCacheSize,
  goInstallSize,
  goPackageVersion,
  goProgramSize,
} from "../../../server/src/core/catalog/go-sizes";
import type { Size } from "../../../server/src/core/catalog/size";

/** How far an estimate is from what was measured, as a part of it. */
function error(size: Size | undefined, measured: number): number {
  return Math.abs((size?.bytes ?? Number.NaN) / measured - 1);
}

const BOTH = { recommends: true, listsKept: true };

describe("goInstallSize", () => {
  // Layers of images that were built on an engine on 2026-11-21, and are in no table.
  test.each([
    ["ubuntu", "resolute", ["golang-go"], BOTH, 551_960_580],
    ["ubuntu", "jammy", ["golang-go"], BOTH, 800_376_757],
    ["debian", "trixie", ["golang", "git", "ca-certificates"], { recommends: false, listsKept: false }, 373_745_173],
  ] as const)("%s %s %j %j", (distro, release, packages, options, measured) => {
    const size = goInstallSize(distro, release, packages, options);
    expect(error(size, measured)).toBeLessThan(0.05);
    expect(size?.low).toBeLessThan(measured);
    expect(size?.high).toBeGreaterThan(measured);
    expect(size).toMatchObject({ kind: "unpacked", source: "estimate", platform: "linux/amd64" });
  });

  test.each(["resolute", "noble", "jammy", "trixie", "bookworm", "bullseye"])(
    "knows %s, and that Recommends and lists cost",
    (release) => {
      const distro = ["resolute", "noble", "jammy"].includes(release) ? "ubuntu" : "debian";
      const bytes = (recommends: boolean, listsKept: boolean) =>
        goInstallSize(distro, release, ["golang-go"], { recommends, listsKept })?.bytes ?? 0;
      expect(bytes(false, false)).toBeGreaterThan(200e6);
      expect(bytes(true, false)).toBeGreaterThan(bytes(false, false) * 1.4);
      expect(bytes(false, true) - bytes(false, false)).toBeGreaterThan(15e6);
      expect(goPackageVersion(distro, release)).toMatch(/^1\.\d\d$/);
    },
  );

  test("reads versions and architectures off names", () => {
    const plain = goInstallSize("debian", "bookworm", ["golang-go", "git"], BOTH);
    expect(goInstallSize("debian", "bookworm", ["golang-go=2:1.19~1", "git:amd64"], BOTH)).toEqual(plain);
  });

  test("knows only a lower bound where a package is not in the table", () => {
    const size = goInstallSize("ubuntu", "noble", ["golang-go", "cowsay"], BOTH);
    expect(size).toMatchObject({ bytes: null, source: "estimate" });
    expect(size?.low).toBeGreaterThan(400e6);
    expect(size?.high).toBeUndefined();
  });

  test.each([
    ["another release", "ubuntu", "focal", ["golang-go"]],
    ["another distribution", "alpine", "alpine3.21", ["go"]],
    ["no Go", "debian", "bookworm", ["git"]],
    ["nothing", "debian", "bookworm", []],
  ] as const)("knows nothing of %s", (_what, distro, release, packages) =>
    expect(goInstallSize(distro, release, packages, BOTH)).toBeUndefined(),
  );
});

/** Programs that were built and measured to see how good the table is, and are not in it: bytes plain, stripped, of the cache. */
const HELD_OUT: readonly (readonly [
  version: string,
  imports: string,
  plain: number,
  stripped: number,
  cache: number,
])[] = [
  ["1.26", "context encoding/json flag fmt io net/http net/url os time", 8906428, 6152354, 87360592],
  ["1.26", "crypto/sha256 encoding/hex fmt io io/fs os path/filepath", 2891369, 1929378, 36653133],
  ["1.26", "embed html/template io/fs log log/slog net/http os", 12315849, 8564898, 94202005],
  ["1.26", "flag fmt image image/jpeg image/png log net/http os", 8790765, 6066338, 87069777],
  ["1.26", "encoding/json fmt log net/http strconv strings sync time", 8768407, 6058146, 86698205],
  ["1.26", "bufio errors flag fmt io os strings unicode", 2543602, 1683618, 34995323],
  ["1.22", "context encoding/json flag fmt io net/http net/url os time", 7471582, 5062808, 67152919],
  ["1.22", "crypto/sha256 encoding/hex fmt io io/fs os path/filepath", 2200519, 1429656, 29374193],
  ["1.22", "embed html/template io/fs log log/slog net/http os", 10343347, 7069848, 73363645],
  ["1.22", "flag fmt image image/jpeg image/png log net/http os", 7485462, 5062808, 67761835],
  ["1.22", "encoding/json fmt log net/http strconv strings sync time", 7372479, 4993176, 66626120],
  ["1.22", "bufio errors flag fmt io os strings unicode", 2061828, 1331352, 28820117],
];

describe("goProgramSize and goBuildCacheSize", () => {
  test.each(HELD_OUT)("Go %s, %s", (goVersion, imports, plain, stripped, cache) => {
    const paths = imports.split(" ");
    for (const [size, measured] of [
      [goProgramSize(paths, { stripped: false, goVersion }), plain],
      [goProgramSize(paths, { stripped: true, goVersion }), stripped],
      [goBuildCacheSize(goVersion, paths), cache],
    ] as const) {
      expect(error(size, measured)).toBeLessThan(0.12);
      expect(size?.low).toBeLessThan(measured * 1.02);
      expect(size?.high).toBeGreaterThan(measured * 0.98);
      expect(size).toMatchObject({ kind: "unpacked", source: "estimate", asOf: expect.stringMatching(/^2026-/) });
    }
  });

  test("the larger the library, the larger the program; stripped is smaller", () => {
    const bytes = (imports: readonly string[], stripped = true) =>
      goProgramSize(imports, { stripped, goVersion: "1.24" }).bytes ?? 0;
    const sizes = [["os"], ["fmt"], ["encoding/json"], ["net/http"], ["net/http", "html/template"]].map((imports) =>
      bytes(imports),
    );
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(bytes(["fmt"])).toBeLessThan(bytes(["fmt"], false) * 0.8);
  });

  test("what is not known makes the range wide", () => {
    const width = ({ low = 0, high = 0 }: Size) => high / low;
    const known = goProgramSize(["fmt"], { stripped: true, goVersion: "1.26" });
    expect(width(known)).toBeLessThan(1.3);
    for (const wide of [
      goProgramSize(undefined, { stripped: true }),
      goProgramSize(["fmt", "example.com/x"], { stripped: true }),
      goProgramSize(["fmt"], { stripped: true, thirdParty: true }),
    ]) {
      expect(width(wide)).toBeGreaterThan(5);
      expect(wide.bytes).toBeGreaterThan(known.bytes ?? 0);
    }
    expect(goProgramSize(["fmt", "example.com/own"], { stripped: true, goVersion: "1.26", thirdParty: false })).toEqual(
      known,
    );
    expect(width(goProgramSize(["fmt"], { stripped: true }))).toBeGreaterThan(width(known));
  });

  test("a module that was measured is known", () => {
    const size = goProgramSize(["fmt", "github.com/gin-gonic/gin/binding"], { stripped: true, goVersion: "1.26" });
    expect((size.high ?? 0) / (size.low ?? 1)).toBeLessThan(2);
    expect(size.bytes).toBeGreaterThan(5e6);
  });

  test("versions are read as they are written, and the nearest that was measured stands in", () => {
    const size = (goVersion: string) => goProgramSize(["fmt"], { stripped: true, goVersion });
    expect(size("go1.26.8")).toEqual(size("1.26"));
    expect(size("1.26rc1")).toEqual(size("1.26"));
    expect(size("1.99").bytes).toBe(size("1.26").bytes);
    expect(size("1.99").high).toBeGreaterThan(size("1.26").high ?? 0);
    expect(size("1.12").bytes).toBeLessThan(size("1.26").bytes ?? 0);
    expect(goBuildCacheSize("latest")).toBeUndefined();
    expect(goBuildCacheSize("1.18", ["fmt"])?.bytes).toBeLessThan(1e6);
    expect(goBuildCacheSize("1.20", ["fmt"])?.bytes).toBeGreaterThan(0);
    expect(goBuildCacheSize(undefined, ["fmt"])?.bytes).toBeGreaterThan(20e6);
  });

  test("is quick with very many imports", () => {
    const imports = Array.from({ length: 50_000 }, (_, at) => (at % 2 ? "net/http" : `x.y/${at}`));
    const start = performance.now();
    goProgramSize(imports, { stripped: true });
    goInstallSize("debian", "bookworm", ["golang", ...imports], BOTH);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
