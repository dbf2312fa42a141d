import { expect, test } from "vitest";
import { copiesOf } from "../../../../server/src/core/flow/files/copies";
import { buildModel } from "../../../../server/src/core/model/model";
import { scan } from "../../../../server/src/core/syntax/scan";

test("variables count in the JSON form too, as for BuildKit", () => {
  const { stages } = buildModel(
    scan('FROM scratch\nENV D=/srv\nCOPY ["a b", "$D/x y"]\nCOPY a ${D}/z\n'),
    () => undefined,
  );
  const [stage] = stages;
  expect(stage && copiesOf(stage, "\\").map(({ sources, target }) => [sources, target])).toEqual([
    [["a b"], "/srv/x y"],
    [["a"], "/srv/z"],
  ]);
});
