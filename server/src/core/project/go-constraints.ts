/** Systems and architectures that stand at the end of a file's name (go/build, syslist.go). */
const OTHER_SYSTEMS = new Set(
  "aix android darwin dragonfly freebsd hurd illumos ios js nacl netbsd openbsd plan9 solaris wasip1 windows zos".split(
    " ",
  ),
);

/**
 * Whether a build for Linux takes a file in: by its name (`x_windows.go`) and its `//go:build` line (go.dev/cmd/go, "Build
 * constraints"). `tags` holds -tags and, where cgo is on, `cgo`. Architectures are taken to match: which one is built is
 * not known.
 */
export function buildsOnLinux(path: string, constraint: string | undefined, tags: ReadonlySet<string>): boolean {
  const suffixes = (path.split("/").at(-1) ?? "").replace(/\.go$/, "").split("_").slice(1);
  if (suffixes.slice(-2).some((suffix) => OTHER_SYSTEMS.has(suffix))) return false;
  return constraint === undefined || evaluate(constraint, tags);
}

/** Deeper or longer constraints were written by no person; their files are taken in. */
const MAX_CONSTRAINT = 500;

const ARCHITECTURES = new Set(
  "386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x".split(" "),
);

/** `!` binds before `&&`, and that before `||`. */
function evaluate(constraint: string, tags: ReadonlySet<string>): boolean {
  if (constraint.length > MAX_CONSTRAINT) return true;
  const words = constraint.match(/[\w.]+|&&|\|\||[!()]/g) ?? [];
  let at = 0;
  const either = (): Tern => {
    let value = both();
    while (words[at] === "||") {
      at++;
      value = or(value, both());
    }
    return value;
  };
  const both = (): Tern => {
    let value = one();
    while (words[at] === "&&") {
      at++;
      value = not(or(not(value), not(one())));
    }
    return value;
  };
  const one = (): Tern => {
    const word = words[at++];
    if (word === "!") return not(one());
    if (word !== "(") return holds(word ?? "", tags);
    const value = either();
    at++;
    return value;
  };
  return either() !== false;
}

/** Undefined is "not known". */
type Tern = boolean | undefined;

function not(value: Tern): Tern {
  return value === undefined ? undefined : !value;
}

function or(a: Tern, b: Tern): Tern {
  if (a === true || b === true) return true;
  return a === undefined || b === undefined ? undefined : false;
}

function holds(tag: string, tags: ReadonlySet<string>): Tern {
  if (tag === "linux" || tag === "unix" || tag === "gc" || tags.has(tag)) return true;
  return ARCHITECTURES.has(tag) || /^go1\./.test(tag) ? undefined : false;
}
