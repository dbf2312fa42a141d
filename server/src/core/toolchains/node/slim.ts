import { posix } from "../../model/paths";
import type { Way } from "../app";
import { packagesOfProgram, withCertificates } from "../system-programs";
import { type Called, calledBy } from "./called";
import { majorOf, slimHolds, slimLacks, slimOf, standsOnSlim } from "./images";
import { isManager } from "./script";
import { startBy } from "./start-lines";
import { assumed, common, type NodeProgram } from "./ways";

/** The slim image of the same version: npm, a shell and packages of the system are there, compilers are not. */
export function onSlim(program: NodeProgram): Way | string {
  const { view, start, needs } = program;
  const image = slimOf(view);
  if (!image) return "The tag of the base image is not known, so that of its slim variant is not either.";
  const tool = globalTool(program);
  const setup = tool === undefined ? [] : setupOf(program, tool);
  if (typeof setup === "string") return setup;
  const isSmall = standsOnSlim(view);
  const isBrought = hasBrowser(program);
  if (needs.wants && !needs.wants.debian && !isSmall && !isBrought)
    return `${needs.wants.why}, and ${image.name} may have none.`;
  const fetched = isBrought ? undefined : needs.wants?.fetched;
  if (fetched)
    return `${fetched} fetches a browser to a folder of its user, outside the project, which would be left behind${fetched === "puppeteer" ? "; one that apt-get installs (chromium), named by PUPPETEER_EXECUTABLE_PATH, would come along" : ""}.`;
  const packages = isSmall ? [] : packagesFor(program, image.name);
  if (typeof packages === "string") return packages;
  const node = typeof start.node === "string" ? undefined : start.node;
  const isKept = keepsLines(program);
  if (!isKept && !node)
    return `${start.launcher} starts the program, and ${image.name} has no ${start.launcher}; started by npm or node it could move.`;
  return {
    ...common(program),
    name: image.name,
    image: () => image.reference,
    shell: true,
    ...(setup.length > 0 ? { setup } : {}),
    packages,
    env: isKept ? [] : start.env,
    ...(isKept ? {} : { workdir: start.folder }),
    start: isKept || !node ? undefined : startBy(view.start, node, { path: "node", isEntrypoint: false }),
    assumes: assumed(program),
  };
}

/** What has to be installed for the programs that are called; a sentence where one of them cannot be had. */
function packagesFor(program: NodeProgram, image: string): readonly string[] | string {
  const all = calledBy(program);
  if (typeof all === "string") return `${all}, and ${image} may not have it.`;
  const lacking = all.filter(({ name }) => mayLack(program.view, name));
  const unknown = lacking.find(({ name }) => !packagesOfProgram(name)) ?? strange(program, all);
  if (unknown)
    return `It calls ${unknown.name} (${unknown.by}), which ${image} has not; installed by apt-get in this stage it would come along.`;
  const wanted = [...(program.needs.wants?.debian ?? []), ...certificatesFor(program), ...processesFor(program, all)];
  return withCertificates([...wanted, ...lacking.flatMap(({ name }) => packagesOfProgram(name) ?? [])]);
}

/** A browser is all that its packages want beside others of Debian, and a package of the system brings one. */
function hasBrowser({ view, needs: { wants } }: NodeProgram): boolean {
  const isNamed = view.env("PUPPETEER_EXECUTABLE_PATH") !== undefined;
  return (
    wants?.isBrowser === true &&
    (wants.fetched === undefined || (wants.fetched === "puppeteer" && isNamed)) &&
    view.installs.some((name) => /^(?:chromium|chromium-browser|firefox-esr|google-chrome-stable)$/.test(name))
  );
}

/** They look by `ps` for the processes that they end: pm2's TreeKill, tree-kill, pidtree (each package's own sources). */
const BY_PS =
  /^(?:pm2(?:-\w+)?|concurrently|conc|npm-run-all2?|run-[ps]|start-server-and-test|server-test|ts-node-dev|tsnd|forever)$/;

function processesFor(program: NodeProgram, called: readonly Called[]): readonly string[] {
  const { start, view } = program;
  const names = [start.launcher, start.words[0], globalTool(program), ...called.map(({ name }) => name)];
  const asks = names.some((name) => BY_PS.test(unversioned(posix.basename(name ?? ""))));
  return asks && mayLack(view, "ps") ? (packagesOfProgram("ps") ?? []) : [];
}

/** Of what the large images are known to have, all is missing that is not surely there. */
function mayLack(view: NodeProgram["view"], name: string): boolean {
  return packagesOfProgram(name) === undefined ? slimLacks(view, name) : !slimHolds(view, name);
}

/** Node is told to trust what the system trusts (nodejs.org/api/cli.html), and its slim image has no certificates. */
function certificatesFor({ view, start, layout }: NodeProgram): readonly string[] {
  const words = [...start.words, view.start.script ?? "", view.env("NODE_OPTIONS") ?? "", ...start.env];
  const scripts = start.launcher === "node" ? [] : [...(layout.json?.scripts.values() ?? [])];
  const asks = [...words, ...scripts].some((text) => /--use-(?:openssl|system)-ca\b/.test(text));
  const named = view.env("NODE_EXTRA_CA_CERTS") ?? view.env("NODE_USE_SYSTEM_CA") ?? "";
  return asks || /^(?:1$|\/etc\/ssl\/)/.test(named) ? ["ca-certificates"] : [];
}

/** The packages of Debian that the program is known to want. */
export function packagesUsed(program: NodeProgram): readonly string[] {
  const all = calledBy(program);
  const called = typeof all === "string" ? [] : all.flatMap(({ name }) => packagesOfProgram(name) ?? []);
  return [...called, ...(program.needs.wants?.debian ?? [])];
}

/** The first word of the start, where nothing is known to bring it to the slim image. */
function strange(program: NodeProgram, called: readonly Called[]): Called | undefined {
  const { view, start } = program;
  const { launcher } = start;
  if (launcher === undefined || launcher.includes("/") || called.some(({ by }) => by === launcher)) return undefined;
  const isKnown = isManager(launcher) || /^(?:node|npx)$/.test(launcher) || slimHolds(view, launcher);
  const isTool = globalTool(program) !== undefined;
  const isOfProject = view.path.some(
    (folder) => folder.endsWith("/node_modules/.bin") || view.contextFile(posix.join(folder, launcher)) !== undefined,
  );
  return isKnown || isTool || isOfProject || view.installs.length > 0 ? undefined : { name: launcher, by: "the start" };
}

/** The author's own lines start the program on the slim image as they do now. */
function keepsLines({ view, start: { launcher }, layout }: NodeProgram): boolean {
  if (launcher === "pnpm" || launcher === "pnpx" || launcher === "bunx") return false;
  const isYarn = launcher === "yarn" || launcher === "yarnpkg";
  // The images of Node have no Yarn from 26 on, and Yarn 1 does not run what is made for Yarn 2.
  return !isYarn || (Number(majorOf(view)) < 26 && !layout.isBerry);
}

/** A tool that the start needs, and that lies outside the project: `pm2@5` as it was installed. */
function globalTool({ start, layout }: NodeProgram): string | undefined {
  const words = [start.launcher, start.words[0]].map((word) => posix.basename(word ?? ""));
  const isStarted = (name: string) =>
    words.some((word) => word === name || (name === "pm2" && word.startsWith("pm2-")));
  return layout.tools
    .flatMap(({ named }) => named)
    .find((tool) => !isManager(unversioned(tool)) && isStarted(unversioned(tool)));
}

/**
 * The commands that install a tool again, with those that stand beside it, which it may take in: ts-node wants typescript. A
 * sentence where the final stage could not do that as the build stage did.
 */
function setupOf({ view, layout }: NodeProgram, tool: string): readonly string[] | string {
  const all = layout.tools.flatMap(({ named }) => named).filter((name) => !isManager(unversioned(name)));
  const strange = all.find((name) => !isPlainName(name));
  if (strange)
    return `${strange} is installed for the whole machine, outside the project; among the dependencies of package.json, and started by npx, it could move.`;
  const settings = view.commands.filter(
    ({ program, values }) => program === "npm" && values[0] === "config" && values[1] === "set",
  );
  const isRegistry = ({ values }: (typeof settings)[number]) =>
    values.length === 4 && values[2] === "registry" && /^https?:\/\/[\w.:/-]+$/.test(values[3] ?? "");
  if (settings.some((run) => !isRegistry(run)) || view.contextFile("/root/.npmrc") !== undefined)
    return `${tool} is installed for the whole machine by settings of npm that the final stage would not have; among the dependencies of package.json, and started by npx, it could move.`;
  return [...settings.map(({ values }) => `npm ${values.join(" ")}`), `npm install -g ${all.join(" ")}`];
}

/** A name of the registry, with a version or none, that any shell reads as it is. */
function isPlainName(tool: string): boolean {
  return /^(?:@[\w-]+\/)?[\w-]+(?:@[\w.-]+)?$/.test(tool);
}

/** `pm2` of `pm2@5`, `@scope/a` of `@scope/a@1`. */
function unversioned(name: string): string {
  const at = name.indexOf("@", 1);
  return at < 0 ? name : name.slice(0, at);
}
