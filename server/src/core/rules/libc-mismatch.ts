import type { BaseImage } from "../catalog/catalog";
import { carriedProgram } from "../flow/carried-program";
import type { FileContext } from "../flow/context";
import { copiesOf } from "../flow/copies";
import { installedPackages } from "../flow/packages";
import { lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import type { Finding, Rule } from "./rule";

export const libcMismatch: Rule = {
  id: "libc-mismatch",
  title: "The program wants another C library than its image has",
  group: "runtime",
  severity: "error",
  sameAs: [],
  recipes: [],
  docs: {
    what: "The program is linked with the C library of its build stage, and the final image has none, another one (musl), or an older one.",
    why: "The container dies at once: “no such file or directory” (the loader is missing), or “version `GLIBC_2.34' not found”.",
    limits:
      "For Go it is read from the program's own sources: cgo is on, and a package is used that calls C. Where the sources were not seen, where the build crosses platforms or links statically, and where libraries are copied into the final stage, it is silent.",
    examples: [
      {
        before: `FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN go build -o /app main.go

FROM scratch
COPY --from=build /app /app
CMD ["/app"]
#- main.go
package main

import "net"

func main() { net.Listen("tcp", ":8080") }
`,
        after: `FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go

FROM scratch
COPY --from=build /app /app
CMD ["/app"]
#- main.go
package main

import "net"

func main() { net.Listen("tcp", ":8080") }
`,
      },
    ],
  },
  *check(context) {
    const program = carriedProgram(context);
    if (!program || context.failure(program.build)) return;
    const { build, view, builder, stage } = program;
    const runtime = build.toolchain.runtime(build, view);
    const from = context.image(builder);
    if (!runtime || typeof runtime.dynamic !== "object" || !from?.libc || bringsLibraries(context, stage)) return;
    const mismatch = compare(from, stage, context.image(stage));
    if (!mismatch) return;
    yield {
      span: build.span,
      message: `The program is linked with ${name(from)} of its build stage (${runtime.dynamic.why}), and ${mismatch.what}.`,
      confidence: mismatch.certain ? "certain" : "likely",
      related: stage.base.token ? [{ span: stage.base.token.span, message: "This is where the program runs." }] : [],
      fixes: runtime.makesStatic
        ? [{ title: "Build without cgo (CGO_ENABLED=0)", safety: "review", edits: runtime.makesStatic }]
        : [],
    } satisfies Finding;
  },
};

function name({ libc, glibc }: BaseImage): string {
  return [libc, libc === "glibc" ? glibc : undefined].filter(Boolean).join(" ");
}

/** glibc 2.34 took in libpthread, and every program that is linked since wants that version of its start code. */
const MERGED = 34;

function compare(
  from: BaseImage,
  final: Stage,
  to: BaseImage | undefined,
): { what: string; certain: boolean } | undefined {
  const scratch = lineage(final)[0]?.base.kind === "scratch";
  const place = final.base.token?.text ?? "";
  if (scratch || to?.libc === "none") return { what: `${place} has no C library`, certain: true };
  if (!to?.libc) return undefined;
  if (to.libc !== from.libc) return { what: `${place} has ${name(to)}`, certain: true };
  const [built, there] = [minor(from.glibc), minor(to.glibc)];
  if (built === undefined || there === undefined || built <= there) return undefined;
  return { what: `${place} has ${name(to)}, which is older`, certain: built >= MERGED && there < MERGED };
}

function minor(version: string | undefined): number | undefined {
  const found = /^2\.(\d+)$/.exec(version ?? "")?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Something is copied to where libraries stand, or a package brings the other C library. */
function bringsLibraries(context: FileContext, stage: Stage): boolean {
  const copied = lineage(stage)
    .flatMap((each) => copiesOf(each, context.syntax.escape))
    .some(
      ({ target }) =>
        target === undefined || target === "/" || /^\/(?:usr\/)?(?:local\/)?lib(?:\/|\d|x32|$)/.test(target),
    );
  const installed = context
    .view(stage)
    .commands.some((run) =>
      installedPackages(run).some((name) => /^(?:gcompat|libc6|libc6-compat|musl|glibc)$/.test(name)),
    );
  return copied || installed;
}
