import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["test/kit/global-setup.ts"],
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: { name: "core", include: ["test/**/*.test.ts"], exclude: ["test/engine/**", "test/vscode/**"] },
      },
      // One engine serves them all: what one leaves, another would see.
      { extends: true, test: { name: "engine", include: ["test/engine/**/*.test.ts"], fileParallelism: false } },
      // What builds, runs, cancels and compares, once more on a second engine with another image store.
      {
        extends: true,
        test: {
          name: "engine-modern",
          include: ["test/engine/{build,cancel,run,compare,apps}.test.ts"],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          env: { BALLAST_ENGINE_PART: "engine-modern", DOCKER_HOST: process.env.BALLAST_SECOND_ENGINE ?? "" },
        },
      },
      // They share one VS Code and the engine, and come when the others are done with it.
      {
        extends: true,
        test: {
          name: "vscode",
          include: ["test/vscode/**/*.test.ts"],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
