const NAMES = new Set(
  ["BUILD", "TARGET"].flatMap((side) => ["PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT"].map((what) => side + what)),
);

/**
 * Whether BuildKit itself gives an ARG its value (dockerfile2llb, defaultArgs). FROM sees it undeclared, a stage after an
 * ARG without a default. `docker build --platform` and `--target` decide the value, so the file never tells it.
 */
export function isPlatformArg(name: string): boolean {
  return NAMES.has(name) || name === "TARGETSTAGE";
}
