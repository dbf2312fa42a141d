import type { HttpAnswer, HttpRequest, NoAnswer, PortAnswers, PortRequests, ServeOutcome } from "../ports";
import { type Behaviour, type Check, startFailure } from "./behaviour";
import type { Questions } from "./requests";
import { differsAt, isLike } from "./volatile";

/** A longer body is shown by its digest and its beginning. */
const SHOWN = 500;

/** So much before the place where two long bodies begin to differ is shown of them. */
const BEFORE = 100;

/**
 * Whether two servers answered the same requests alike: status, content type, body, where a redirect leads. The version
 * after is held to the ports at which that one answered, and to all in which the answers of the version before agree: those
 * of its first start, and of another one, `again`. Pure.
 */
export function compareServers(
  before: ServeOutcome,
  after: ServeOutcome,
  questions: Questions,
  again?: ServeOutcome,
): Behaviour {
  const unknown = whyUnknown(before, questions) ?? after.unreachable ?? whyFickle(before, again);
  if (unknown !== undefined) return { same: null, why: unknown, checks: [] };
  if (after.notStarted !== undefined) return startFailure(after.notStarted);
  const checks = before.ports.flatMap((port) => checksOf(port, after, questions, again));
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

/** A version that answers only sometimes says nothing about the rewrite. */
function whyFickle(before: ServeOutcome, again: ServeOutcome | undefined): string | undefined {
  const gone = again && before.ports.find(({ port }) => !again.ports.some((each) => each.port === port));
  return gone && `The version before did not answer at port ${gone.port} when it was started again.`;
}

function requestsAt(port: number, asked: readonly PortRequests[]): readonly HttpRequest[] {
  return asked.find((each) => each.port === port)?.requests ?? [];
}

function ended({ exitCode, log }: ServeOutcome): string {
  const lines = log.split("\n").filter(Boolean);
  // Where runtimes say what went wrong, and then much else: Error: Cannot find module 'x'.
  const told = lines.findIndex((line) => /^\S*(?:Error|Exception)\b|^panic: /.test(line));
  const last = lines
    .slice(told < 0 ? -3 : told)
    .slice(0, 3)
    .join(" / ");
  return `ended with exit code ${exitCode}${last === "" ? "" : ` (${last})`}`;
}

function checksOf(
  { port, answers }: PortAnswers,
  after: ServeOutcome,
  { ask: asked, named }: Questions,
  again: ServeOutcome | undefined,
): readonly Check[] {
  const now = after.ports.find((each) => each.port === port);
  if (!now) {
    const silent = after.exitCode === undefined ? "no answer" : ended(after);
    return [{ name: `port ${port}`, before: "accepts connections", after: silent, same: false }];
  }
  const requests = requestsAt(port, asked);
  // A port that speaks another protocol is asked for no more than that it is there.
  if (!named && answers.every(([answer]) => "failed" in answer)) return [connection(port, answers, now.answers)];
  const later = again?.ports.find((each) => each.port === port)?.answers;
  return answers.map((pair, at) => {
    const name = nameOf(requests[at], asked.length > 1 ? port : undefined);
    const known = [...pair, ...(later?.[at] ?? [])];
    return answerCheck(name, known, now.answers[at] ?? [], after);
  });
}

type Answer = HttpAnswer | NoAnswer;

/** One request: what is known of the version before against what the one after answered each time. */
function answerCheck(name: string, known: readonly Answer[], now: readonly Answer[], after: ServeOutcome): Check {
  const [first] = known;
  const [second] = now;
  if (!first || "failed" in first)
    return { name, before: first ? show(first) : null, after: second ? show(second) : null, same: null };
  if (!second) return { name, before: show(first), after: ended(after), same: false };
  const same = areAlike(known, now);
  if (same === null) return { name, before: null, after: null, same };
  const other = now.find((each) => show(each) !== show(first)) ?? second;
  const at = differsAt(bodyOf(first) ?? "", bodyOf(other) ?? "");
  return { name, before: show(first, at), after: show(other, at), same };
}

/** Null where the version before does not agree with itself in what can be compared. */
function areAlike(known: readonly Answer[], now: readonly Answer[]): boolean | null {
  const [first = ""] = known.map((each) => show(each));
  if (known.every((each) => show(each) === first)) return now.every((each) => show(each) === first);
  const heads = new Set(known.map(headOf));
  const bodies = known.map(bodyOf);
  if (heads.size > 1 || bodies.includes(undefined)) return null;
  const like = isLike(
    bodies as string[],
    now.map((each) => bodyOf(each) ?? ""),
  );
  return like === null ? null : like && now.every((each) => heads.has(headOf(each)));
}

/** All but the body. */
function headOf(answer: Answer): string {
  if ("failed" in answer) return answer.failed;
  const { status, contentType, location, endless } = answer;
  const start = [String(status), contentType, location === undefined ? "" : `to ${location}`].filter(Boolean).join(" ");
  return endless ? `${start}, a body without end` : start;
}

function bodyOf(answer: Answer): string | undefined {
  if ("failed" in answer) return undefined;
  const { body, head, bytes } = answer;
  return body ?? (bytes <= SHOWN ? head : undefined);
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

/**
 * An answer in words: equal answers have equal words, different ones different words. Of a long body that part is shown
 * where it begins to differ, at `differs`.
 */
function show(answer: Answer, differs = 0): string {
  const start = headOf(answer);
  if ("failed" in answer || answer.endless) return start;
  const { bytes, digest, head } = answer;
  if (head !== undefined && bytes <= SHOWN) return `${start}\n${head}`;
  const long = `${start}, ${bytes} bytes, sha256 ${digest}`;
  const from = Math.max(differs - BEFORE, 0);
  const text = answer.body === undefined || from === 0 ? head : `…${answer.body.slice(from)}`;
  return text === undefined ? long : `${long}\n${text.slice(0, SHOWN)}`;
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
