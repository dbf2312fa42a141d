import type { Container, ContainerInspectInfo } from "dockerode";

/** Where a port of a container answers, seen from here. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

const here = "127.0.0.1";

/** Why the ports of an engine's containers cannot be reached from here; undefined where they can. `where` is its address. */
export function whyOutOfReach(where: string, network: string | undefined): string | undefined {
  if (network === "none") return "On the network none nothing can be asked.";
  const [, scheme, host] = /^([a-z]+):\/\/(\[[^\]]*\]|[^:/]*)/.exec(where) ?? [];
  const local = scheme !== "tcp" || host === "localhost" || host === "[::1]" || /^127\./.test(host ?? "");
  return local
    ? undefined
    : `The engine is on another host (${where}); its servers cannot be asked without opening their ports to the network.`;
}

/** The settings by which ports are published on free ports of the engine's own host, for nobody else. */
export function publish(ports: readonly number[], network: string | undefined) {
  if (network === "host") return {};
  return {
    ExposedPorts: Object.fromEntries(ports.map((port) => [`${port}/tcp`, {}])),
    PortBindings: Object.fromEntries(ports.map((port) => [`${port}/tcp`, [{ HostIp: here, HostPort: "" }]])),
  };
}

/**
 * Where a port of a running container may answer, best first: published on this machine or, where this process is in a
 * container itself or the network is an internal one, at the container's own address.
 */
export async function addressesOf(
  container: Container,
  network: string | undefined,
): Promise<(port: number) => readonly Address[]> {
  if (network === "host") return (port) => [{ host: here, port }];
  const { NetworkSettings } = (await container.inspect()) as ContainerInspectInfo;
  const own = Object.values(NetworkSettings.Networks ?? {}).flatMap(({ IPAddress }) => IPAddress || []);
  return (port) => {
    const published = NetworkSettings.Ports?.[`${port}/tcp`]?.[0]?.HostPort;
    return [
      ...(published ? [{ host: here, port: Number(published) }] : []),
      // Elsewhere containers live in a virtual machine, and their addresses are somebody else's here.
      ...(process.platform === "linux" ? own.map((host) => ({ host, port })) : []),
    ];
  };
}
