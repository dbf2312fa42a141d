const INVALID = "invalid reference format";
const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const HOST =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::\d+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const MAX_NAME = 255;

/** Why the name of an image is none (github.com/distribution/reference); undefined where it is one, or may be. */
export function referenceProblem(reference: string): string | undefined {
  if (reference.length > 1024) return undefined;
  const [named = "", digest, ...more] = reference.split("@");
  if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest))) return INVALID;
  const { host, rest } = splitHost(named);
  const colon = rest.indexOf(":");
  const path = colon < 0 ? rest : rest.slice(0, colon);
  if (path !== path.toLowerCase())
    return `${INVALID}: repository name (${host || path.includes("/") ? path : `library/${path}`}) must be lowercase`;
  const tagged = colon < 0 || TAG.test(rest.slice(colon + 1));
  const fits = path.split("/").every((part) => COMPONENT.test(part)) && (host === "" || HOST.test(host));
  return tagged && fits && named.length <= MAX_NAME ? undefined : INVALID;
}

/** What stands before the first slash is a host where it looks like one. */
function splitHost(name: string): { host: string; rest: string } {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  const isHost = /[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase();
  return isHost ? { host: first, rest: name.slice(slash + 1) } : { host: "", rest: name };
}
