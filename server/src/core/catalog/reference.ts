import { Memo } from "../text/memo";

/**
 * The name of an image, in one form for every way to write it: `docker.io/library/ubuntu` and `ubuntu` are equal.
 * A tag that is not written is not here, though it means `latest` where there is no digest either.
 */
export interface ImageReference {
  /** The registry, with its port; none for Docker Hub. */
  readonly domain?: string;
  /** The repository, without the `library/` of Docker Hub's official images. */
  readonly path: string;
  readonly tag?: string;
  /** Such as sha256:…; with one the tag is only a remark. */
  readonly digest?: string;
  /** Domain and path as Docker shows them: `ubuntu`, `gcr.io/distroless/static-debian13`. */
  readonly familiar: string;
}

/** Docker Hub by its names. */
const HUB = new Set(["docker.io", "index.docker.io"]);
/** The whole is never longer: a domain of 255, a path of 255, a tag of 128, a digest of sha512, and what is between. */
const LONGEST = 1024;
const LONGEST_PATH = 255;

// Each piece matches in one way only, so that none of these can backtrack beyond its own length.
const TAG = /^\w[\w.-]{0,127}$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
const HOST = /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])$/;
const IPV6 = /^\[[a-fA-F0-9:]+\]$/;
const PORT = /^[0-9]+$/;
/** The algorithms that registries know, each with the length of its value. */
const DIGEST = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;

/**
 * Reads the name of an image by the rules of distribution/reference (ParseNormalizedNamed), in linear time.
 * Undefined where Docker would refuse it, which a variable that is not replaced makes it do.
 */
export function parseReference(text: string): ImageReference | undefined {
  return references.of(text).reference;
}

const references = new Memo((text) => ({ reference: read(text) }));

function read(text: string): ImageReference | undefined {
  if (text.length > LONGEST || /^[a-f0-9]{64}$/.test(text)) return undefined;
  const at = text.indexOf("@");
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  // A colon before the last slash belongs to a port.
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const name = splitDomain(colon < 0 ? named : named.slice(0, colon));
  if (!name || (tag !== undefined && !TAG.test(tag)) || (digest !== undefined && !DIGEST.test(digest)))
    return undefined;
  const { domain, path } = name;
  return {
    ...(domain === undefined ? {} : { domain }),
    path,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    familiar: domain === undefined ? path : `${domain}/${path}`,
  };
}

function splitDomain(name: string): { readonly domain?: string; readonly path: string } | undefined {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  const isDomain = first === "localhost" || /[.:A-Z]/.test(first);
  if (!isDomain) return validPath(name) ? { path: official(name) } : undefined;
  const path = name.slice(slash + 1);
  if (!validDomain(first) || !validPath(path)) return undefined;
  return HUB.has(first) ? { path: official(path) } : { domain: first, path };
}

/** `library/ubuntu` is `ubuntu`; `library/a/b` stays what it is. */
function official(path: string): string {
  const rest = path.startsWith("library/") ? path.slice("library/".length) : path;
  return rest.includes("/") ? path : rest;
}

function validPath(path: string): boolean {
  return path.length <= LONGEST_PATH && path.split("/").every((component) => COMPONENT.test(component));
}

function validDomain(domain: string): boolean {
  const closing = domain.lastIndexOf("]");
  const colon = domain.indexOf(":", closing + 1);
  const host = colon < 0 ? domain : domain.slice(0, colon);
  if (colon >= 0 && !PORT.test(domain.slice(colon + 1))) return false;
  return IPV6.test(host) || host.split(".").every((component) => HOST.test(component));
}
