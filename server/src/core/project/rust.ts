/** Files of Rust that are read; of more nothing is. */
export const MAX_RUST = 1_000;

/** A file of a Rust program, or the script of its build: tests, benchmarks and examples are others. */
export function isRustSource(path: string): boolean {
  return path.endsWith(".rs") && !/(?:^|\/)(?:tests|benches|examples|target|vendor)\//.test(path);
}
