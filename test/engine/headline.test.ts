import { expect, test } from "vitest";
import { measureHeadline } from "../bench/headline.mts";
import { describeOnEngine } from "../kit/engine";

await describeOnEngine("the headline", () => {
  test("the calculator is found, rewritten, built and compared", { timeout: 900_000 }, () => {
    const headline = measureHeadline();
    if (typeof headline === "string") throw new Error(headline);
    const { before, distroless, scratch, tutorial, base } = headline;
    console.log(
      `headline: ${before} B before, ${distroless} B on distroless (${(before / distroless).toFixed(0)}×), ${scratch} B on scratch (${(before / scratch).toFixed(0)}×), the tutorial's own ${tutorial} B`,
    );
    expect(scratch).toBeLessThanOrEqual(0.7 * tutorial);
    expect(distroless).toBeLessThanOrEqual(scratch + base);
    expect(before / scratch).toBeGreaterThan(300);
  });
});
