import { unpackedSize } from "../catalog/catalog";
import { formatSize } from "../catalog/size";
import { type WholeCopy, wholeCopies } from "../flow/layers/whole-stages";
import type { Finding, Rule } from "./rule";

export const stageCopiedWhole: Rule = {
  id: "stage-copied-whole",
  title: "COPY takes more of a stage than the program",
  group: "size",
  severity: "warning",
  sameAs: ["DL3067"],
  recipes: [],
  docs: {
    what: "`COPY --from` takes the root of a build stage, its /usr, the folder of its compiler, or the folder that the program was compiled in with all its sources.",
    why: "The final stage is there to leave the build behind. A folder that is copied whole brings it back: the compiler, the module cache, the sources, the system that was only there to build. `docker history` shows that COPY as large as the build stage.",
    limits:
      "Only the layers of images that ship are judged. A root that is made on purpose is left alone: a stage on scratch, a folder such as /rootfs, a base without builds that is copied onto scratch to have one layer. That sources are not needed at run time is likely, not certain; it is said where a compiler makes a program of them and no step removes them. An image that starts a shell is a person's toolbox and left alone.",
    examples: [
      {
        before: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app ./cmd/app

FROM debian:trixie-slim
COPY --from=build / /
CMD ["/app"]
`,
        after: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app ./cmd/app

FROM debian:trixie-slim
COPY --from=build /app /app
CMD ["/app"]
`,
      },
      {
        before: `FROM gcc:15 AS build
WORKDIR /app
COPY . .
RUN gcc -o hello hello.c

FROM gcr.io/distroless/cc-debian13
COPY --from=build /app /app
CMD ["/app/hello"]
`,
        after: `FROM gcc:15 AS build
WORKDIR /app
COPY . .
RUN gcc -o hello hello.c

FROM gcr.io/distroless/cc-debian13
COPY --from=build /app/hello /app/hello
CMD ["/app/hello"]
`,
      },
    ],
  },
  *check(context) {
    for (const whole of wholeCopies(context)) yield findingOf(whole);
  },
};

function findingOf(whole: WholeCopy): Finding {
  const { word, source, along, sure } = whole;
  const related =
    along.kind === "sources"
      ? { span: along.by.command.span, message: "This compiles the sources." }
      : source && { span: source.from.span, message: "The stage that it is taken from." };
  return {
    span: word.span,
    message: messageOf(whole),
    confidence: sure ? "certain" : "likely",
    ...(along.kind === "interpreter" && { severity: "info" as const }),
    ...(related && { related: [related] }),
  };
}

function messageOf({ path, source, copy, along }: WholeCopy): string {
  const from = source ? `stage ${source.name?.text ?? source.index}` : (copy.from ?? "");
  if (along.kind === "sources") {
    const program = "known" in (along.build?.artifacts ?? {}) ? along.build : undefined;
    const made =
      program && "known" in program.artifacts ? ` its build makes ${program.artifacts.known.join(", ")};` : "";
    return `All of ${path} is taken from ${from}:${made} the sources that ${along.by.program} compiles there ship too.`;
  }
  const { image } = along;
  const size = unpackedSize(image);
  const name = `${image.name}:${image.tag}`;
  switch (along.kind) {
    case "system":
      return `All of ${path === "/" ? from : `${path} of ${from}`} is taken: the image ships ${path === "/" ? "" : "most of "}${name}${size && path === "/" ? ` (${formatSize(size)})` : ""} with the program.`;
    case "compiler":
      return `All of ${path} is taken from ${from}: what ${name} compiles with ships too.`;
    case "interpreter":
      return `All of ${path} is taken from ${from}: the ${image.ecosystem} in it is in the final base already, and ships twice.`;
  }
}
