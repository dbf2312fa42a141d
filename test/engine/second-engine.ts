/** A Docker Engine of the tests' own, that may be killed and whose disk may be full. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Process, processes, until } from "./world";

export interface SecondEngine {
  readonly host: string;
  readonly socket: string;
  /** Ends it at once, as a crash would. */
  kill(): void;
  /** Ends it and everything that it started, and removes its files. */
  dispose(): Promise<void>;
}

/** Why this machine cannot have one; undefined where it can. */
export function whyNoSecondEngine(): string | undefined {
  if (process.getuid?.() !== 0) return "a second engine needs root";
  try {
    execFileSync("unshare", ["--net", "dockerd", "--version"], { stdio: "ignore" });
  } catch {
    return "a second engine needs dockerd, and unshare for a network of its own";
  }
  try {
    execFileSync("docker", ["image", "inspect", "busybox"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "a second engine takes its base image, busybox, from the first, which does not answer or has none";
  }
}

/** Starts it, with busybox and nothing else. `megabytes` is the size of its disk; without it, that of this machine. */
export async function startSecondEngine(megabytes?: number): Promise<SecondEngine> {
  const home = mkdtempSync(join(tmpdir(), "ballast-dockerd-"));
  const data = join(home, "data");
  const socket = join(home, "docker.sock");
  mkdirSync(data);
  if (megabytes) execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", data]);
  writeFileSync(join(home, "daemon.json"), "{}");
  const places = ["--data-root", data, "--exec-root", join(home, "exec"), "--pidfile", join(home, "pid")];
  const log = openSync(join(home, "log"), "w");
  const flags = [
    "--config-file",
    join(home, "daemon.json"),
    "-H",
    `unix://${socket}`,
    "--bridge=none",
    "--iptables=false",
  ];
  // In a network of its own: an engine without a bridge removes the one of the machine, and with it the first engine's.
  const daemon = spawn("unshare", ["--net", "dockerd", ...places, ...flags], {
    stdio: ["ignore", log, log],
    env: { ...process.env, ...(megabytes && { DOCKER_TMPDIR: join(data, "tmp") }) },
  });
  const host = `unix://${socket}`;
  const docker = (...args: string[]) => execFileSync("docker", ["-H", host, ...args], { stdio: "pipe" });
  const answers = () => {
    try {
      return docker("version").length > 0;
    } catch {
      return false;
    }
  };
  let orphans: Process[] = [];
  const engine: SecondEngine = {
    host,
    socket,
    kill: () => {
      // Once it is gone, nothing tells any more whose the processes in its containers are.
      orphans = startedBy(home);
      process.kill(daemon.pid ?? 0, "SIGKILL");
    },
    dispose: async () => {
      daemon.kill("SIGTERM");
      for (let waited = 0; daemon.exitCode === null && daemon.signalCode === null && waited < 5_000; waited += 50)
        await sleep(50);
      for (const { pid } of [...startedBy(home), ...orphans]) kill(pid);
      unmount(home);
      rmSync(home, { recursive: true, force: true });
    },
  };
  try {
    await until("the second engine answers", answers, 20_000);
    const archive = join(home, "busybox.tar");
    execFileSync("docker", ["save", "-o", archive, "busybox:latest"]);
    docker("load", "-i", archive);
    return engine;
  } catch (error) {
    await engine.dispose();
    throw error;
  }
}

/** Its own processes have its folder in their command, and start the others. */
function startedBy(home: string): Process[] {
  const all = processes();
  const found = all.filter(({ command }) => command.includes(home));
  for (const one of found)
    found.push(...all.filter(({ parent, pid }) => parent === one.pid && !found.some((other) => other.pid === pid)));
  return found;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended with the one before it.
  }
}

function unmount(home: string): void {
  const mounts = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "");
  for (const mount of mounts.filter((path) => path.startsWith(home)).reverse()) execFileSync("umount", ["-l", mount]);
}
