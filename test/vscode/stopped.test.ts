import { connect as connectTo, createServer, type Server } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { calculatorFolder, describeInVSCode, openWindow, PATIENT, pictureOnFailure } from "../kit/vscode";
import type { Window } from "../kit/window";

/** A port of this machine where nobody answers until a door to the engine is opened there. */
const PORT = 23_750;
const SOCKET = "/var/run/docker.sock";

await describeInVSCode("An engine that is stopped, appears, and goes", () => {
  let window: Window;
  let door: Door | undefined;

  beforeAll(async () => {
    window = await openWindow(calculatorFolder({ "ballast.host": `tcp://127.0.0.1:${PORT}` }));
    await window.openFile("Dockerfile");
    await window.status.waitFor();
  });
  afterAll(() => door?.close());

  beforeEach(({ task }) => pictureOnFailure(window, task.name));

  test("the status bar says in a few words why nothing is measured; all but building works", async () => {
    await expect.poll(() => window.status.innerText(), PATIENT).toMatch(/≈ \d+ MB · .*not/);
    expect(await window.squiggled("warning")).toEqual(expect.arrayContaining(["ubuntu", "go build -o /app ."]));
    await window.focusEditor();
    await window.goTo(6, 20);
    expect(await window.lightBulb()).toContainEqual(expect.stringMatching(/distroless static.*≈/));
    await window.closeLightBulb();
  });

  test("a build says what is missing", async () => {
    await window.command("Ballast: Build image");
    await window.notification(/127\.0\.0\.1/).waitFor();
    await window.clearNotifications();
  });

  test("the engine is noticed when it appears, and when it goes", async () => {
    door = await openDoor();
    await expect.poll(() => window.status.innerText(), PATIENT).not.toContain("·");
    await door.close();
    await expect.poll(() => window.status.innerText(), PATIENT).toContain("·");
  });
});

interface Door {
  close(): Promise<void>;
}

/** Hands what comes to the port on to the engine. */
async function openDoor(): Promise<Door> {
  const server: Server = createServer((guest) => {
    const host = connectTo(SOCKET);
    guest.pipe(host).pipe(guest);
    const end = () => {
      guest.destroy();
      host.destroy();
    };
    for (const socket of [guest, host]) socket.on("error", end).on("close", end);
  });
  await new Promise<void>((resolve) => server.listen(PORT, "127.0.0.1", resolve));
  return {
    close: () => new Promise((resolve) => (server.listening ? server.close(() => resolve()) : resolve())),
  };
}
