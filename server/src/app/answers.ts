import type { HttpAnswer, HttpRequest, NoAnswer, PortAnswers, PortRequests, ServeOutcome } from "../ports";
import { type Behaviour, type Check, startFailure } from "./behaviour";
import type { Questions } from "./requests";

/** A longer body is shown by its digest and its beginning. */
const SHOWN = 500;

/**
 * Whether two servers answered the same requests alike: status, content type, body, where a redirect leads. The version
 * after is held to the ports at which that one answered. Pure.
 */
export function compareServers(before: ServeOutcome, after: ServeOutcome, questions: Questions): Behaviour {
  const { ask: asked, named } = questions;
  const unknown = whyUnknown(before, questions) ?? after.unreachable;
  if (unknown !== undefined) return { same: null, why: unknown, checks: [] };
  if (after.notStarted !== undefined) return startFailure(after.notStarted);
  const checks = before.ports.flatMap((port) => checksOf(port, after, asked, named));
  return { ...verdict(checks, before, after), checks };
}

/** Why the version before tells nothing. */
function whyUnknown(before: ServeOutcome, { ask: asked, required }: Questions): string | undefined {
  if (before.unreachable !== undefined) return before.unreachable;
  if (before.notStarted !== undefined) return `The version before could not be started: ${before.notStarted}`;
  const complete = before.ports.every(({ port, answers }) => answers.length === requestsAt(port, asked).length);
  const closed = required.filter((port) => !before.ports.some((each) => each.port === port));
  if (before.ports.length > 0 && complete && closed.length === 0) return undefined;
  const silent = closed.length > 0 ? closed : asked.map(({ port }) => port);
  const ports = `port${silent.length === 1 ? "" : "s"} ${silent.join(", ")}`;
  return before.exitCode === undefined
    ? `The version before does not answer at ${ports}.`
    : `The version before ${ended(before)} before it answered at ${ports}.`;
}

function requestsAt(port: number, asked: readonly PortRequests[]): readonly HttpRequest[] {
  return asked.find((each) => each.port === port)?.requests ?? [];
}

function ended({ exitCode, log }: ServeOutcome): string {
  const last = log.split("\n").filter(Boolean).slice(-3).join(" / ");
  return `ended with exit code ${exitCode}${last === "" ? "" : ` (${last})`}`;
}

function checksOf(
  { port, answers }: PortAnswers,
  after: ServeOutcome,
  asked: readonly PortRequests[],
  named: boolean,
): readonly Check[] {
  const now = after.ports.find((each) => each.port === port);
  if (!now) {
    const silent = after.exitCode === undefined ? "no answer" : ended(after);
    return [{ name: `port ${port}`, before: "accepts connections", after: silent, same: false }];
  }
  const requests = requestsAt(port, asked);
  // A port that speaks another protocol is asked for no more than that it is there.
  if (!named && answers.every(([answer]) => "failed" in answer)) return [connection(port, answers, now.answers)];
  return answers.map(([first, second], at) => {
    const name = nameOf(requests[at], asked.length > 1 ? port : undefined);
    const other = now.answers[at]?.[0];
    const then = show(first);
    if ("failed" in first) return { name, before: then, after: other ? show(other) : null, same: null };
    if (show(second) !== then) return { name, before: null, after: null, same: null };
    const current = other === undefined ? ended(after) : show(other);
    return { name, before: then, after: current, same: current === then };
  });
}

function connection(port: number, before: PortAnswers["answers"], after: PortAnswers["answers"]): Check {
  const words = (answers: PortAnswers["answers"]) => {
    const [answer] = answers[0] ?? [];
    return `accepts connections${answer && "failed" in answer ? `, ${answer.failed}` : answer ? ", speaks HTTP" : ""}`;
  };
  const [then, now] = [words(before), words(after)];
  return { name: `port ${port}`, before: then, after: now, same: then === now };
}

function nameOf(request: HttpRequest | undefined, port: number | undefined): string {
  return `${request?.method ?? ""} ${port === undefined ? "" : `:${port}`}${request?.path ?? ""}`;
}

/** An answer in words: equal answers have equal words, different ones different words. */
function show(answer: HttpAnswer | NoAnswer): string {
  if ("failed" in answer) return answer.failed;
  const { status, contentType, location, bytes, digest, head, endless } = answer;
  const start = [String(status), contentType, location === undefined ? "" : `to ${location}`].filter(Boolean).join(" ");
  if (endless) return `${start}, a body without end`;
  if (head !== undefined && bytes <= SHOWN) return `${start}\n${head}`;
  const body = `${start}, ${bytes} bytes, sha256 ${digest}`;
  return head === undefined ? body : `${body}\n${head.slice(0, SHOWN)}`;
}

function verdict(
  checks: readonly Check[],
  before: ServeOutcome,
  after: ServeOutcome,
): { readonly same: boolean | null; readonly why?: string } {
  const different = checks.filter(({ same }) => same === false).map(({ name }) => name);
  if (different.length > 0) {
    const gone = after.exitCode === undefined ? "" : ` The version after ${ended(after)}.`;
    const silent = different.find((name) => name.startsWith("port ") && !reaches(after, name));
    return silent === undefined
      ? { same: false, why: `They answer differently to ${different.join(", ")}.${gone}` }
      : { same: false, why: `The version after does not answer at ${silent}.${gone}` };
  }
  const odd = checks.find(({ same }) => same === null);
  if (odd)
    return {
      same: null,
      why:
        odd.before === null
          ? `The version before does not answer ${odd.name} alike twice itself.`
          : `The version before gives no answer to ${odd.name} (${odd.before}).`,
    };
  const statuses = before.ports.flatMap(({ answers }) =>
    answers.flatMap(([each]) => ("status" in each ? each.status : 0)),
  );
  if (statuses.every((status) => status >= 500))
    return { same: null, why: "Both answered with errors only: name requests that the server can answer." };
  return statuses.every((status) => status >= 400)
    ? { same: true, why: "Both refused what they were asked: name requests that say more." }
    : { same: true };
}

function reaches({ ports }: ServeOutcome, name: string): boolean {
  return ports.some(({ port }) => `port ${port}` === name);
}
