import type { BaseImage } from "../catalog/catalog";
import { bringsLibc, bringsLibraries } from "../flow/running/libraries";
import { linkedProgram } from "../flow/running/linked-program";
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
      "For Go it is read from the program's own sources: cgo is on, and a package is used that calls C. C compilers and cargo link with the C library unless a flag says otherwise; for cargo that is certain where the folder was seen and no file of it sets another target. Where the sources were not seen, where the build crosses platforms or links statically, and where libraries are copied into the final stage, it is silent.",
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
    for (const { stage, certain } of context.targets) {
      const program = linkedProgram(context, stage);
      const from = program && context.image(program.builder);
      if (!program || !from?.libc || bringsLibraries(context, stage, program.path)) continue;
      const mismatch = compare(from, stage, context.image(stage));
      if (!mismatch || (mismatch.otherLibc && bringsLibc(context, stage))) continue;
      yield {
        span: program.span,
        message: `The program is linked with ${name(from)} of its build stage (${program.why}), and ${mismatch.what}.`,
        confidence: certain && mismatch.certain && program.sure ? "certain" : "likely",
        // Versions after that are a risk: only what the program calls counts.
        ...(mismatch.certain ? {} : { severity: "warning" as const }),
        related: stage.base.token ? [{ span: stage.base.token.span, message: "This is where the program runs." }] : [],
        fixes: program.makesStatic
          ? [{ title: "Build without cgo (CGO_ENABLED=0)", safety: "review", edits: program.makesStatic }]
          : [],
      } satisfies Finding;
    }
  },
};

function name({ libc, glibc }: BaseImage): string {
  return [libc, libc === "glibc" ? glibc : undefined].filter(Boolean).join(" ");
}

interface Mismatch {
  readonly what: string;
  readonly certain: boolean;
  /** It is not a matter of versions. */
  readonly otherLibc: boolean;
}

/** glibc 2.34 took in libpthread, and every program that is linked since wants that version of its start code. */
const MERGED = 34;

function compare(from: BaseImage, final: Stage, to: BaseImage | undefined): Mismatch | undefined {
  const scratch = lineage(final)[0]?.base.kind === "scratch";
  const place = final.base.token?.text ?? "";
  if (scratch || to?.libc === "none") return { what: `${place} has no C library`, certain: true, otherLibc: true };
  if (!to?.libc) return undefined;
  if (to.libc !== from.libc) return { what: `${place} has ${name(to)}`, certain: true, otherLibc: true };
  const [built, there] = [minor(from.glibc), minor(to.glibc)];
  if (built === undefined || there === undefined || built <= there) return undefined;
  const certain = built >= MERGED && there < MERGED;
  return { what: `${place} has ${name(to)}, which is older`, certain, otherLibc: false };
}

function minor(version: string | undefined): number | undefined {
  const found = /^2\.(\d+)$/.exec(version ?? "")?.[1];
  return found === undefined ? undefined : Number(found);
}
