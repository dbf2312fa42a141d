import { expect, it } from "vitest";
import { publish, whyOutOfReach } from "../../../server/src/host/docker/reach";

it.each([
  "unix:///var/run/docker.sock",
  "npipe:////./pipe/docker_engine",
  "tcp://localhost:2375",
  "tcp://127.0.0.1:2375",
  "tcp://[::1]:2375",
])("servers of the engine at %s can be asked from here", (where) => {
  expect(whyOutOfReach(where, undefined)).toBeUndefined();
  expect(whyOutOfReach(where, "host")).toBeUndefined();
  expect(whyOutOfReach(where, "none")).toBe("On the network none nothing can be asked.");
});

it.each(["tcp://build.example:2376", "tcp://10.0.0.7:2375", "tcp://[fe80::1]:2375", "tcp://localhost.example:2375"])(
  "those of the one at %s cannot",
  (where) => {
    expect(whyOutOfReach(where, undefined)).toContain(`The engine is on another host (${where})`);
  },
);

it("publishes ports for this machine alone, and none on the host's own network", () => {
  expect(publish([80], undefined)).toEqual({
    ExposedPorts: { "80/tcp": {} },
    PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }] },
  });
  expect(publish([80], "host")).toEqual({});
});
