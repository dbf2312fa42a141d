import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";
import { testRecipe } from "../../kit/rule";

/** Where the packages of Python stand, how the program starts, and what that makes of the final stage. */
const { rewrites, refuses, offer } = testRecipe("split-build-stage");

const FLASK = "#- requirements.txt\nflask==3.1.0\ngunicorn==23.0.0\n";
const APP = "#- app.py\nfrom flask import Flask\napp = Flask(__name__)\n";
const install = "RUN pip install -r requirements.txt";
const file = (...lines: readonly string[]) => `${lines.join("\n")}\n`;
/** A Dockerfile on a base, with these lines between COPY and the start. */
const stage = (base: string, lines: readonly string[], start: string, files = FLASK + APP) =>
  file(`FROM ${base}`, "WORKDIR /app", "COPY . .", ...lines, start) + files;

/** The lines behind the author's own: what ends the build stage, and the final stage. */
function added(source: string, target: string): string[] {
  const { text } = fixture(source);
  const result = applyEdits(text, offer(source, target).change().edits);
  const own = new Set(text.split("\n"));
  const first = result.split("\n").findIndex((line, at) => at > 0 && line !== "" && !own.has(line));
  return result
    .split("\n")
    .slice(first)
    .filter((line) => line !== "");
}

const PACKAGES = "/usr/local/lib/python3.13/dist-packages";
const DISTROLESS = "FROM gcr.io/distroless/python3-debian13:nonroot";

rewrites(
  "gunicorn in shell form, as an expert writes it",
  "distroless",
  file(
    "FROM python:3.13",
    "WORKDIR /app",
    "COPY requirements.txt .",
    install,
    "COPY . .",
    "EXPOSE 8000",
    "CMD gunicorn app:app --bind 0.0.0.0:8000",
  ) +
    FLASK +
    APP,
  file(
    "FROM python:3.13 AS build",
    "WORKDIR /app",
    "COPY requirements.txt .",
    install,
    "COPY . .",
    "EXPOSE 8000",
    "",
    "RUN pip uninstall --yes pip",
    "",
    DISTROLESS,
    "WORKDIR /app",
    `COPY --from=build /usr/local/lib/python3.13/site-packages ${PACKAGES}`,
    "COPY --from=build /app /app",
    "EXPOSE 8000",
    'CMD ["-m", "gunicorn", "app:app", "--bind", "0.0.0.0:8000"]',
  ),
);

rewrites(
  "another Python goes to the slim image of its version and release, with the script that starts it",
  "slim",
  stage("python:3.12-bookworm", [install], 'CMD ["gunicorn", "app:app"]'),
  file(
    "FROM python:3.12-bookworm AS build",
    "WORKDIR /app",
    "COPY . .",
    install,
    "",
    "RUN pip uninstall --yes pip",
    "",
    "FROM python:3.12-slim-bookworm",
    "WORKDIR /app",
    "COPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages",
    "COPY --from=build /usr/local/bin/gunicorn /usr/local/bin/gunicorn",
    "COPY --from=build /app /app",
    'CMD ["gunicorn", "app:app"]',
  ),
);

describe("how the program starts", () => {
  const starts = (start: string, ...lines: string[]) =>
    test(start, () => {
      const source = stage(
        "python:3.13",
        [install],
        start,
        `${FLASK}${APP}#- manage.py\nimport django\n#- pkg/__main__.py\nx = 1\n`,
      );
      expect(added(source, "distroless").slice(-lines.length)).toEqual(lines);
    });
  starts('CMD ["python", "app.py"]', 'CMD ["app.py"]');
  starts('CMD ["python3", "-u", "./app.py", "--x"]', 'CMD ["-u", "./app.py", "--x"]');
  starts('CMD ["/usr/local/bin/python3.13", "app.py"]', 'CMD ["app.py"]');
  starts("CMD python -m pkg", 'CMD ["-m", "pkg"]');
  starts('CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]', 'CMD ["manage.py", "runserver", "0.0.0.0:8000"]');
  starts('CMD ["flask", "run", "--host=0.0.0.0"]', 'CMD ["-m", "flask", "run", "--host=0.0.0.0"]');
  starts('CMD ["waitress-serve", "app:app"]', 'CMD ["-m", "waitress", "app:app"]');
  starts('CMD ["/usr/local/bin/uvicorn", "app:app"]', 'CMD ["-m", "uvicorn", "app:app"]');
  starts('ENTRYPOINT ["python"]\nCMD ["app.py"]', 'CMD ["app.py"]');
  starts('ENTRYPOINT ["python", "app.py"]', 'ENTRYPOINT ["/usr/bin/python3.13", "app.py"]');
  starts(
    'ENTRYPOINT ["python", "app.py"]\nCMD ["--help"]',
    'ENTRYPOINT ["/usr/bin/python3.13", "app.py"]',
    'CMD ["--help"]',
  );
  starts(
    'ENTRYPOINT ["gunicorn", "app:app"]\nCMD ["-w", "2"]',
    'ENTRYPOINT ["/usr/bin/python3.13", "-m", "gunicorn", "app:app"]',
    'CMD ["-w", "2"]',
  );
  starts("ENTRYPOINT python app.py", 'ENTRYPOINT ["/usr/bin/python3.13", "app.py"]');
});

describe("variables that gunicorn reads itself are left out", () => {
  const starts = (lines: readonly string[], start: string, ...wanted: string[]) =>
    test(start, () => {
      expect(added(stage("python:3.13", [install, ...lines], start), "distroless").slice(-wanted.length)).toEqual(
        wanted,
      );
    });
  starts(
    ["ENV PORT=80"],
    "CMD exec gunicorn --bind :$PORT -w 1 app:app",
    'CMD ["-m", "gunicorn", "-w", "1", "app:app"]',
  );
  starts([], "CMD gunicorn -b 0.0.0.0:${PORT} app:app", 'CMD ["-m", "gunicorn", "app:app"]');
  starts([], "CMD gunicorn --bind=0.0.0.0:${PORT:-8080} app:app", "ENV PORT=8080", 'CMD ["-m", "gunicorn", "app:app"]');
  const refused = (start: string, files = "") =>
    refuses(start, "distroless", stage("python:3.13", [install], start, FLASK + APP + files), /shell/);
  refused("CMD gunicorn --bind 127.0.0.1:$PORT app:app");
  refused("CMD gunicorn --bind :$PORT $ARGS app:app");
  refused("CMD gunicorn --bind :$PORT app:app && true");
  refused("CMD uvicorn app:app --port $PORT");
  refused("CMD gunicorn --bind :$PORT app:app", "#- gunicorn.conf.py\nworkers = 2\n");
});

describe("where the packages stand", () => {
  const stands = (name: string, base: string, lines: readonly string[], start: string, ...wanted: string[]) =>
    test(name, () => expect(added(stage(base, lines, start), "distroless")).toEqual(wanted));
  const tail = ["COPY --from=build /app /app", 'CMD ["app.py"]'];
  stands(
    "an environment on PATH",
    "python:3.13",
    ["RUN python -m venv /opt/venv", "ENV PATH=/opt/venv/bin:$PATH", install],
    'CMD ["python", "app.py"]',
    "RUN /opt/venv/bin/pip uninstall --yes pip",
    DISTROLESS,
    "WORKDIR /app",
    `COPY --from=build /opt/venv/lib/python3.13/site-packages ${PACKAGES}`,
    ...tail,
  );
  stands(
    "an environment in the project leaves it, so that nothing is there twice",
    "python:3.13",
    ["RUN python -m venv .venv && . .venv/bin/activate && pip install -r requirements.txt"],
    'CMD [".venv/bin/python", "app.py"]',
    "RUN /app/.venv/bin/pip uninstall --yes pip",
    "RUN mv /app/.venv/lib/python3.13/site-packages /packages && rm -rf /app/.venv",
    DISTROLESS,
    "WORKDIR /app",
    `COPY --from=build /packages ${PACKAGES}`,
    ...tail,
  );
  stands(
    "root's own folder",
    "python:3.13",
    ["RUN pip install --user -r requirements.txt"],
    'CMD ["python", "app.py"]',
    DISTROLESS,
    "WORKDIR /app",
    `COPY --from=build /root/.local/lib/python3.13/site-packages ${PACKAGES}`,
    ...tail,
  );
  stands(
    "a folder of their own, by PYTHONPATH",
    "python:3.13",
    ["RUN pip install --target=/deps -r requirements.txt", "ENV PYTHONPATH=/deps"],
    'CMD ["python", "app.py"]',
    DISTROLESS,
    "WORKDIR /app",
    "COPY --from=build /deps /deps",
    "COPY --from=build /app /app",
    "ENV PYTHONPATH=/deps",
    'CMD ["app.py"]',
  );
  stands(
    "a folder in the project comes with that",
    "python:3.13",
    ["RUN pip install -t vendor -r requirements.txt", "ENV PYTHONPATH=/app/vendor"],
    'CMD ["python", "app.py"]',
    DISTROLESS,
    "WORKDIR /app",
    "COPY --from=build /app /app",
    "ENV PYTHONPATH=/app/vendor",
    'CMD ["app.py"]',
  );

  const LOCK = `#- uv.lock
version = 1
[[package]]
name = "flask"
version = "3.1.0"
source = { registry = "https://pypi.org/simple" }
wheels = [{ url = "https://x/flask-3.1.0-py3-none-any.whl", size = 100 }]
#- pyproject.toml
[project]
name = "x"
requires-python = ">=3.12"
dependencies = ["flask"]
[dependency-groups]
dev = ["pytest"]
`;
  test("uv's environment, without the packages for development", () => {
    const source = stage(
      "python:3.13-slim",
      ["RUN pip install uv && uv sync --frozen"],
      'CMD ["uv", "run", "app.py"]',
      LOCK + APP,
    );
    expect(added(source, "distroless")).toEqual([
      "RUN uv sync --frozen --no-dev",
      "RUN mv /app/.venv/lib/python3.13/site-packages /packages && rm -rf /app/.venv",
      DISTROLESS,
      "WORKDIR /app",
      `COPY --from=build /packages ${PACKAGES}`,
      ...tail,
    ]);
    expect(offer(source, "distroless").assumes.some((each) => each.includes("wheels"))).toBe(false);
  });
  test("of another version than the image's, uv fetches a Python", () => {
    refusesUv(`${LOCK}${APP}#- .python-version\n3.12\n`, /asks for Python 3\.12/);
    refusesUv(LOCK.replace(">=3.12", ">=3.14") + APP, /asks for Python >=3\.14/);
  });
  function refusesUv(files: string, reason: RegExp): void {
    const source = stage(
      "python:3.13-slim",
      ["RUN pip install uv && uv sync --frozen"],
      'CMD ["uv", "run", "app.py"]',
      files,
    );
    expect(() => offer(source, "distroless")).toThrow(reason);
  }

  const POETRY =
    "#- pyproject.toml\n[tool.poetry]\nname = 'x'\n[tool.poetry.dependencies]\npython = '^3.13'\nflask = '*'\n";
  test("poetry without an environment gets one, so that it stays behind itself", () => {
    const lines = ["RUN pip install poetry && poetry config virtualenvs.create false && poetry install --no-root"];
    const source = stage("python:3.13", lines, 'CMD ["poetry", "run", "gunicorn", "app:app"]', POETRY + APP);
    expect(added(source, "distroless")).toEqual([
      "RUN POETRY_VIRTUALENVS_CREATE=true POETRY_VIRTUALENVS_IN_PROJECT=true poetry install --no-root",
      "RUN rm -rf /app/.venv/lib/python3.13/site-packages/pip /app/.venv/lib/python3.13/site-packages/pip-*",
      "RUN mv /app/.venv/lib/python3.13/site-packages /packages && rm -rf /app/.venv",
      DISTROLESS,
      "WORKDIR /app",
      `COPY --from=build /packages ${PACKAGES}`,
      "COPY --from=build /app /app",
      'CMD ["-m", "gunicorn", "app:app"]',
    ]);
    expect(added(source, "slim").slice(-3)).toEqual([
      "COPY --from=build /usr/local/bin/gunicorn /usr/local/bin/gunicorn",
      "COPY --from=build /app /app",
      'CMD ["gunicorn", "app:app"]',
    ]);
  });
  test("poetry with one in the project, on the slim image too", () => {
    const lines = ["ENV POETRY_VIRTUALENVS_IN_PROJECT=1", "RUN pip install poetry && poetry install"];
    const source = stage("python:3.13", lines, 'CMD ["poetry", "run", "python", "app.py"]', POETRY + APP);
    expect(added(source, "distroless").slice(-3)).toEqual([`COPY --from=build /packages ${PACKAGES}`, ...tail]);
    expect(added(source, "slim").slice(-2)).toEqual([
      "COPY --from=build /app /app",
      'CMD ["/app/.venv/bin/python", "app.py"]',
    ]);
  });
  refuses(
    "poetry's own folder",
    "distroless",
    stage(
      "python:3.13",
      ["RUN pip install poetry && poetry install"],
      'CMD ["poetry", "run", "python", "app.py"]',
      POETRY + APP,
    ),
    /POETRY_VIRTUALENVS_IN_PROJECT=1/,
  );

  test("another stage", () => {
    const source =
      file(
        "FROM python:3.13 AS builder",
        "COPY requirements.txt .",
        "RUN pip install --prefix=/install -r requirements.txt",
        "FROM python:3.13",
        "COPY --from=builder /install /usr/local",
        "WORKDIR /app",
        "COPY . .",
        'CMD ["gunicorn", "app:app"]',
      ) +
      FLASK +
      APP;
    expect(added(source, "distroless").slice(-4)).toEqual([
      "WORKDIR /app",
      `COPY --from=compile /usr/local/lib/python3.13/site-packages ${PACKAGES}`,
      "COPY --from=compile /app /app",
      'CMD ["-m", "gunicorn", "app:app"]',
    ]);
  });
});

describe("what the program writes", () => {
  const copied = (source: string) => {
    const files = `${FLASK}#- app.py\n${source}\n`;
    return added(stage("python:3.13", [install], 'CMD ["python", "app.py"]', files), "distroless");
  };
  test("nothing: its folder is root's", () => {
    expect(copied("print(open('a.txt').read())")).toContain("COPY --from=build /app /app");
  });
  test.each([
    "open('log.txt', 'a')",
    "import sqlite3\nsqlite3.connect('x.db')",
    "MEDIA_ROOT = BASE_DIR / 'media'",
    "from pathlib import Path\nPath('out').mkdir()",
  ])("in its own folder, which becomes the user's: %s", (source) => {
    expect(copied(source)).toContain("COPY --from=build --chown=65532:65532 /app /app");
  });
  test("to a folder elsewhere, which the build stage makes", () => {
    const lines = copied("open('/data/log.txt', 'w')");
    expect(lines).toContain("RUN mkdir -p /data");
    expect(lines).toContain("COPY --from=build --chown=65532:65532 /data /data");
  });
  test("to /tmp, which all may", () => {
    expect(copied("open('/tmp/x', 'w')")).toContain("COPY --from=build /app /app");
  });
  test.each(["import os\nopen(os.environ['OUT'], 'w')", "import os\nos.chown('x', 1, 1)"])("as root: %s", (source) => {
    expect(copied(source)).toContain("FROM gcr.io/distroless/python3-debian13");
  });
});

describe("how large it is", () => {
  const size = (install: string, files = "") =>
    offer(stage("python:3.13", [`RUN ${install}`], 'CMD ["python", "app.py"]', files + APP), "distroless").size;
  test("packages that were measured, with those that they want", () => {
    const { bytes = 0 } = size("pip install flask gunicorn") ?? {};
    expect(Math.abs((bytes ?? 0) - 66_300_000)).toBeLessThan(3_000_000);
  });
  test("of others a wide range", () => {
    const { low = 0, high = 0 } = size("pip install something-else") ?? {};
    expect(high - low).toBeGreaterThan(20_000_000);
  });
});

test("requirements that a RUN mounts, as docker init writes it", () => {
  const source = (file: string) => `FROM python:3.13
WORKDIR /app
RUN --mount=type=cache,target=/root/.cache/pip \\
    --mount=type=bind,source=${file},target=requirements.txt \\
    python -m pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
#- requirements.txt
requests
#- requirements-dev.txt
psycopg2
#- app.py
import requests`;
  expect(offer(source("requirements.txt"), "distroless").kind).toBe("offer");
  expect(() => offer(source("requirements-dev.txt"), "distroless")).toThrow(/psycopg2 needs libpq/);
});
