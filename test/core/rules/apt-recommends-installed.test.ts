import { expect, test } from "vitest";
import { Analysis, applyEdits } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const { finds, fixes, ignores } = testRule("apt-recommends-installed");

finds(
  "an install of one package, and of several",
  `
  FROM debian:trixie
  RUN apt-get update && apt-get -qq install -y nginx=1.* && apt install \\
  #                     ^^^^^^^^^^^^^^^^^^^ apt also installs what nginx recommends (≈ 490 kB).
  #                                                         ^^^^^^^^^^^ apt also installs what these packages recommend (≈ 18 MB).
      curl \\
      git
`,
);

finds(
  "what it weighs where that was measured",
  `
  FROM ubuntu:26.04
  RUN apt-get install -y golang
  #   ^^^^^^^^^^^^^^^ apt also installs what golang recommends (≈ 280 MB).
`,
);

finds(
  "packages that a variable names, after another setting of apt",
  `
  FROM example.com/base
  RUN echo 'Acquire::Retries "3";' > /etc/apt/apt.conf.d/80-retries
  RUN rm -f /etc/apt/apt.conf.d/docker-clean
  RUN apt-get install -y $PACKAGES
  #   ^^^^^^^^^^^^^^^ apt also installs what these packages recommend.
`,
);

const silent = (run: string) => `FROM debian:trixie\n${run}\n`;
ignores("a build stage", `${silent("RUN apt-get install -y curl")}FROM scratch\n`);
ignores("the option", silent("RUN apt-get install --no-install-recommends -y curl"));
ignores("the option in front", silent("RUN apt-get -y --no-install-recommends install curl"));
ignores("a setting", silent("RUN apt-get -o APT::Install-Recommends=false install -y curl"));
ignores("a setting in one word", silent('RUN apt-get install -oAPT::Install-Recommends="0" curl'));
ignores("aptitude's option", silent("RUN aptitude install -R -y curl"));
ignores("an option that a variable may hold", silent("RUN apt-get install $APT_OPTS curl"));
ignores(
  "a configuration that is written",
  silent(`RUN echo 'APT::Install-Recommends "0";' > /etc/apt/apt.conf.d/99norecommends\nRUN apt-get install -y curl`),
);
ignores("a configuration that is copied", silent("COPY apt.conf /etc/apt/apt.conf.d/\nRUN apt-get install -y curl"));
ignores("a configuration whose text is not seen", silent("RUN cp x /etc/apt/apt.conf.d/x && apt-get install -y curl"));
ignores("an image that is configured so", "FROM bitnami/minideb:trixie\nRUN apt-get install -y curl\n");
ignores("other package managers", silent("RUN apk add curl && dnf install -y curl"));
ignores("packages that recommend nothing", silent("RUN apt-get install -y ca-certificates sudo"));
ignores("what the image has already", "FROM golang:1.25\nRUN apt-get install -y git make\n");
finds(
  "packages from elsewhere, of which nobody knows",
  `
  FROM debian:trixie
  RUN apt-get install -y ca-certificates ./own.deb
  #   ^^^^^^^^^^^^^^^ apt also installs what these packages recommend.
`,
);
ignores("no package", silent("RUN apt-get install -f"));

test("apt-recommends-installed offers the option, to be looked at", () => {
  const text = "FROM debian:trixie\nRUN apt-get install -y curl && apt-get -q install git\n";
  const analysis = new Analysis(text);
  const offers = analysis.findings
    .filter(({ rule }) => rule.id === "apt-recommends-installed")
    .flatMap((finding) => analysis.fixesOf(finding));
  expect(offers.map(({ safety }) => safety)).toEqual(["review", "review"]);
  expect(
    applyEdits(
      text,
      offers.flatMap((offer) => offer.change().edits),
    ),
  ).toBe(
    "FROM debian:trixie\nRUN apt-get install --no-install-recommends -y curl && apt-get -q install --no-install-recommends git\n",
  );
});

fixes(
  "exec form",
  "Install without what is merely recommended",
  'FROM debian:trixie\nRUN ["apt-get", "install", "-y", "gcc"]\nCMD ["gcc"]\n',
  'FROM debian:trixie\nRUN ["apt-get", "install", "--no-install-recommends", "-y", "gcc"]\nCMD ["gcc"]\n',
);
