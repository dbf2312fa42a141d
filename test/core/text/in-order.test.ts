import { expect, test } from "vitest";
import { InOrder } from "../../../server/src/core/text/in-order";

test("those at each place, when the places are asked for in their order", () => {
  const things = [1, 1, 4, 6].map((at, index) => ({ at, index }));
  const inOrder = new InOrder(things, ({ at }) => at);
  expect([0, 1, 3, 6, 7].map((place) => inOrder.at(place).map(({ index }) => index))).toEqual([
    [],
    [0, 1],
    [],
    [3],
    [],
  ]);
});
