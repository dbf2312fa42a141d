import type { FileContext } from "../flow/context";
import { baseNamed } from "../flow/running/missing-shells";
import { type MissingUser, missingUsers } from "../flow/running/missing-users";
import { numberGiven } from "../flow/running/users";
import { bodySpan, flagOf } from "../syntax/instruction";
import type { Span } from "../text/span";
import type { Fix, Rule } from "./rule";

export const unknownUser: Rule = {
  id: "unknown-user",
  title: "A user or a group is named that the image does not have",
  group: "runtime",
  severity: "error",
  sameAs: [],
  recipes: [],
  docs: {
    what: "USER or `--chown` names a user that is not in /etc/passwd of its stage, or USER a group that is not in /etc/group: neither the base has it, nor did a step make it. Scratch has no user at all, not even root; distroless has root, nobody and nonroot.",
    why: "The container does not start, and a RUN ends the build: “unable to find user app: no matching entries in passwd file”, “unable to find group app: no matching entries in group file”. A file that is copied stays root's, or the build ends with “invalid user index: -1”: at the first COPY of scratch, and beside `--link`, which sees no /etc/passwd.",
    limits:
      "Numbers need no look-up and are fine everywhere. Where a package, a script or a copied folder may have made the user, it is silent, or says likely: packages of Debian and Ubuntu are known to make the users of a list, and none that is not on it. Of groups it speaks where nothing is installed; the group of `--chown` is not looked at.",
    examples: [
      {
        before: `FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go

FROM scratch
COPY --from=build /app /app
USER nonroot
CMD ["/app"]
`,
        after: `FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go

FROM scratch
COPY --from=build /app /app
USER 65532:65532
CMD ["/app"]
`,
      },
    ],
  },
  *check(context) {
    for (const missing of missingUsers(context)) {
      const { instruction, certain } = missing;
      const flag = flagOf(instruction, "chown");
      const span = flag?.span ?? bodySpan(instruction, 0, instruction.body.trimEnd().length);
      yield {
        span,
        message: messageOf(missing),
        confidence: certain ? "certain" : "likely",
        fixes: fixesOf(context, missing, span),
      };
    }
  },
};

function messageOf({ stage, instruction, name, group, lacks: what, by }: MissingUser): string {
  if (what === "group")
    return `${by === "run" ? "RUN is to run" : "The image starts"} in the group ${group}, and ${baseNamed(stage)} has no such group.`;
  const lacks = `${baseNamed(stage)} has no user ${name}`;
  switch (by) {
    case "run":
      return `RUN is to run as ${name}, and ${lacks}.`;
    case "start":
      return `The image starts as ${name}, and ${lacks}.`;
    case "owner":
      return `${instruction.keyword} gives the files to ${name}, and ${lacks}: they stay root's, or the build stops.`;
    case "link":
      return `${instruction.keyword} --link sees nothing of the stage, so the name ${name} cannot be looked up: a number can.`;
  }
}

/** The numbers that these names have wherever they are (distroless; Debian and Alpine for nobody). */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ["root", "0"],
  ["nobody", "65534"],
  ["nonroot", "65532"],
]);

/** The user by number, where that is known. Of a group by another name it is not. */
function fixesOf(context: FileContext, { stage, name, group, lacks, by }: MissingUser, span: Span): readonly Fix[] {
  if (lacks === "group") return [];
  const image = context.image(stage);
  const number =
    NUMBERS.get(name) ?? (image?.user === name && by === "link" ? image.uid : undefined) ?? numberGiven(context, name);
  if (number === undefined || (group !== undefined && group !== name)) return [];
  const pair = `${number}:${number}`;
  return [
    {
      title: `Name the user by number: ${pair}`,
      safety: "review",
      edits: [{ span, text: by === "run" || by === "start" ? pair : `--chown=${pair}` }],
    },
  ];
}
