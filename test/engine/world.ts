/** What the tests of the engine look at outside the product: processes, containers, images, files. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Docker from "dockerode";
import { afterAll, expect } from "vitest";

const folders: string[] = [];
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

/** A folder that is removed after the tests of the file, with these files in it. */
export function folder(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), "ballast-engine-"));
  folders.push(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All processes of this machine, those in containers too. */
export function processes(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, "utf8")) ?? [];
        return [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return []; // It ended while we looked.
      }
    });
}

/** Those that run exactly this command; not a shell that has it in a line. */
export function running(command: string): Process[] {
  return processes().filter((process) => process.command === command);
}

/** The child processes of the product that this process, or `parent`, has started. */
export function engineProcesses(parent = process.pid): number[] {
  return processes()
    .filter((one) => one.parent === parent && /engine\.js/.test(one.command))
    .map(({ pid }) => pid);
}

/** How many sockets a process has open. */
export function sockets(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith("socket:");
    } catch {
      return false;
    }
  }).length;
}

/** Waits until it holds; fails after so many milliseconds, and says what it waited for. Resolves to how long it took. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, patience = 30_000): Promise<number> {
  const start = Date.now();
  while (!(await holds())) {
    if (Date.now() - start > patience) expect.fail(`after ${patience} ms still not: ${what}`);
    await sleep(50);
  }
  return Date.now() - start;
}

/** The engine, asked without the product. */
export class Witness {
  private readonly docker: Docker;

  constructor(socketPath?: string) {
    this.docker = new Docker(socketPath === undefined ? undefined : { socketPath });
  }

  /** The images whose history has this text, the nameless ones too. */
  async images(marker: string): Promise<string[]> {
    const all = await this.docker.listImages({ all: true });
    const found = await Promise.all(
      all.map(async ({ Id }) => {
        const history: unknown = await this.docker
          .getImage(Id)
          .history()
          .catch(() => []);
        return JSON.stringify(history).includes(marker) ? [Id] : [];
      }),
    );
    return found.flat();
  }

  /** The containers whose command has this text, the stopped ones too. */
  async containers(marker: string): Promise<string[]> {
    const all = await this.docker.listContainers({ all: true });
    return all.filter(({ Command }) => Command.includes(marker)).map(({ Id }) => Id);
  }

  async counts(): Promise<{ containers: number; images: number }> {
    const [containers, images] = await Promise.all([
      this.docker.listContainers({ all: true }),
      this.docker.listImages({ all: true }),
    ]);
    return { containers: containers.length, images: images.length };
  }

  async remove(image: string): Promise<void> {
    await this.docker
      .getImage(image)
      .remove({ force: true })
      .catch(() => undefined);
  }
}
