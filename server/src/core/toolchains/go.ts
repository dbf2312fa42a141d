import { artifactsOf } from "./go/artifacts";
import { readGoArguments } from "./go/flags";
import { moduleFailure } from "./go/module";
import { planOf } from "./go/plan";
import { runtimeOf, symbolEdits } from "./go/runtime";
import type { Build, RunCommand, StageView, Toolchain } from "./toolchain";

/**
 * Go: `go build` and `go install`. A program built with CGO_ENABLED=0 needs no C library, so it runs on distroless
 * static, and on scratch where it wants no certificates, zones, users or temporary files.
 * `go/artifacts.ts` tells where its programs come to stand, `go/sources.ts` what they want, `go/plan.ts` what is not safe.
 */
export const go: Toolchain = {
  id: "go",
  title: "Go",
  buildPackages: new Set(["golang", "golang-go", "golang-src", "gccgo", "gccgo-go", "go"]),
  buildCommands: new Set(["go", "gofmt"]),
  ownFolders: ["/go/pkg", "/go/bin", "/usr/local/go", "/root/go"],
  leavesProgramsAlone: true,
  linksLibraries: false,
  isBuildVariable: (name) => BUILD_VARIABLES.has(name),
  builds: (view) =>
    view.commands
      .filter(isBuild)
      .slice(0, MAX_BUILDS)
      .flatMap((run) => buildOf(run, view)),
  failure: moduleFailure,
  runtime: runtimeOf,
  strip: symbolEdits,
  plan: planOf,
};

/** What `go help environment` lists: the go command reads it, no program does. */
const BUILD_VARIABLES = new Set(
  (
    "GCCGO GO111MODULE GO386 GOAMD64 GOARCH GOARM GOARM64 GOAUTH GOBIN GOCACHE GOCACHEPROG GOENV GOEXE GOEXPERIMENT GOFIPS140 " +
    "GOFLAGS GOHOSTARCH GOHOSTOS GOINSECURE GOMIPS GOMIPS64 GOMODCACHE GONOPROXY GONOSUMDB GOOS GOPATH GOPPC64 GOPRIVATE " +
    "GOPROXY GORISCV64 GOROOT GOSUMDB GOTELEMETRY GOTMPDIR GOTOOLCHAIN GOTOOLDIR GOVCS GOVERSION GOWASM GOWORK GOLANG_VERSION " +
    "AR CC CXX CGO_ENABLED CGO_CFLAGS CGO_CPPFLAGS CGO_CXXFLAGS CGO_FFLAGS CGO_LDFLAGS PKG_CONFIG"
  ).split(" "),
);

/** A stage with more builds is not looked at beyond these: each of them asks where its files come from. */
const MAX_BUILDS = 50;

function isBuild({ program, values }: RunCommand): boolean {
  return program === "go" && (values[0] === "build" || values[0] === "install");
}

function buildOf(run: RunCommand, view: StageView): readonly Build[] {
  const args = readGoArguments(run);
  if (!args) return [];
  const end = run.args.at(-1)?.word.span.end ?? run.programWord.span.end;
  const span = { start: run.programWord.span.start, end };
  const isTool = args.packages?.some((path) => path.includes("@")) ?? false;
  return [{ toolchain: go, run, span, artifacts: artifactsOf(run, args, view), isTool }];
}
