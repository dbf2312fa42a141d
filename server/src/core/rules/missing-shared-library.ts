import type { BaseImage } from "../catalog/catalog";
import { installOf } from "../flow/commands/packages";
import type { FileContext } from "../flow/context";
import { bringsLibraries } from "../flow/running/libraries";
import { linkedProgram } from "../flow/running/linked-program";
import { linkedPackage } from "../flow/running/python-libraries";
import type { Target } from "../flow/running/targets";
import type { Stage } from "../model/model";
import type { Finding, Fix, Rule } from "./rule";

export const missingSharedLibrary: Rule = {
  id: "missing-shared-library",
  title: "The program wants a shared library that its image has not",
  group: "runtime",
  severity: "error",
  sameAs: [],
  recipes: [],
  docs: {
    what: "The program, or a package of Python, is linked with a shared library of its build stage beside the C library, and the final image has none.",
    why: "The container dies at once: “error while loading shared libraries: libgcc_s.so.1: cannot open shared object file: No such file or directory”, or “ImportError: libpq.so.5: cannot open shared object file”.",
    limits:
      "It knows which of libgcc_s, libstdc++, libssl, libz and libgomp an image has, and that distroless images of no language have no others. Where packages are installed or libraries are copied in the final stage, it is silent. A linker leaves out a library that is not called, so of programs only Rust's own need is certain, and that of a source of C++ that was seen to write to std::cout or std::cerr. Of Python it knows psycopg2 and mysqlclient, which have no wheels for Linux.",
    examples: [
      {
        before: `FROM rust:1-trixie AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/base-debian13:nonroot
COPY --from=build /src/target/release/hello /hello
CMD ["/hello"]
`,
        after: `FROM rust:1-trixie AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /src/target/release/hello /hello
CMD ["/hello"]
`,
      },
    ],
  },
  *check(context) {
    for (const target of context.targets) {
      yield* ofProgram(context, target);
      yield* ofPackage(context, target);
    }
  },
};

function* ofProgram(context: FileContext, { stage, certain }: Target): Iterable<Finding> {
  const program = linkedProgram(context, stage);
  const image = program && context.image(stage);
  const token = stage.base.token;
  // Without the C library, or with another one, that is what the program misses first.
  if (!program || !image || !token || image.libc !== context.image(program.builder)?.libc) return;
  const missing = program.libraries.find(({ name }) => !has(image, name));
  if (!missing || addsLibraries(context, stage, program.path)) return;
  yield {
    span: program.span,
    message: `The program is linked with lib${missing.name}, and ${token.text} has none.`,
    confidence: certain && program.sure && missing.sure ? "certain" : "likely",
    related: [{ span: token.span, message: "This is where the program runs." }],
    fixes: withCompilersLibraries(image, token, missing.name),
  };
}

function* ofPackage(context: FileContext, { stage, certain }: Target): Iterable<Finding> {
  const image = context.image(stage);
  const token = stage.base.token;
  // Those of Docker's python images that are not slim have the libraries of databases (buildpack-deps).
  const bare = image?.role === "distroless" || (image?.name === "python" && /slim/.test(image.tag));
  const found = bare && image.libc === "glibc" ? linkedPackage(context, stage) : undefined;
  if (!found || !token || addsLibraries(context, stage, "")) return;
  yield {
    span: found.span,
    message: `${found.name} is linked with lib${found.library}, and ${token.text} has none.`,
    confidence: certain ? "certain" : "likely",
    related: [{ span: token.span, message: "This is where it is loaded." }],
  };
}

/** The catalog's name for those of which it says whether an image has them. */
const LISTED: Readonly<Record<string, string>> = {
  gcc_s: "gcc",
  "stdc++": "stdc++",
  gomp: "gomp",
  ssl: "ssl",
  crypto: "ssl",
  z: "z",
};

/** Whether an image may have a library: what is not known of it counts as there. */
function has({ libraries, role, ecosystem }: BaseImage, name: string): boolean {
  if (libraries === undefined) return true;
  const listed = LISTED[name];
  return listed === undefined ? role !== "distroless" || ecosystem !== undefined : libraries.includes(listed);
}

/** Libraries come from elsewhere, by a COPY or with a package. */
function addsLibraries(context: FileContext, stage: Stage, program: string): boolean {
  return (
    bringsLibraries(context, stage, program) || context.view(stage).commands.some((run) => installOf(run) !== undefined)
  );
}

/** distroless cc is distroless base with the libraries of the compiler (its cc/README.md). */
function withCompilersLibraries(
  { name }: BaseImage,
  token: { readonly text: string; readonly span: { readonly start: number } },
  library: string,
): readonly Fix[] {
  const [, before = "", rung = ""] = /^(gcr\.io\/distroless\/)(base(?:-nossl)?)(?=-debian|$)/.exec(name) ?? [];
  if (!["gcc_s", "stdc++", "gomp"].includes(library) || rung === "" || !token.text.startsWith(name)) return [];
  const start = token.span.start + before.length;
  return [
    {
      title: `Ship on ${name.replace(`/${rung}`, "/cc")}, which has lib${library}`,
      safety: "review",
      edits: [{ span: { start, end: start + rung.length }, text: "cc" }],
    },
  ];
}
