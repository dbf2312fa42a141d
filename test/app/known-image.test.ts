import { expect, it } from "vitest";
import { knowImage, sizeOf, sizeOfPart } from "../../server/src/app/known-image";
import { type BuildEngine, EngineError, type ImageDetails } from "../../server/src/ports";

const image: ImageDetails = {
  ...{ id: "sha256:0", platform: "linux/amd64", bytes: 8192, approximate: true },
  ...{ history: [{ createdBy: "COPY", bytes: 8192 }], user: "", ports: [], env: {} },
};

/** An engine of which only this is asked. */
function engineThat(parts: Pick<BuildEngine, "measure" | "inspect">): BuildEngine {
  return parts as BuildEngine;
}

it("is the engine's own figure, marked as such, where the layers cannot be read, and the log says why", async () => {
  const said: string[] = [];
  const engine = engineThat({
    measure: () => Promise.reject(new EngineError("The layers cannot be read.")),
    inspect: () => Promise.resolve(image),
  });
  const known = await knowImage(engine, image, { log: (line) => said.push(line) });
  expect(known).toEqual({ ...image, contents: null, inside: null });
  expect(said).toEqual(["The layers cannot be read."]);
  const size = { kind: "unpacked", source: "measured", platform: "linux/amd64", approximate: true };
  expect(sizeOf(known)).toEqual({ bytes: 8192, ...size });
  expect(sizeOfPart(known, [])).toEqual({ bytes: 0, ...size });
});

it("is an error where the engine is gone, and the signal's reason where it was cancelled", async () => {
  const gone = new EngineError("It is gone.");
  const engine = engineThat({ measure: () => Promise.reject(gone), inspect: () => Promise.reject(gone) });
  const log = () => expect.fail("nothing is to be said");
  await expect(knowImage(engine, image, { log })).rejects.toBe(gone);
  const cancelled = engineThat({
    measure: () => Promise.reject(gone),
    inspect: () => expect.fail("it was cancelled"),
  });
  await expect(knowImage(cancelled, image, { log }, AbortSignal.abort())).rejects.toBe(gone);
});
