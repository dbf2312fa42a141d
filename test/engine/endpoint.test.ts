import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { credentialsFor, registryHeader } from "../../server/src/host/docker/credentials";
import { findEndpoint } from "../../server/src/host/docker/endpoint";
import { openEngine } from "../../server/src/host/docker/engine";
import { EngineError } from "../../server/src/ports";
import { folder } from "./world";

const nothing = { DOCKER_CONFIG: "/nowhere" };

/** A folder of configuration with contexts, each `name: host`. */
function configured(config: object, contexts: Readonly<Record<string, string>> = {}): string {
  const home = folder({ "config.json": JSON.stringify(config) });
  for (const [name, host] of Object.entries(contexts)) {
    const meta = join(home, "contexts", "meta", createHash("sha256").update(name).digest("hex"));
    mkdirSync(meta, { recursive: true });
    writeFileSync(join(meta, "meta.json"), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }));
  }
  return home;
}

describe("which engine", () => {
  const where = async (host: string | undefined, env: Record<string, string>) => (await findEndpoint(host, env)).where;

  it("is the one that is named, then DOCKER_HOST, then the context, then this system's", async () => {
    const DOCKER_CONFIG = configured(
      { currentContext: "mine" },
      { mine: "unix:///mine.sock", other: "unix:///other.sock" },
    );
    const env = { DOCKER_CONFIG, DOCKER_CONTEXT: "other", DOCKER_HOST: "unix:///env.sock" };
    expect(await where("unix:///named.sock", env)).toBe("unix:///named.sock");
    expect(await where(undefined, env)).toBe("unix:///env.sock");
    expect(await where(undefined, { DOCKER_CONFIG, DOCKER_CONTEXT: "other" })).toBe("unix:///other.sock");
    expect(await where(undefined, { DOCKER_CONFIG })).toBe("unix:///mine.sock");
    expect([await where(undefined, { DOCKER_CONFIG, DOCKER_CONTEXT: "default" })]).toEqual([
      await where(undefined, nothing),
    ]);
    expect(await where(undefined, nothing)).toMatch(
      process.platform === "win32" ? /^npipe:/ : new RegExp(`^unix://(/var/run|${homedir()}/.docker/run)/docker.sock$`),
    );
  });

  it("is a named pipe on Windows: its own, Docker Desktop's by a context, or one that is named", async () => {
    const pipe = async (host: string | undefined, env: Record<string, string>) =>
      (await findEndpoint(host, env, "win32")).options;
    expect(await pipe(undefined, nothing)).toMatchObject({ socketPath: "//./pipe/docker_engine", protocol: "http" });
    expect(await pipe("npipe:////./pipe/podman-machine-default", nothing)).toMatchObject({
      socketPath: "//./pipe/podman-machine-default",
    });
    expect(await pipe("npipe://\\\\.\\pipe\\docker_engine", nothing)).toMatchObject({
      socketPath: "\\\\.\\pipe\\docker_engine",
    });
    const desktop = "npipe:////./pipe/dockerDesktopLinuxEngine";
    const DOCKER_CONFIG = configured({ currentContext: "desktop-linux" }, { "desktop-linux": desktop });
    expect(await pipe(undefined, { DOCKER_CONFIG })).toMatchObject({ socketPath: "//./pipe/dockerDesktopLinuxEngine" });
    expect(await pipe("tcp://localhost:2375", nothing)).toMatchObject({ host: "localhost", port: "2375" });
    await expect(pipe("C:\\pipe\\docker_engine", nothing)).rejects.toThrow("is no address of a Docker Engine");
    await expect(pipe("npipe://", nothing)).rejects.toThrow("is no address of a Docker Engine");
  });

  it("is reached over TCP, with TLS where the environment or the context says so", async () => {
    const files = { "ca.pem": "CA", "cert.pem": "CERT", "key.pem": "KEY" };
    const plain = await findEndpoint("tcp://build.example", nothing);
    expect(plain).toMatchObject({ where: "tcp://build.example:2375", options: { protocol: "http", port: "2375" } });
    const env = { ...nothing, DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: folder(files) };
    const verified = await findEndpoint("tcp://[::1]:1234", env);
    expect(verified.options).toMatchObject({ protocol: "https", host: "::1", port: "1234", ca: Buffer.from("CA") });
    expect(await where("tcp://build.example:80", nothing)).toBe("tcp://build.example:80");

    const DOCKER_CONFIG = configured({ currentContext: "far" }, { far: "tcp://far.example" });
    const tls = join(DOCKER_CONFIG, "contexts", "tls", createHash("sha256").update("far").digest("hex"), "docker");
    mkdirSync(tls, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(tls, name), text);
    const far = await findEndpoint(undefined, { DOCKER_CONFIG });
    expect(far).toMatchObject({
      where: "tcp://far.example:2376",
      options: { protocol: "https", key: Buffer.from("KEY") },
    });
  });

  it("cannot be one that is not there, or that Ballast cannot use", async () => {
    const refused = async (host: string | undefined, env = {}) =>
      expect(findEndpoint(host, { ...nothing, ...env })).rejects.toThrow(EngineError);
    await refused(undefined, { DOCKER_CONTEXT: "gone" });
    for (const host of [
      "ssh://build.example",
      "tcp://",
      "unix://",
      "what is this",
      "ftp://build.example",
      "/var/run/docker.sock",
    ])
      await refused(host);
    await expect(findEndpoint("ssh://me:secret@there", nothing)).rejects.not.toThrow("secret");
    await expect(findEndpoint(undefined, { ...nothing, DOCKER_CONTEXT: "gone" })).rejects.toThrow(
      'The Docker context "gone" cannot be read: it does not exist.',
    );
  });
});

describe("what is settled with the engine", () => {
  /** An engine that answers with these headers, and remembers what it was asked for. */
  async function answering(headers: Record<string, string>) {
    const paths: string[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url ?? "");
      response.writeHead(200, headers).end("{}");
    });
    const socket = join(folder(), "engine.sock");
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    onTestFinished(() => void server.close());
    return { host: `unix://${socket}`, paths };
  }

  it.each([
    ["20.10", { "Api-Version": "1.41", Ostype: "linux" }, "buildkit", "/v1.41/version"],
    ["29", { "Api-Version": "1.99", Ostype: "linux", "Builder-Version": "2" }, "buildkit", "/v1.51/version"],
    ["18.06", { "Api-Version": "1.38", Ostype: "linux" }, "classic", "/v1.38/version"],
    [
      "one set to the classic builder",
      { "Api-Version": "1.41", Ostype: "linux", "Builder-Version": "1" },
      "classic",
      "/v1.41/version",
    ],
    ["Windows", { "Api-Version": "1.45", Ostype: "windows" }, "classic", "/v1.45/version"],
    ["Podman", { "Api-Version": "1.41", Ostype: "linux", "Libpod-Api-Version": "5.0.0" }, "classic", "/v1.41/version"],
  ] as const)("depends on it: %s", async (_, headers, builder, path) => {
    const { host, paths } = await answering(headers);
    const engine = await openEngine({ host }, nothing);
    expect(engine.builder).toBe(builder);
    expect((await openEngine({ host, builder: "classic" }, nothing)).builder).toBe("classic");
    await engine.docker.version();
    expect(paths).toEqual(["/_ping", "/_ping", path]);
  });
});

describe("logins", () => {
  afterEach(() => vi.unstubAllEnvs());
  const encoded = (text: string) => Buffer.from(text).toString("base64");

  it("come from the docker command's configuration", async () => {
    const auths = {
      "https://index.docker.io/v1/": { auth: encoded("me:se:cret") },
      "registry.example": { auth: "", identitytoken: "token" },
    };
    const env = { DOCKER_CONFIG: configured({ auths }) };
    expect(await credentialsFor("registry-1.docker.io", env)).toEqual({ username: "me", secret: "se:cret" });
    expect(await credentialsFor("registry.example", env)).toEqual({ username: "", secret: "token" });
    expect(await credentialsFor("other.example", env)).toBeUndefined();
    expect(await credentialsFor("registry.example", nothing)).toBeUndefined();
    const header = (await registryHeader(env)) ?? "";
    expect(header).not.toMatch(/[+/]/);
    expect(JSON.parse(Buffer.from(header, "base64url").toString())).toMatchObject({
      "https://index.docker.io/v1/": { username: "me", password: "se:cret" },
      "registry.example": { identitytoken: "token" },
    });
    expect(await registryHeader(nothing)).toBeUndefined();
  });

  it.skipIf(process.platform === "win32")("come from a credential helper", async () => {
    const bin = folder({
      "docker-credential-fake":
        '#!/bin/sh\nread host\n[ "$host" = fine.example ] && echo \'{"Username":"<token>","Secret":"s"}\'\n',
    });
    chmodSync(join(bin, "docker-credential-fake"), 0o755);
    vi.stubEnv("PATH", `${bin}${delimiter}${process.env.PATH}`);
    const credHelpers = { "fine.example": "fake", "bad.example": "fake", "odd.example": "not-installed" };
    const env = { DOCKER_CONFIG: configured({ credHelpers }) };
    expect(await credentialsFor("fine.example", env)).toEqual({ username: "", secret: "s" });
    expect(await credentialsFor("bad.example", env)).toBeUndefined();
    expect(await credentialsFor("odd.example", env)).toBeUndefined();
  });
});
