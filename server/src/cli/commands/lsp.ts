import { join } from "node:path";
import { EXIT, type ExitCode, UsageError } from "../errors";

/** `lsp --stdio`: the language server, from the bundle beside this one; it ends when its client says so. */
export async function lsp(args: readonly string[]): Promise<ExitCode> {
  // The protocol's library reads the rest of the command line itself, such as the client's process.
  if (!args.includes("--stdio")) throw new UsageError("the server speaks over standard input and output: lsp --stdio");
  require(join(__dirname, "server.js"));
  return EXIT.clean;
}
