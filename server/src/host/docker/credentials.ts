import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { configFolder } from "./endpoint";

/** What a registry is told. It goes to the engine and nowhere else: into no log, no message, no error. */
export interface Credentials {
  /** Empty where the secret is a token. */
  readonly username: string;
  readonly secret: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Config {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

/** Docker Hub goes by this name in the configuration, from the days of the first registry. */
const hub = "https://index.docker.io/v1/";

/** The login that the docker command has for a registry's host, from its configuration or a credential helper. */
export async function credentialsFor(host: string, env: Environment): Promise<Credentials | undefined> {
  return find(keyOf(host), await readConfig(env));
}

/** All logins that the configuration names, as the classic builder wants them: a header of the request, encoded. */
export async function registryHeader(env: Environment): Promise<string | undefined> {
  const config = await readConfig(env);
  const keys = [...new Set([...Object.keys(config.auths ?? {}), ...Object.keys(config.credHelpers ?? {})])];
  const found = await Promise.all(keys.map(async (key) => [key, await find(key, config)] as const));
  const logins = found.flatMap(([key, login]) => (login ? [[key, asAuthConfig(key, login)] as const] : []));
  if (logins.length === 0) return undefined;
  // The engine reads the alphabet for URLs; docker-modem would write the other one, and the logins would be lost.
  const plain = Buffer.from(JSON.stringify(Object.fromEntries(logins))).toString("base64");
  return plain.replace(/\+/g, "-").replace(/\//g, "_");
}

function asAuthConfig(serveraddress: string, { username, secret }: Credentials): Record<string, string> {
  return username === "" ? { identitytoken: secret, serveraddress } : { username, password: secret, serveraddress };
}

function keyOf(host: string): string {
  return /^(?:registry-1\.|index\.)?docker\.io$/.test(host) ? hub : host;
}

async function readConfig(env: Environment): Promise<Config> {
  try {
    return JSON.parse(await readFile(join(configFolder(env), "config.json"), "utf8")) as Config;
  } catch {
    return {};
  }
}

async function find(key: string, config: Config): Promise<Credentials | undefined> {
  const helper = config.credHelpers?.[key] ?? config.credsStore;
  if (helper !== undefined) return askHelper(helper, key);
  const name = Object.keys(config.auths ?? {}).find((name) => name === key || hostOf(name) === hostOf(key));
  const entry = name === undefined ? undefined : config.auths?.[name];
  if (entry?.identitytoken) return { username: "", secret: entry.identitytoken };
  const [, username, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(entry?.auth ?? "", "base64").toString()) ?? [];
  return username && secret !== undefined ? { username, secret: secret.replace(/\0+$/, "") } : undefined;
}

function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, "").replace(/\/.*$/s, "");
}

/** A helper that is missing or has no login for this registry is no error: the image may be public. */
function askHelper(name: string, key: string): Promise<Credentials | undefined> {
  return new Promise((resolve) => {
    const helper = spawn(`docker-credential-${name}`, ["get"], {
      stdio: ["pipe", "pipe", "ignore"],
      windowsHide: true,
    });
    let output = "";
    helper.on("error", () => resolve(undefined));
    helper.stdout.setEncoding("utf8").on("data", (piece: string) => {
      output += piece;
    });
    helper.on("close", (code) => resolve(code === 0 ? readHelper(output) : undefined));
    helper.stdin.on("error", () => undefined).end(key);
  });
}

function readHelper(output: string): Credentials | undefined {
  try {
    const { Username: username, Secret: secret } = JSON.parse(output) as Record<string, unknown>;
    if (typeof username !== "string" || typeof secret !== "string") return undefined;
    return { username: username === "<token>" ? "" : username, secret };
  } catch {
    return undefined;
  }
}
