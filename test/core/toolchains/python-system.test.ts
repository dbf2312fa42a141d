import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";
import { testRecipe } from "../../kit/rule";

/** What a stage of Python changes among the files of its system, or fetches beside its packages, and how that comes along. */
const { refuses, offer } = testRecipe("split-build-stage");

const file = (lines: readonly string[], base = "python:3.13") =>
  `${[`FROM ${base}`, "WORKDIR /app", "COPY . .", ...lines, 'CMD ["python", "main.py"]'].join("\n")}
#- main.py
print("ebb")
#- corp.crt
PEM
`;

/** The lines of the final stage behind its image. */
function finalStage(source: string, target: string): readonly string[] {
  const lines = applyEdits(fixture(source).text, offer(source, target).change().edits).trimEnd().split("\n");
  return lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")) + 1);
}

const APP = ["WORKDIR /app", "COPY --from=build /app /app"];

describe("a time zone", () => {
  const link = "RUN ln -snf /usr/share/zoneinfo/$TZ /etc/localtime && echo $TZ > /etc/timezone";
  for (const target of ["distroless", "slim"])
    test(`that TZ says is said again on ${target}`, () => {
      expect(finalStage(file(["ENV TZ=Europe/Berlin", link]), target).slice(0, 3)).toEqual([
        ...APP,
        "ENV TZ=Europe/Berlin",
      ]);
    });
  test("that a link alone says becomes TZ", () => {
    const source = file(["RUN ln -sf /usr/share/zoneinfo/Asia/Tokyo /etc/localtime"]);
    expect(finalStage(source, "distroless")).toEqual([...APP, "ENV TZ=Asia/Tokyo", 'CMD ["main.py"]']);
    expect(offer(source, "distroless").assumes).toContain(
      "ENV TZ says the time zone (Asia/Tokyo) that /etc/localtime said.",
    );
  });
  test("that is written for people alone changes nothing", () => {
    const source = file(["RUN echo Asia/Tokyo > /etc/timezone"]);
    expect(finalStage(source, "distroless")).toEqual([...APP, 'CMD ["main.py"]']);
  });
  refuses(
    "of which nobody knows the name",
    "distroless",
    file(["ARG ZONE", "RUN ln -sf /usr/share/zoneinfo/$ZONE /etc/localtime"]),
    /`ln` changes what the image's system says of users, certificates or time/,
  );
  refuses(
    "of a file of its own",
    "distroless",
    file(["RUN cp zone /etc/localtime"]),
    /`cp` changes what the image's system says/,
  );
});

describe("certificates of one's own", () => {
  const lines = ["COPY corp.crt /usr/local/share/ca-certificates/corp.crt", "RUN update-ca-certificates"];
  for (const target of ["distroless", "slim"])
    test(`come along to ${target}`, () => {
      const stage = finalStage(file(lines), target);
      expect(stage).toContain("COPY --from=build /etc/ssl/certs /etc/ssl/certs");
      expect(stage).toContain(
        "COPY --from=build /usr/local/share/ca-certificates/corp.crt /usr/local/share/ca-certificates/corp.crt",
      );
    });
  refuses(
    "Java keeps them in a store of its own",
    "slim",
    `FROM eclipse-temurin:21-jdk
WORKDIR /app
COPY Main.java corp.crt ./
RUN cp corp.crt /usr/local/share/ca-certificates/ && update-ca-certificates && javac Main.java
CMD ["java", "Main"]
#- Main.java
class Main { public static void main(String[] args) {} }
#- corp.crt
PEM
`,
    /changes what the image's system says of users, certificates or time/,
  );
});

describe("data that packages fetch", () => {
  const pip = "RUN pip install nltk==3.9.1";
  test("is where each user finds it", () => {
    for (const fetch of [
      "python -m nltk.downloader punkt stopwords",
      `python -c "import nltk; nltk.download('punkt')"`,
    ]) {
      const source = file([pip, `RUN ${fetch}`]);
      expect(finalStage(source, "distroless")).toContain("COPY --from=build /root/nltk_data /usr/share/nltk_data");
      expect(finalStage(source, "slim")).toContain("COPY --from=build /root/nltk_data /root/nltk_data");
    }
  });
  test("stays in a folder that was named", () => {
    const source = file([pip, "RUN python -m nltk.downloader -d /usr/local/share/nltk_data punkt"]);
    const line = "COPY --from=build /usr/local/share/nltk_data /usr/local/share/nltk_data";
    expect(finalStage(source, "distroless")).toContain(line);
    expect(finalStage(source, "slim")).toContain(line);
  });
  refuses(
    "code that may do more",
    "slim",
    file([pip, `RUN python -c "import nltk, os; nltk.download(os.environ['SET'])"`]),
    /`python` in the build stage may make something/,
  );
  refuses(
    "another user has another home",
    "slim",
    file([pip, "RUN useradd -m tide", "USER tide", "RUN python -m nltk.downloader punkt"]),
    /`python` in the build stage may make something/,
  );
  test("models of spaCy are packages", () => {
    const source = file(["RUN pip install spacy==3.8.7 && python -m spacy download en_core_web_sm"], "python:3.12");
    expect(finalStage(source, "slim")).toContain(
      "COPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages",
    );
  });
});

test("JupyterLab's own files come along, and pip stays for whoever writes notebooks", () => {
  const source = file(["RUN pip install jupyterlab==4.5.0"]).replace(
    'CMD ["python", "main.py"]',
    'CMD ["jupyter", "lab"]',
  );
  expect(finalStage(source, "slim")).toEqual([
    "WORKDIR /app",
    "COPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages",
    "COPY --from=build /usr/local/etc/jupyter /usr/local/etc/jupyter",
    "COPY --from=build /usr/local/share/jupyter /usr/local/share/jupyter",
    "COPY --from=build /usr/local/bin /usr/local/bin",
    "COPY --from=build /app /app",
    'CMD ["jupyter", "lab"]',
  ]);
  expect(applyEdits(fixture(source).text, offer(source, "slim").change().edits)).not.toContain("uninstall");
});

describe("packages that a user installs for himself", () => {
  const source = (user: string) => `FROM python:3.13
RUN ${user}
USER tide
WORKDIR /home/tide
COPY --chown=tide . .
RUN pip install --user flask==3.1.0
CMD ["python", "main.py"]
#- main.py
import flask
`;
  test("stand with the interpreter on distroless", () => {
    const stage = finalStage(source("useradd --create-home tide"), "distroless");
    expect(stage).toContain("COPY --from=build --chown=65532:65532 /home/tide /home/tide");
    expect(stage).toContain("COPY --from=build /packages /usr/local/lib/python3.13/dist-packages");
  });
  test("stay in his home on slim", () => {
    expect(finalStage(source("useradd -ms /bin/bash tide"), "slim")).toEqual([
      "RUN useradd -ms /bin/bash tide",
      "COPY --from=build --chown=tide /home/tide /home/tide",
      "WORKDIR /home/tide",
      "USER tide",
      'CMD ["python", "main.py"]',
    ]);
  });
  refuses("who has no home", "slim", source("useradd --system tide"), /into that user's own folder/);
});

describe("files that stand in / one by one", () => {
  const bare = (copy: string) => `FROM python:3.13
${copy}
RUN pip install humanize==4.12.1
CMD ["python", "./clock.py"]
#- clock.py
import humanize
import tide
#- tide.py
print("ebb")
`;
  test("come along one by one", () => {
    expect(finalStage(bare("ADD clock.py tide.py /"), "distroless")).toEqual([
      "WORKDIR /",
      "COPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages",
      "COPY --from=build /clock.py /clock.py",
      "COPY --from=build /tide.py /tide.py",
      'CMD ["./clock.py"]',
    ]);
  });
  refuses(
    "not a whole folder",
    "distroless",
    bare("COPY . /"),
    "`COPY . /` puts files among those of the system, and which they are is not known.",
  );
});

describe("a user that adduser makes", () => {
  const lines = ['RUN adduser --disabled-password --gecos "" tide', "USER tide"];
  test("on Debian 13, whose slim images have no adduser", () => {
    expect(finalStage(file(lines), "slim").slice(0, 4)).toEqual([
      "RUN apt-get update \\",
      " && apt-get install -y --no-install-recommends adduser \\",
      " && rm -rf /var/lib/apt/lists/*",
      'RUN adduser --disabled-password --gecos "" tide',
    ]);
  });
  test("on Debian 12, where apt brings it", () => {
    expect(finalStage(file(lines, "python:3.12-bookworm"), "slim")[0]).toBe(
      'RUN adduser --disabled-password --gecos "" tide',
    );
  });
});

describe("the files that name a project's packages", () => {
  const POETRY = `#- pyproject.toml
[tool.poetry]
name = "tide"
[tool.poetry.dependencies]
python = "^3.12"
flask = "*"
#- tide/main.py
import flask
`;
  const source = (copies: string) => `FROM python:3.12
RUN pip install poetry
ENV POETRY_VIRTUALENVS_IN_PROJECT=1
WORKDIR /app
${copies}
CMD ["poetry", "run", "python", "-m", "tide.main"]
${POETRY}`;
  test("are copied before the rest", () => {
    const copies = "COPY pyproject.toml ./\nRUN poetry install --no-root\nCOPY tide ./tide";
    expect(finalStage(source(copies), "slim")).toContain("COPY --from=build /app /app");
  });
  test("are mounted", () => {
    const mount = "--mount=type=bind,source=pyproject.toml,target=pyproject.toml";
    const copies = `RUN ${mount} poetry install --no-root\nCOPY tide ./tide`;
    expect(finalStage(source(copies), "slim")).toContain("COPY --from=build /app /app");
  });
});

describe("a browser that is steered", () => {
  const source = (packages: string) =>
    file(
      [
        `RUN apt-get update && apt-get install -y --no-install-recommends ${packages}`,
        "RUN pip install selenium==4.21.0",
      ],
      "python:3.12",
    );
  test("comes along with its driver", () => {
    expect(finalStage(source("chromium chromium-driver"), "slim")[1]).toContain("chromium chromium-driver");
  });
  refuses("but not without", "slim", source("chromium"), /selenium needs the program of a browser/);
});

describe("what a project of one's own wants", () => {
  const source = (files: string, install = ".") => `FROM python:3.12
WORKDIR /app
COPY . .
RUN pip install ${install}
CMD ["python", "-m", "tide"]
#- tide/__main__.py
import psycopg2
${files}`;
  const unseen = /^The list of the packages was not seen/;
  const project = (rest: string) => `#- pyproject.toml\n[project]\nname = "tide"\nversion = "1"\n${rest}\n`;
  for (const install of [".", "-e .", "./", "-r requirements.txt"])
    test(`is read where pip installs ${install}`, () => {
      const files = `${project('dependencies = ["psycopg2"]')}#- requirements.txt\n-e .\n`;
      expect(finalStage(source(files, install), "slim")[1]).toContain("libpq5");
    });
  for (const [name, files] of [
    [
      "setup.py computes it",
      '#- setup.py\nfrom setuptools import setup\nsetup(name="tide", install_requires=read())\n',
    ],
    [
      "setup.cfg says it",
      "#- setup.py\nfrom setuptools import setup\nsetup()\n#- setup.cfg\n[options]\ninstall_requires = psycopg2\n",
    ],
    ["another file says it", project('dynamic = ["dependencies"]')],
  ] as const)
    refuses(`is not known where ${name}`, "slim", source(files), unseen);
  refuses("nor what a name in brackets adds", "slim", source(project("dependencies = []"), ".[web]"), unseen);
});

describe("wheels that another stage makes", () => {
  const source = (make: string) => `FROM python:3.12 AS wheels
WORKDIR /app
COPY requirements.txt .
${make}
FROM python:3.12
WORKDIR /app
COPY --from=wheels /wheels /wheels
RUN pip install --no-cache-dir /wheels/*
COPY . .
CMD ["python", "main.py"]
#- requirements.txt
psycopg2
#- main.py
import psycopg2
`;
  test("are of the packages that it names", () => {
    const make = "RUN pip wheel --no-deps --wheel-dir /wheels -r requirements.txt";
    expect(finalStage(source(make), "slim")[1]).toContain("libpq5");
  });
  refuses(
    "are unknown where no command is seen to",
    "slim",
    source("RUN make wheels"),
    /^The list of the packages was not seen/,
  );
});
