import { BUILD, type Family, family, LINES, lines, RUNS } from "./family";

/** Stages that stand on or copy from each other, and layers over layers. */
export const STAGES: readonly Family[] = [
  family("stages", LINES, (size) => lines(size, (at) => `FROM a AS s${at}`)),
  family("chained stages", LINES, (size) => `FROM a AS s0\n${lines(size, (at) => `FROM s${at} AS s${at + 1}`)}`),
  family(
    "chained stages with a start",
    LINES / 3,
    (size) => `FROM scratch AS s0\n${lines(size, (at) => `FROM s${at} AS s${at + 1}\nCMD ["/a"]\nENV A=b`)}`,
  ),
  family(
    "stages that copy from the last",
    LINES / 2,
    (size) =>
      `FROM scratch AS s0\nCOPY a /a\n${lines(size, (at) => `FROM scratch AS s${at + 1}\nCOPY --from=s${at} /a /a`)}CMD ["/a"]\n`,
  ),
  family(
    "stages that copy two paths",
    LINES / 3,
    (size) =>
      `FROM scratch AS s0\nCOPY a /a\n${lines(size, (at) => `FROM scratch AS s${at + 1}\nCOPY --from=s${at} /a /b\nCOPY --from=s${at} /b /a`)}CMD ["/a"]\n`,
  ),
  family(
    "copies from one stage",
    RUNS,
    (size) =>
      `FROM debian:trixie AS b\n${lines(size, (at) => `RUN touch /a${at}`)}FROM scratch\n${lines(size, (at) => `COPY --from=b /a${at} /b${at}`)}CMD ["/b1"]\n`,
  ),
  family("stages that build", LINES / 7, (size) => lines(size, () => BUILD.trimEnd())),
  family("builds of one stage", RUNS, (size) =>
    BUILD.replace("FROM scratch", `${lines(size, (at) => `RUN go build -o /b${at} b.go`)}FROM scratch`),
  ),
  family("COPY before a build", LINES, (size) => BUILD.replace("RUN", `${lines(size, (at) => `COPY x${at} /y/`)}RUN`)),
  family("moves of the program", RUNS, (size) =>
    BUILD.replace(
      "FROM scratch",
      `${lines(size, (at) => `RUN mv ${at === 0 ? "/app" : `/p${at - 1}`} /p${at}`)}FROM scratch`,
    ),
  ),
  family("copies of the program", RUNS, (size) =>
    BUILD.replace("FROM scratch", `${lines(size, (at) => `RUN cp /app /p${at}`)}FROM scratch`),
  ),
  family(
    "deletions in later layers",
    RUNS / 2,
    (size) =>
      `FROM debian:trixie\n${lines(size, (at) => `RUN touch /a${at}`)}${lines(size, (at) => `RUN rm -rf /a${at}`)}`,
  ),
  family(
    "chown in layers",
    RUNS,
    (size) => `FROM debian:trixie\n${lines(size, (at) => `COPY a${at} /srv/a${at}\nRUN chown -R app /srv/a${at}`)}`,
  ),
  family("the same COPY again", LINES, (size) => `FROM debian:trixie\n${lines(size, (at) => `COPY . /srv/a${at}`)}`),
  family(
    "apt-get lines",
    RUNS,
    (size) => `FROM debian:trixie\n${lines(size, (at) => `RUN apt-get update && apt-get install -y p${at}`)}`,
  ),
  family(
    "packages of an install",
    12_000,
    (size) => `FROM debian:trixie\nRUN apt-get install -y${" gcc".repeat(size)}\n`,
  ),
  family(
    "chained stages with users",
    LINES / 4,
    (size) =>
      `FROM debian:trixie AS s0\n${lines(size, (at) => `FROM s${at} AS s${at + 1}\nRUN useradd u${at}\nCOPY --chown=u${at} a /b\nUSER u${at}`)}`,
  ),
  family(
    "stages of one long base",
    LINES / 4,
    (size) =>
      `FROM debian:trixie AS b\n${lines(size, (at) => `COPY a${at} /b${at}`)}${lines(size, (at) => `FROM b AS s${at}\nUSER u${at}\nCMD ["/b${at}"]`)}`,
  ),
  family(
    "stages of one base that runs much",
    RUNS,
    (size) =>
      `FROM debian:trixie AS b\n${lines(size, (at) => `RUN touch /b${at}`)}${lines(size, (at) => `FROM b AS s${at}\nHEALTHCHECK CMD curl a\nCMD ["/b${at}"]`)}`,
  ),
  family("images of their own", LINES / 5, (size) =>
    lines(size, (at) => `FROM debian:trixie AS s${at}\nCOPY a /a\nRUN chmod +x /a\nUSER app\nCMD ["/a"]`),
  ),
  family(
    "copies from every stage",
    LINES / 3,
    (size) =>
      `${lines(size, (at) => `FROM debian:trixie AS s${at}\nRUN make`)}FROM scratch\n${lines(size, (at) => `COPY --from=s${at} /a /b${at}`)}CMD ["/b1"]\n`,
  ),
  family(
    "links to links",
    RUNS,
    (size) =>
      `FROM debian:trixie\n${lines(size, (at) => `RUN ln -s /l${at} /l${at + 1}`)}COPY a /l0/a\nCMD ["/l${size}/a"]\n`,
  ),
  family(
    "folders in folders",
    RUNS / 2,
    (size) =>
      `FROM debian:trixie\n${lines(size, (at) => `RUN mkdir -p${"/a".repeat(at % 400)}`)}CMD ["${"/a".repeat(400)}"]\n`,
  ),
  family(
    "wildcards over many files",
    RUNS / 2,
    (size) =>
      `FROM debian:trixie\n${lines(size, (at) => `COPY a${at} /srv/a${at}`)}${lines(size, (at) => `RUN rm -rf /srv/*a*${at}*`)}CMD ["/srv/a1"]\n`,
  ),
];
