import type { FileContext } from "../flow/context";
import { newerClasses } from "../flow/running/class-files";
import { baseNamed } from "../flow/running/missing-shells";
import { lostPackages } from "../flow/running/python-packages";
import { lostInterpreter } from "../flow/running/python-venv";
import { type DeadScript, deadScript } from "../flow/running/started-script";
import type { Target } from "../flow/running/targets";
import type { Stage } from "../model/model";
import type { Finding, Rule } from "./rule";

export const interpreterMismatch: Rule = {
  id: "interpreter-mismatch",
  title: "What is copied does not fit the interpreters of the image",
  group: "runtime",
  severity: "error",
  sameAs: [],
  recipes: [],
  docs: {
    what: "Packages, a virtual environment or classes are copied from a build stage to an image with another Python, one in another place, or an older Java. Or the image starts a script whose first line names an interpreter that it has not: `#!/bin/bash` on Alpine, a `#!/bin/sh` that ends in a carriage return (a file saved on Windows), or no interpreter at all.",
    why: "The container dies at once: “ModuleNotFoundError: No module named …”, “no such file or directory” (the interpreter of a script is missing, while the script itself is there), “exec format error” (a script without `#!`), or “UnsupportedClassVersionError: … compiled by a more recent version of the Java Runtime”.",
    limits:
      "It knows the Pythons of python and of distroless images, and the Javas of images that the catalog knows. Where a step may bring another interpreter, or PYTHONPATH leads to the packages, it is silent. What Maven and Gradle compile for is read from pom.xml and build.gradle; without them it is likely at most. Of scripts the first line is read where the folder has them and no step changes them; that a start by `env` fails is seen where PATH is known.",
    examples: [
      {
        before: `FROM python:3.13-slim AS build
RUN pip install --no-cache-dir flask

FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages
COPY app.py /app.py
CMD ["/app.py"]
`,
        after: `FROM python:3.13-slim AS build
RUN pip install --no-cache-dir flask

FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages
COPY app.py /app.py
CMD ["/app.py"]
`,
      },
    ],
  },
  *check(context) {
    for (const target of context.targets) yield* findings(context, target);
  },
};

function* findings(context: FileContext, { stage, certain }: Target): Iterable<Finding> {
  const confidence = (sure: boolean) => (certain && sure ? "certain" : "likely");
  for (const { span, what, certain: sure, fix } of lostPackages(context, stage)) {
    yield {
      span,
      message: what,
      confidence: confidence(sure),
      ...(sure ? {} : { severity: "warning" as const }),
      fixes: fix ? [{ ...fix, safety: "review" }] : [],
    };
  }
  const script = deadScript(context, stage);
  if (script) yield { span: script.span, message: scriptMessage(script, stage), confidence: confidence(true) };
  const lost = lostInterpreter(context, stage);
  if (lost) {
    const related = [{ span: lost.made, message: "This makes it." }];
    yield { span: lost.span, message: lost.what, confidence: confidence(true), related };
  }
  const newer = newerClasses(context, stage);
  if (newer) {
    const related = [{ span: newer.built, message: "This compiles them." }];
    yield { span: newer.span, message: newer.what, confidence: confidence(newer.certain), related };
  }
}

function scriptMessage({ script, why, interpreter }: DeadScript, stage: Stage): string {
  switch (why) {
    case "missing":
      return `${script} begins with #! and ${interpreter}, and ${baseNamed(stage)} has none.`;
    case "carriage-return":
      return `The first line of ${script} ends in a carriage return (CRLF), which becomes part of the name of its interpreter ${interpreter}.`;
    case "unnamed":
      return `${script} does not begin with #! and an interpreter, so that nothing but a shell can start it.`;
  }
}
