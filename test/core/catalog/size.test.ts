import { describe, expect, test } from "vitest";
import { addSizes, formatBytes, formatSize, type Size } from "../../../server/src/core/catalog/size";

function size(bytes: number | null, more: Partial<Size> = {}): Size {
  return { bytes, kind: "unpacked", source: "catalog", platform: "linux/amd64", ...more };
}

describe("formatBytes", () => {
  test.each([
    [0, "0 B"],
    [1, "1 B"],
    [999, "999 B"],
    [1000, "1 kB"],
    [1004, "1 kB"],
    [1006, "1.01 kB"],
    [24_400_000, "24.4 MB"],
    [104_483_585, "104 MB"],
    [851_444_243, "851 MB"],
    [999_499_999, "999 MB"],
    [999_500_000, "1 GB"],
    [1_280_000_000, "1.28 GB"],
    [290_000, "290 kB"],
    [2e12, "2 TB"],
    [3e18, "3000 PB"],
  ])("%d is %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe("formatSize", () => {
  test.each<[Size, string]>([
    [size(851_444_243), "851 MB"],
    [size(851_444_243, { source: "measured" }), "851 MB"],
    [size(0, { source: "estimate" }), "0 B"],
    [size(694_000_000, { source: "estimate" }), "≈ 690 MB"],
    [size(694_000_000, { source: "estimate", low: 660_000_000, high: 740_000_000 }), "≈ 690 MB"],
    [size(1_800_000, { source: "estimate", low: 1_250_000, high: 2_410_000 }), "≈ 1.2–2.5 MB"],
    [size(5_000_000, { source: "estimate", low: 0, high: 9_900_000 }), "≈ 0–9.9 MB"],
    [size(null, { source: "estimate", low: 800_000, high: 12_000_000 }), "≈ 800 kB–12 MB"],
    [size(null, { source: "estimate", low: 699_000_000 }), "≥ 690 MB"],
    [size(null, { source: "estimate", low: 0 }), "unknown"],
    [size(null), "unknown"],
    [size(5_496_832, { source: "measured", approximate: true }), "≈ 5.5 MB on disk"],
    [size(0, { source: "measured", approximate: true }), "0 B"],
  ])("%j", (given, text) => expect(formatSize(given)).toBe(text));
});

describe("addSizes", () => {
  test("of nothing is nothing", () => expect(addSizes([])).toEqual(size(0, { source: "measured" })));

  test("of one is that one", () => {
    const one = size(7, { source: "estimate", low: 5, high: 9, asOf: "2026-11-21" });
    expect(addSizes([one])).toEqual(one);
  });

  test("is of the disk where one of them is", () => {
    const [one, other] = [size(1, { source: "measured" }), size(2, { source: "measured", approximate: true })];
    expect(addSizes([one, other])).toEqual(size(3, { source: "measured", approximate: true }));
  });

  test("takes the worst source and the oldest date", () => {
    const sum = addSizes([
      size(1, { source: "measured" }),
      size(2, { source: "registry", asOf: "2026-01-02" }),
      size(3, { asOf: "2025-12-31" }),
    ]);
    expect(sum).toEqual(size(6, { asOf: "2025-12-31" }));
  });

  test("adds the bounds, and what has none is its own bound", () => {
    const sum = addSizes([size(100), size(20, { source: "estimate", low: 10, high: 40 })]);
    expect(sum).toEqual(size(120, { source: "estimate", low: 110, high: 140 }));
  });

  test("knows only a lower bound where a part is unknown", () => {
    expect(addSizes([size(100), size(null, { source: "estimate" })])).toEqual(
      size(null, { source: "estimate", low: 100 }),
    );
    expect(addSizes([size(100), size(null, { source: "estimate", low: 5, high: 9 })])).toEqual(
      size(null, { source: "estimate", low: 105, high: 109 }),
    );
  });

  test("does not add what is not alike", () => {
    expect(addSizes([size(1), size(2, { kind: "compressed" })])).toEqual(size(null, { source: "estimate" }));
    expect(addSizes([size(1), size(2, { platform: "linux/arm64" })])).toEqual(size(null, { source: "estimate" }));
  });
});
