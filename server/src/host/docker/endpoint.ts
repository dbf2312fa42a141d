import { createHash } from "node:crypto";
import { access, readFile } from "node:fs/promises";
import { Agent } from "node:http";
import { Agent as TlsAgent } from "node:https";
import { homedir } from "node:os";
import { join } from "node:path";
import type { DockerOptions } from "dockerode";
import { EngineError } from "../../ports";
import { fileReason } from "./errors";

/** Where an engine is, and how dockerode reaches it. */
export interface Endpoint {
  /** Its address, for the user; without a password. */
  readonly where: string;
  readonly options: DockerOptions & { readonly agent: Agent };
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Tls {
  readonly verify: boolean;
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

/**
 * The engine that the `docker` command would use: `host`, else DOCKER_HOST, else its current context, else the socket
 * (on Windows the named pipe) of this system. Rejects with an EngineError where that names no engine.
 */
export async function findEndpoint(
  host: string | undefined,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<Endpoint> {
  const explicit = host || env.DOCKER_HOST;
  if (explicit) return parse(explicit, await tlsOfEnvironment(env));
  const context = env.DOCKER_CONTEXT || (await currentContext(env));
  if (context && context !== "default") return fromContext(context, env);
  return parse(await defaultHost(platform), await tlsOfEnvironment(env));
}

/** The folder of the docker command's configuration. */
export function configFolder(env: Environment): string {
  return env.DOCKER_CONFIG || join(homedir(), ".docker");
}

async function defaultHost(platform: NodeJS.Platform): Promise<string> {
  if (platform === "win32") return "npipe:////./pipe/docker_engine";
  // Docker Desktop can be installed without rights on /var/run.
  const system = "/var/run/docker.sock";
  const desktop = join(homedir(), ".docker", "run", "docker.sock");
  return `unix://${!(await exists(system)) && (await exists(desktop)) ? desktop : system}`;
}

async function currentContext(env: Environment): Promise<string | undefined> {
  // The docker command warns of a broken file and goes on without it.
  const config = await readJson(join(configFolder(env), "config.json")).catch(() => undefined);
  return text(field(config, "currentContext"));
}

async function fromContext(name: string, env: Environment): Promise<Endpoint> {
  const id = createHash("sha256").update(name).digest("hex");
  const contexts = join(configFolder(env), "contexts");
  const meta = await readJson(join(contexts, "meta", id, "meta.json")).catch((error: unknown) => {
    throw new EngineError(`The Docker context "${name}" cannot be read: ${fileReason(error)}.`);
  });
  const docker = field(field(meta, "Endpoints"), "docker");
  const host = text(field(docker, "Host"));
  if (host === undefined) throw new EngineError(`The Docker context "${name}" names no engine.`);
  const files = await readTls(join(contexts, "tls", id, "docker"));
  const skip = field(docker, "SkipTLSVerify") === true;
  return parse(host, files === undefined && !skip ? undefined : { ...files, verify: !skip });
}

async function tlsOfEnvironment(env: Environment): Promise<Tls | undefined> {
  const verify = Boolean(env.DOCKER_TLS_VERIFY);
  if (!verify && !env.DOCKER_TLS) return undefined;
  return { ...(await readTls(env.DOCKER_CERT_PATH || configFolder(env))), verify };
}

async function readTls(folder: string): Promise<Omit<Tls, "verify"> | undefined> {
  const read = (name: string) => readFile(join(folder, name)).catch(() => undefined);
  const [ca, cert, key] = await Promise.all([read("ca.pem"), read("cert.pem"), read("key.pem")]);
  if (!ca && !cert && !key) return undefined;
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

/** A connection that is kept for the next request is a dead one when the engine was restarted in between. */
const oneRequest = { keepAlive: false };

function parse(host: string, tls: Tls | undefined): Endpoint {
  const [, scheme, rest] = /^(?:([a-z]+):\/\/)?(.*)$/s.exec(host) ?? [];
  if ((scheme === "unix" || scheme === "npipe") && rest) {
    return { where: host, options: { protocol: "http", socketPath: rest, agent: new Agent(oneRequest) } };
  }
  if (scheme === "ssh") {
    throw new EngineError(
      `Ballast cannot reach an engine over ssh (${withoutPassword(host)}): use a forwarded socket.`,
    );
  }
  if (scheme !== undefined && scheme !== "tcp" && scheme !== "http" && scheme !== "https") throw noAddress(host);
  // A path, of Windows or of Unix, would be read as the name of a host.
  if (scheme === undefined && /[\\/]/.test(host)) throw noAddress(host);
  return overTcp(host, `http://${rest}`, scheme === "https" ? (tls ?? { verify: true }) : tls);
}

function overTcp(host: string, address: string, tls: Tls | undefined): Endpoint {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url?.hostname) throw noAddress(host);
  // URL drops a port of 80, since that is http's own.
  const port = url.port || (/:80(?:\/|$)/.test(address) ? "80" : tls ? "2376" : "2375");
  const where = `tcp://${url.hostname}:${port}`;
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  if (!tls) return { where, options: { protocol: "http", host: hostname, port, agent: new Agent(oneRequest) } };
  const { verify, ...files } = tls;
  const agent = new TlsAgent({ ...oneRequest, ...files, rejectUnauthorized: verify });
  return { where, options: { ...files, protocol: "https", host: hostname, port, agent } };
}

function noAddress(host: string): EngineError {
  const example = "unix:///var/run/docker.sock or tcp://host:2375 would be one";
  return new EngineError(`"${withoutPassword(host)}" is no address of a Docker Engine; ${example}.`);
}

function withoutPassword(host: string): string {
  return host.replace(/\/\/([^@/:]*):[^@/]*@/, "//$1@");
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, "utf8")) as unknown;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
