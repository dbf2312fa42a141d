import { METHODS } from "../protocol";
import type { Server } from "./server";

/** Lines that come in one such time, in milliseconds, travel together. */
const BUNDLE = 50;

/** The live log of builds: to our client's channel, or to the log that every client has. */
export class LogSink {
  private lines: string[] = [];

  constructor(private readonly server: Pick<Server, "connection" | "client">) {}

  readonly log = (line: string): void => {
    if (this.lines.push(line) === 1) setTimeout(() => this.flush(), BUNDLE);
  };

  /** Sends what waits: an answer is not to overtake the log. */
  flush(): void {
    const { connection, client } = this.server;
    const { lines } = this;
    this.lines = [];
    if (lines.length === 0) return;
    if (client.ui) void connection.sendNotification(METHODS.log, { lines });
    else connection.console.log(lines.join("\n"));
  }
}
