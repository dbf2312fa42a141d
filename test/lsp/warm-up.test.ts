import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WarmUp } from "../../server/src/lsp/warm-up";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("it waits for quiet, and ends after some rounds", () => {
  let rounds = 0;
  const warmUp = new WarmUp(
    () => {
      rounds += 1;
    },
    () => 0,
  );
  for (let keystroke = 0; keystroke < 20; keystroke++) {
    warmUp.asked();
    vi.advanceTimersByTime(100);
  }
  expect(rounds).toBe(0);
  vi.advanceTimersByTime(10_000);
  const all = rounds;
  expect(all).toBeGreaterThan(10);
  warmUp.asked();
  vi.advanceTimersByTime(10_000);
  expect(rounds).toBe(all);
});

test("a long text takes few rounds, and what is asked goes between them", () => {
  let time = 0;
  let rounds = 0;
  const warmUp = new WarmUp(
    () => {
      rounds += 1;
      time += 150;
    },
    () => time,
  );
  warmUp.asked();
  vi.advanceTimersByTime(150);
  expect(rounds).toBe(1);
  warmUp.asked();
  vi.advanceTimersByTime(149);
  expect(rounds).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(rounds).toBe(3);
});
