/**
 * Packages of PyPI that need more than Python: a library that their wheels do not bring, a program that they start.
 * General knowledge of 2026-11-22, not checked row by row: psycopg2 alone was built and run. Each row only adds a refusal or a
 * package. What is not here is taken to be whole in its wheel, as PyPI's manylinux wheels are.
 */
export interface PackageNeed {
  /** For a sentence: "libpq", "the program git". */
  readonly what: string;
  /** Debian's packages that have it; none where the slim image cannot be given it by a package. */
  readonly packages: readonly string[];
  /** As linkers know the library, where the package has no wheel for Linux: pip always compiles it. */
  readonly linked?: string;
  /** A browser of the system will do, with its driver. */
  readonly byDriver?: true;
  /** distroless python3 has it too. */
  readonly inDistroless?: true;
  /** Folders of its own beside the packages, below the prefix of its place: /usr/local/share/jupyter. */
  readonly folders?: readonly string[];
}

const library = (what: string, ...packages: string[]): PackageNeed => ({ what, packages });
const program = (name: string, ...packages: string[]): PackageNeed => ({ what: `the program ${name}`, packages });

/** What JupyterLab's wheel puts below the prefix; notebook and jupyter bring it along. */
const JUPYTER: PackageNeed = {
  ...library("files of its own in /usr/local/share"),
  folders: ["etc/jupyter", "share/jupyter"],
};

const NEEDS: Readonly<Record<string, PackageNeed>> = {
  psycopg2: { ...library("libpq", "libpq5"), linked: "pq" },
  psycopg: library("libpq", "libpq5"),
  mysqlclient: { ...library("libmariadb", "libmariadb3"), linked: "mariadb" },
  pycurl: library("libcurl", "libcurl4"),
  "opencv-python": library("libGL and GLib", "libgl1", "libglib2.0-0"),
  "opencv-contrib-python": library("libGL and GLib", "libgl1", "libglib2.0-0"),
  weasyprint: library("Pango", "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
  cairocffi: library("Cairo", "libcairo2"),
  cairosvg: library("Cairo", "libcairo2"),
  "python-magic": library("libmagic", "libmagic1"),
  pyzbar: library("libzbar", "libzbar0"),
  sounddevice: library("PortAudio", "libportaudio2"),
  pyaudio: library("PortAudio", "libportaudio2"),
  pyodbc: library("the drivers of unixODBC", "unixodbc"),
  lightgbm: { what: "libgomp", packages: ["libgomp1"], inDistroless: true },
  wand: library("ImageMagick"),
  gdal: library("GDAL"),
  "python-ldap": library("libldap"),
  "flask-mysqldb": library("libmariadb", "libmariadb3"),
  "django-weasyprint": library("Pango", "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
  ultralytics: library("libGL and GLib", "libgl1", "libglib2.0-0"),
  mediapipe: library("libGL and GLib", "libgl1", "libglib2.0-0"),
  paddleocr: library("libGL and GLib", "libgl1", "libglib2.0-0", "libgomp1"),
  pycairo: library("Cairo", "libcairo2"),
  xhtml2pdf: library("Cairo", "libcairo2"),
  pygobject: library("GLib"),
  "dbus-python": library("libdbus"),
  "libvirt-python": library("libvirt"),
  pyhive: library("libsasl2"),
  sasl: library("libsasl2"),
  "cx-oracle": library("Oracle's client"),
  unstructured: library("libmagic", "libmagic1"),
  "camelot-py": program("gs", "ghostscript"),
  "openai-whisper": program("ffmpeg", "ffmpeg"),
  pyttsx3: program("espeak", "espeak"),
  pygraphviz: library("Graphviz"),
  uwsgi: library("libraries that it was built with"),
  graphviz: program("dot", "graphviz"),
  pydot: program("dot", "graphviz"),
  pdf2image: program("pdftoppm", "poppler-utils"),
  pytesseract: program("tesseract", "tesseract-ocr"),
  ocrmypdf: program("tesseract"),
  pydub: program("ffmpeg", "ffmpeg"),
  "ffmpeg-python": program("ffmpeg", "ffmpeg"),
  gitpython: program("git", "git"),
  "docker-compose": program("docker"),
  pdfkit: program("wkhtmltopdf"),
  imgkit: program("wkhtmltoimage"),
  pypandoc: program("pandoc", "pandoc"),
  playwright: program("of a browser"),
  pyppeteer: program("of a browser"),
  selenium: { ...program("of a browser"), byDriver: true },
  "undetected-chromedriver": program("of a browser"),
  kaleido: program("of a browser"),
  pyspark: program("java"),
  jpype1: program("java"),
  "tabula-py": program("java"),
  jupyter: JUPYTER,
  jupyterlab: JUPYTER,
  notebook: JUPYTER,
  "jupyter-server": library("files of its own in /usr/local/share"),
};

/** They start programs or a shell by what they are made for. */
const STARTERS = new Set(
  (
    "sh plumbum invoke fabric pexpect ptyprocess supervisor ansible ansible-core apache-airflow honcho circus pip-tools " +
    "virtualenv pipenv poetry nodeenv nox tox pre-commit dbt-core"
  ).split(" "),
);

/** Wheels of the same package that bring the library. */
const WITH_LIBRARY: Readonly<Record<string, readonly string[]>> = {
  psycopg: ["psycopg-binary"],
};

/** What of the packages needs more than Python; `names` are compared as PEP 503 says, with extras as `name[extra]`. */
export function needsOf(names: ReadonlySet<string>): readonly (PackageNeed & { readonly name: string })[] {
  return Object.entries(NEEDS).flatMap(([name, need]) => {
    const brought = WITH_LIBRARY[name]?.some((each) => names.has(each)) || names.has(`${name}[binary]`);
    return names.has(name) && !brought ? [{ name, ...need }] : [];
  });
}

/** Packages that pip always compiles against a library of the system, by the name that linkers know it by. */
export const LINKED: ReadonlyMap<string, string> = new Map(
  Object.entries(NEEDS).flatMap(([name, { linked }]) => (linked === undefined ? [] : [[name, linked]])),
);

/** The first package that starts other programs. */
export function starterOf(names: ReadonlySet<string>): string | undefined {
  return [...STARTERS].find((name) => names.has(name));
}
