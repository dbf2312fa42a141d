import { expect, test } from "vitest";
import { ask } from "./ask";
import { FAMILIES } from "./families";

const SIZES = FAMILIES.flatMap(({ name, most, make, within }) =>
  [...(within ? [within] : []), most].map((size) => [`${name}: ${size}`, () => make(size)] as const),
);

test.each(SIZES)("%s: answers", (_name, make) => {
  const asked = make();
  ask({ text: "FROM a\n" });
  const before = process.cpuUsage();
  ask(asked);
  const { user, system } = process.cpuUsage(before);
  // The promise is one second, and the bench measures it; here a hang is what is caught. Microseconds of this process.
  expect(user + system).toBeLessThan(10_000_000);
});
