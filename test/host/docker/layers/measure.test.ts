import { expect, it } from "vitest";
import { placesOf } from "../../../../server/src/host/docker/layers/measure";

const history = (...bytes: readonly number[]) => bytes.map((each, at) => ({ createdBy: String(at), bytes: each }));
const layers = (...bytes: readonly number[]) => bytes.map((each) => ({ bytes: each }));
type Given = Parameters<typeof placesOf>;
const assign = (...[entries, all, said]: Given) =>
  placesOf(entries, all, said)?.map((place) => (place === undefined ? 0 : all[place]?.bytes));

it("gives each line of the history its layer, as the image's config says", () => {
  const said = [false, true, false, false].map((empty) => ({ empty }));
  expect(assign(history(9, 0, 0, 9), layers(1, 0, 2), said)).toEqual([1, 0, 0, 2]);
  expect(assign(history(9, 0), layers(1, 0, 2), said)).toBeUndefined();
  expect(assign(history(9, 0, 0, 9), layers(1, 2), said)).toBeUndefined();
});

it("finds the layers by their weight where it was not said, or does not guess", () => {
  expect(assign(history(4096, 0, 4096, 8192), layers(1, 0, 2), undefined)).toEqual([1, 0, 0, 2]);
  expect(assign(history(10, 0, 0, 20), layers(11, 0, 22), undefined)).toEqual([11, 0, 0, 22]);
  expect(assign(history(10, 0, 0), layers(11, 22), undefined)).toBeUndefined();
});
