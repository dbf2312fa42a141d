import { describe, expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const ID = "duplicate-content";
const { finds, fixes, ignores } = testRule(ID);
const FOLDER = `
  #- data/model.bin
  ${"x".repeat(1_499_999)}
  #- main.py
  print()
`;

finds(
  "a part of the context at a second place, counted in the folder",
  `
  FROM debian:trixie-slim
  COPY . /app
  COPY data/model.bin /models/
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ /app/data/model.bin is in an earlier layer: this ships it a second time (1.5 MB).
${FOLDER}`,
);

finds(
  "cp and mv of what a COPY brought",
  `
  FROM debian:trixie-slim
  COPY . /app
  RUN cp -r /app/data /srv/data
  #   ^^^^^^^^^^^^^^^^^^^^^^^^^ /app/data is in an earlier layer: this ships it a second time (1.5 MB).
  RUN cd /app && mv data/model.bin main.py /opt
  #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ /app/data/model.bin is in an earlier layer: moving it here ships it a second time (1.5 MB).
${FOLDER}`,
);

finds(
  "downloads, without a figure",
  `
  FROM debian:trixie-slim
  RUN wget https://example.com/tool
  RUN install -m 755 tool /usr/local/bin/tool
  #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ /tool is in an earlier layer: this ships it a second time.
  RUN curl -o /opt/tool https://example.com/tool
  #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ /tool is in an earlier layer: this ships it a second time.
`,
);

finds(
  "a folder that nobody has counted, and one of another stage",
  `
  FROM debian:trixie-slim
  COPY . /app
  COPY . /srv
# ^^^^^^^^^^^ The build context is in an earlier layer: this ships it a second time.
  COPY --from=build /out/app.jar /a.jar
  COPY --from=build /out/app.jar /b.jar
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ /a.jar is in an earlier layer: this ships it a second time.
`,
);

describe("it is silent", () => {
  const silent = (name: string, steps: string) => ignores(name, `FROM debian:trixie-slim\n${steps}\nCMD ["/app"]\n`);
  silent("of the same path: that is how caches are used", "WORKDIR /app\nCOPY package.json ./\nCOPY . .\nCOPY . /app/");
  silent("of a file in the folder that brought it", "COPY . /app\nCOPY src/main.jar /app/src/");
  silent("in one RUN", "RUN curl -O https://example.com/a.jar && mv a.jar /opt/");
  silent(
    "of one that its RUN has removed",
    "RUN curl -O https://x.io/a.jar && rm a.jar\nRUN curl -O https://x.io/a.jar",
  );
  silent("of files without a weight", "COPY . /app\nCOPY nginx.conf /etc/nginx/\nRUN cp /app/.env.example /app/.env");
  silent(
    "of a copy that its RUN removes",
    "COPY . /app\nRUN cp -r /app /tmp/app && make -C /tmp/app && rm -rf /tmp/app",
  );
  silent("of links", "COPY . /app\nRUN ln -s /app /srv/app && cp -rl /app /opt");
  silent("of what an archive holds", "ADD app.tar.gz /app\nADD app.tar.gz /srv");
  silent("of a part that is left out", "COPY --exclude=data . /app\nCOPY data /data");
  silent("of a mount", "RUN curl -o /a.jar https://x.io/a.jar\nRUN --mount=type=cache,target=/c cp /a.jar /c/");
  silent("of names that are not known", "COPY . /app\nRUN cp -r /app/$NAME /srv && cp -r /app/* /opt");
  silent("of one source of two addresses", "RUN curl -o /a https://x.io/a.jar\nRUN curl -o /b https://x.io/b.jar");
});
ignores("little, where it is counted", "FROM debian\nCOPY . /app\nCOPY . /srv\n#- a.txt\nx\n");
ignores("a stage that does not ship", "FROM debian\nCOPY . /a\nCOPY . /b\nFROM scratch\nCOPY a /a\n");

test("with a figure it is a warning, without one a word", () => {
  const text = "FROM debian\nCOPY . /app\nCOPY . /srv\n";
  const of = (analysis: Analysis) => analysis.findings.find(({ rule }) => rule.id === ID);
  const files = new Map([["a.bin", 2_000_000]]);
  const { project } = new Analysis(text).context;
  expect(of(new Analysis(text))).toMatchObject({ severity: "info", confidence: "certain" });
  expect(of(new Analysis(text, { ...project, files }))).toMatchObject({ severity: "warning", confidence: "certain" });
});

fixes(
  "a move into the RUN that downloads",
  "Move it in the RUN that brings it",
  `
  FROM debian:trixie-slim
  RUN set -ex; curl -fsSLO https://example.com/tool.jar
  RUN mv tool.jar /opt/
`,
  `
  FROM debian:trixie-slim
  RUN set -ex; curl -fsSLO https://example.com/tool.jar \\
      && mv tool.jar /opt/
`,
);
