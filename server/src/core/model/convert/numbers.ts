import { words } from "../../syntax/ast";
import type { Reading } from "../../syntax/instruction";
import { quoted } from "../../syntax/quote";
import { expandWord, type Lookup } from "../expand";
import type { Refused } from "./problem";

const SIGNALS = new Set(
  (
    "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP " +
    "TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX"
  ).split(" "),
);

/** STOPSIGNAL takes a number above 0, or the name of a signal of Linux (github.com/moby/sys/signal). */
export function signalProblem(instruction: Reading, lookup: Lookup): Refused | undefined {
  if (instruction.keyword !== "STOPSIGNAL") return undefined;
  const { body, bodyAt, line, escape } = instruction;
  const signal = expandWord(body, lookup, escape);
  if (signal === undefined || isSignal(signal)) return undefined;
  return { span: line.sourceSpan(bodyAt, bodyAt + body.length), message: `invalid signal: ${signal}` };
}

function isSignal(signal: string): boolean {
  if (/^[+-]?\d+$/.test(signal)) return Number(signal) !== 0;
  const name = signal.toUpperCase().replace(/^SIG/, "");
  return SIGNALS.has(name) || /^RT(?:MIN\+|MAX-)\d{1,2}$/.test(name);
}

/** The first port of an EXPOSE that is none; of those with an address or a host's port nothing is said. */
export function portProblem(instruction: Reading, lookup: Lookup): Refused | undefined {
  if (instruction.keyword !== "EXPOSE") return undefined;
  for (const { text, span } of words(instruction)) {
    const port = expandWord(text, lookup, instruction.escape);
    const message = port && !/[:[\]\s]/.test(port) && refusedPort(port);
    if (message) return { span, message };
  }
  return undefined;
}

function refusedPort(text: string): string | undefined {
  const [range = "", proto = ""] = [text.split("/", 1)[0], text.slice(text.indexOf("/") + 1 || text.length)];
  if (range === "") return `invalid port: ${quoted(text)}: no port specified`;
  if (!/^(?:tcp|udp|sctp|)$/i.test(proto)) return `invalid port: ${quoted(text)}: invalid proto: ${proto}`;
  const [, start, end = start] = /^\+?(\d+)(?:-\+?(\d+))?$/.exec(range) ?? [];
  const inOrder = start !== undefined && Number(start) <= Number(end) && Number(end) <= 65_535;
  return inOrder ? undefined : `invalid containerPort: ${range}`;
}
