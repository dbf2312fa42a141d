import { testRule } from "../../kit/rule";

const { finds, ignores, fixes } = testRule("interpreter-mismatch");

/** Marks the first word of the start. */
const early = (source: string, message: string) =>
  source.replace(/^( *ENTRYPOINT \[)("[^"]*")(.*)$/m, (line, before: string, word: string) => {
    return `${line}\n  #${" ".repeat(before.length - 3)}${"^".repeat(word.length)} ${message}`;
  });

const packages = (builder: string, final: string, from: string, to: string, more = 'CMD ["/app.py"]') => `
  FROM ${builder} AS build
  RUN pip install --no-cache-dir flask gunicorn
  FROM ${final}
  COPY --from=build ${from} ${to}
  ${more.split("\n").join("\n  ")}
  `;
const site = (version: string, kind = "site") => `/usr/local/lib/python${version}/${kind}-packages`;
const lost = (message: string) => `  #                 ${"^".repeat(site("3.12").length)} ${message}`;
const marked = (source: string, message: string) =>
  source.replace(/^( *COPY --from=build .*)$/m, `$1\n${lost(message)}`);

finds(
  "packages of another Python",
  marked(
    packages("python:3.12-slim", "python:3.13-slim", site("3.12"), site("3.12"), 'CMD ["python", "/app.py"]'),
    `Python 3.13 of python:3.13-slim does not look into ${site("3.12")}: the packages are not found.`,
  ),
);
finds(
  "site-packages on distroless, whose Python is Debian's",
  marked(
    packages("python:3.13-slim", "gcr.io/distroless/python3-debian13", site("3.13"), site("3.13")),
    `Python 3.13 of gcr.io/distroless/python3-debian13 does not look into ${site("3.13")}: the packages are not found.`,
  ),
);
finds(
  "another Python's packages in a folder of their own",
  marked(
    packages("python:3.12", "gcr.io/distroless/python3-debian13", site("3.12"), "/deps", "ENV PYTHONPATH=/deps"),
    "These packages were installed for Python 3.12, and Python 3.13 of gcr.io/distroless/python3-debian13 cannot load what is compiled among them.",
  ),
);
fixes(
  "the folder that Python looks into",
  `Copy them to ${site("3.13", "dist")}`,
  packages("python:3.13-slim", "gcr.io/distroless/python3", site("3.13"), site("3.13")),
  packages("python:3.13-slim", "gcr.io/distroless/python3", site("3.13"), site("3.13", "dist")),
);

ignores("the same Python", packages("python:3.13", "python:3.13-slim", site("3.13"), site("3.13")));
ignores(
  "PYTHONPATH that leads there",
  packages("python:3.13", "gcr.io/distroless/python3", site("3.13"), site("3.13"), `ENV PYTHONPATH=${site("3.13")}`),
);
ignores(
  "PYTHONPATH that is not known",
  packages("python:3.12", "python:3.13", site("3.12"), site("3.12"), "ARG WHERE\nENV PYTHONPATH=$WHERE"),
);
ignores(
  "a Python that is copied along",
  packages("python:3.12", "python:3.13", site("3.12"), site("3.12"), "COPY --from=build /usr/local/bin /usr/local/bin"),
);
ignores(
  "a Python that is fetched",
  packages("python:3.12", "python:3.13", site("3.12"), site("3.12"), "RUN uv python install 3.12"),
);
ignores("an image of which it is not known", packages("python:3.12", "example.com/own", site("3.12"), site("3.12")));
ignores("a Python without a version", packages("python:3.12", "python:3-slim", site("3.12"), site("3.12")));

const venv = (builder: string, final: string, start: string, make = "python -m venv /venv", env = "") => `
  FROM ${builder} AS build
  RUN ${make} && /venv/bin/pip install flask
  FROM ${final}
  COPY --from=build /venv /venv
  ${env}
  ENTRYPOINT [${start}]
  `;

finds(
  "a virtual environment whose Python is elsewhere",
  early(
    venv("python:3.13-slim", "gcr.io/distroless/python3-debian13", '"/venv/bin/python", "/app.py"'),
    "The virtual environment /venv runs /usr/local/bin/python of its build stage, and gcr.io/distroless/python3-debian13 has none.",
  ),
);
finds(
  "a script of it, on a system without Python, by PATH",
  early(
    venv(
      "python:3.13-slim",
      "debian:trixie-slim",
      '"flask", "run"',
      "python3 -m venv /venv",
      "ENV PATH=/venv/bin:$PATH",
    ),
    "The virtual environment /venv runs /usr/local/bin/python3 of its build stage, and debian:trixie-slim has none.",
  ),
);
finds(
  "one of another version",
  early(
    venv("python:3.12-slim", "python:3.13-slim", '"/venv/bin/flask", "run"'),
    "The virtual environment /venv was made by Python 3.12, and Python 3.13 of python:3.13-slim does not find its packages.",
  ),
);
finds(
  "a script of pip on distroless",
  `
  FROM python:3.13-slim AS build
  RUN pip install --no-cache-dir gunicorn
  FROM gcr.io/distroless/python3-debian13
  COPY --from=build ${site("3.13")} ${site("3.13", "dist")}
  COPY --from=build /usr/local/bin/gunicorn /usr/local/bin/
  ENTRYPOINT ["gunicorn", "app:app"]
  #           ^^^^^^^^^^ /usr/local/bin/gunicorn was made by pip, and it runs /usr/local/bin/python of its build stage, and gcr.io/distroless/python3-debian13 has none.
  `,
);

const VENV = '"/venv/bin/python", "/app.py"';
ignores("the same image", venv("python:3.13", "python:3.13-slim", VENV));
ignores(
  "distroless' own example, whose Python is where Debian's is",
  venv(
    "python:3.13",
    "gcr.io/distroless/python3-debian13",
    VENV,
    "ln -s /usr/local/bin/python /usr/bin/python && /usr/bin/python -m venv /venv",
  ),
);
ignores("a copy of Python in it", venv("python:3.13", "debian:trixie", VENV, "python -m venv --copies /venv"));
ignores("the image's own Python", venv("python:3.12", "python:3.13", '"python", "/app.py"'));
ignores(
  "its Python comes along",
  venv("python:3.13", "debian:trixie", VENV, undefined, "COPY --from=build /usr/local /usr/local"),
);
ignores(
  "a Python of the system, which a package brings",
  venv("debian:trixie", "debian:trixie-slim\n  RUN apt-get install -y python3", VENV, "/usr/bin/python3 -m venv /venv"),
);
finds(
  "a Python of the system, which no package brings",
  early(
    venv("debian:trixie", "debian:trixie-slim", VENV, "/usr/bin/python3 -m venv /venv"),
    "The virtual environment /venv runs /usr/bin/python3 of its build stage, and debian:trixie-slim has none.",
  ),
);
ignores(
  "packages beside it that are none of Python's",
  venv("python:3.13", "python:3.13-slim\n  RUN apt-get install -y libpq5", VENV),
);
ignores("an image of which it is not known", venv("python:3.13", "example.com/own", VENV));

const java = (builder: string, final: string, build: string, from: string, start: string, files = "") => `
  FROM ${builder} AS build
  WORKDIR /src
  COPY . .
  RUN ${build}
  FROM ${final}
  COPY --from=build ${from} /app.jar
  ENTRYPOINT [${start}]
  ${files}
  `;
const JAR = '"java", "-jar", "/app.jar"';
const POM = (release: string) => `#- pom.xml
  <project><properties><maven.compiler.release>${release}</maven.compiler.release></properties></project>`;
const MVN = "mvn package";
const maven = (release: string, final = "eclipse-temurin:17-jre", build = MVN) =>
  java("maven:3.9-eclipse-temurin-21", final, build, "/src/target/*.jar", JAR, POM(release));
finds(
  "classes of a newer javac",
  early(
    java(
      "eclipse-temurin:21-jdk",
      "eclipse-temurin:17-jre",
      "javac Main.java && jar cfe app.jar Main *.class",
      "/src/app.jar",
      JAR,
    ),
    "The classes are compiled for Java 21 (by javac of Java 21), and eclipse-temurin:17-jre has Java 17.",
  ),
);
finds(
  "what pom.xml says",
  early(maven("21"), "The classes are compiled for Java 21 (pom.xml says so), and eclipse-temurin:17-jre has Java 17."),
);
finds(
  "a newer Gradle image, on distroless",
  `
  FROM gradle:8-jdk21 AS build
  WORKDIR /src
  COPY . .
  RUN gradle build
  FROM gcr.io/distroless/java17-debian13
  COPY --from=build /src/build/libs/app.jar /app.jar
  CMD ["/app.jar"]
  #    ^^^^^^^^^^ The classes are compiled for Java 21 (built with Java 21), and gcr.io/distroless/java17-debian13 has Java 17.
  `,
);
ignores("an older target", maven("17"));
ignores("a newer Java", maven("21", "eclipse-temurin:25-jre"));
ignores("a target of the command", maven("21", undefined, "mvn package -Dmaven.compiler.release=17"));
ignores(
  "javac that is told",
  java(
    "eclipse-temurin:21-jdk",
    "eclipse-temurin:17-jre",
    "javac --release 17 Main.java && jar cfe app.jar Main *.class",
    "/src/app.jar",
    JAR,
  ),
);
ignores("a Java of which it is not known", maven("21", "example.com/own"));
ignores("a Java that a package brings", maven("21", "eclipse-temurin:17-jre\n  RUN apt-get install -y openjdk-21-jre"));

const ledTo = (start: string) => `
  FROM python:3.12-slim AS build
  RUN pip install requests
  FROM python:3.13-slim
  COPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages
  COPY main.py /main.py
  ${start}
  #- main.py
  import requests
  `;
ignores("a start that leads to them", ledTo("CMD PYTHONPATH=/usr/local/lib/python3.12/site-packages python /main.py"));
ignores(
  "a file of paths",
  ledTo("RUN echo /usr/local/lib/python3.12/site-packages > /usr/local/lib/python3.13/site-packages/old.pth"),
);
const javac = (env: string) => `
  FROM eclipse-temurin:21-jdk AS build
  WORKDIR /src
  ${env}
  COPY Main.java .
  RUN javac Main.java && jar cfe app.jar Main Main.class
  FROM gcr.io/distroless/java17-debian13
  COPY --from=build /src/app.jar /app.jar
  CMD ["/app.jar"]
  `;
ignores("javac that takes another version from the environment", javac('ENV JDK_JAVAC_OPTIONS="--release 17"'));

const CR = "\r";

finds(
  "a script of bash on Alpine",
  `
  FROM alpine:3.22
  COPY entrypoint.sh /
  ENTRYPOINT ["/entrypoint.sh"]
  #           ^^^^^^^^^^^^^^^^ /entrypoint.sh begins with #! and /bin/bash, and alpine:3.22 has none.
  #- entrypoint.sh
  #!/bin/bash
  exec "$@"
  `,
);
finds(
  "by env too, in shell form, and on an image without any shell",
  `
  FROM alpine:3.22
  WORKDIR /app
  COPY . .
  CMD ./bin/start.sh
  #   ^^^^^^^^^^^^^^ /app/bin/start.sh begins with #! and bash, and alpine:3.22 has none.
  #- bin/start.sh
  #!/usr/bin/env bash
  #- go.mod
  module example.com/a
  `,
);
finds(
  "a first line that was saved on Windows, whatever the base is",
  `
  FROM example.com/base
  COPY docker/run.sh /usr/local/bin/
  RUN chmod +x /usr/local/bin/run.sh
  ENTRYPOINT ["/usr/local/bin/run.sh"]
  #           ^^^^^^^^^^^^^^^^^^^^^^^ The first line of /usr/local/bin/run.sh ends in a carriage return (CRLF), which becomes part of the name of its interpreter /bin/sh.
  #- docker/run.sh
  #!/bin/sh${CR}
  echo hello${CR}
  `,
);
finds(
  "a script that names no interpreter, in exec form",
  `
  FROM debian:trixie-slim
  COPY run.sh /
  CMD ["/run.sh"]
  #    ^^^^^^^^^ /run.sh does not begin with #! and an interpreter, so that nothing but a shell can start it.
  #- run.sh
  echo hello
  `,
);
const started = (steps: string, line: string) => `
  FROM alpine:3.22
  COPY entrypoint.sh /
  ${steps}
  #- entrypoint.sh
  ${line}
  `;
ignores("a shell that is there", started('ENTRYPOINT ["/entrypoint.sh"]', "#!/bin/sh"));
ignores("a shell that a package brings", started('RUN apk add bash\n  CMD ["/entrypoint.sh"]', "#!/bin/bash"));
ignores(
  "bash in a tag of Temurin on Alpine: those of some months had it",
  started('ENTRYPOINT ["/entrypoint.sh"]', "#!/bin/bash").replace("alpine:3.22", "eclipse-temurin:21-jre-alpine"),
);
ignores("a shell that any step may bring", started('RUN ./setup\n  CMD ["/entrypoint.sh"]', "#!/bin/bash"));
ignores("a script that a shell runs", started('CMD ["sh", "/entrypoint.sh"]', "#!/bin/bash"));
ignores("no interpreter, and a shell that runs it", started("CMD /entrypoint.sh", "echo hello"));
ignores(
  "what is taken out",
  started("RUN sed -i 's/\\r$//' /entrypoint.sh\n  CMD [\"/entrypoint.sh\"]", `#!/bin/sh${CR}`),
);
ignores(
  "what is taken out of all that is found",
  started("RUN find / -name '*.sh' -exec sed -i 's/.$//' {} +\n  CMD [\"/entrypoint.sh\"]", `#!/bin/sh${CR}`),
);
ignores("dos2unix", started('RUN dos2unix /entrypoint.sh\n  CMD ["/entrypoint.sh"]', `#!/bin/sh${CR}`));
ignores("a script that a step writes", "FROM alpine\nRUN echo '#!/bin/bash' > /run.sh\nCMD [\"/run.sh\"]\n");
ignores("a folder that was not seen", 'FROM alpine:3.22\nCOPY entrypoint.sh /\nCMD ["/entrypoint.sh"]\n');
