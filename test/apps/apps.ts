/**
 * Small Go programs of our own, each in a folder of this one with a Dockerfile as people write it: what they are asked,
 * and what they have to answer, before a rewrite and after it.
 */
import { join } from "node:path";

export interface App {
  /** Its folder's name. */
  readonly name: string;
  /** What is in it that a rewrite can get wrong. */
  readonly about: string;
  /** What its rewrite to `distroless` has to ship on. */
  readonly base: string;
  /** Whether a rewrite to `scratch` is offered too. */
  readonly scratch: boolean;
  readonly asks: readonly Ask[];
}

/** One run of a program, or one life of a server. */
export type Ask = ProgramAsk | ServerAsk;

export interface ProgramAsk {
  readonly args?: readonly string[];
  readonly stdin?: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr?: string;
}

export interface ServerAsk {
  /** Sent one after the other. */
  readonly requests: readonly Exchange[];
}

export interface Exchange {
  /** As `GET /items`. */
  readonly request: string;
  /** Status, content type and body, as `compare` shows them. */
  readonly answer: string;
}

const answer = (type: string) => (status: number, body: string) => `${status} ${type}\n${body}`;
const html = answer("text/html; charset=utf-8");
const css = answer("text/css; charset=utf-8");
const text = answer("text/plain; charset=utf-8");
const json = answer("application/json");

const STATIC = "gcr.io/distroless/static-debian13:nonroot";
/** With the C library, and what links against it. */
const BASE = "gcr.io/distroless/base-debian13:nonroot";

export const APPS: readonly App[] = [
  {
    name: "templates",
    about: "a web server with templates and a folder of static files",
    base: STATIC,
    scratch: false,
    asks: [
      {
        requests: [
          {
            request: "GET /",
            answer: html(
              200,
              `<!doctype html>
<title>Gallery</title>
<link rel="stylesheet" href="/static/style.css">
<ul>
<li>Ballast &amp; Sail (1871)</li>
<li>The Empty Hold (1902)</li>
</ul>
`,
            ),
          },
          { request: "GET /static/style.css", answer: css(200, "body { font: 16px serif; }\n") },
          { request: "GET /static/nothing.css", answer: text(404, "404 page not found\n") },
        ],
      },
    ],
  },
  {
    name: "https",
    about: "calls https, by the system's certificates",
    base: STATIC,
    scratch: false,
    // Nothing listens on that port: what it says of the authority needs no network.
    asks: [
      {
        args: ["https://127.0.0.1:1/"],
        exitCode: 0,
        stdout: "ISRG Root X1: trusted\nhttps://127.0.0.1:1/: not reached\n",
      },
    ],
  },
  {
    name: "zones",
    about: "time zones by their names",
    base: STATIC,
    scratch: false,
    asks: [
      {
        args: ["Europe/Berlin", "Asia/Kathmandu", "America/New_York"],
        exitCode: 0,
        stdout: "Sun 04:00 CEST Europe/Berlin\nSun 07:45 +0545 Asia/Kathmandu\nSat 22:00 EDT America/New_York\n",
      },
      { args: ["Atlantis"], exitCode: 1, stdout: "", stderr: "meeting: unknown time zone Atlantis\n" },
    ],
  },
  {
    name: "sqlite-cgo",
    about: "SQLite by cgo, in memory; built with a cache mount",
    base: BASE,
    scratch: false,
    asks: [{ stdin: "the sea the ship\nThe anchor\n", exitCode: 0, stdout: "3 the\n1 anchor\n1 sea\n1 ship\n" }],
  },
  {
    name: "sqlite-pure",
    about: "SQLite in Go, in a file that the server writes; built with a cache mount",
    base: STATIC,
    scratch: false,
    asks: [
      {
        requests: [
          { request: "PUT /notes/rope?text=buy+20+m", answer: text(200, "kept\n") },
          { request: "PUT /notes/hull?text=paint+it", answer: text(200, "kept\n") },
          { request: "GET /notes", answer: text(200, "hull: paint it\nrope: buy 20 m\n") },
        ],
      },
    ],
  },
  {
    name: "journal",
    about: "writes a file below its WORKDIR and reads it again",
    base: STATIC,
    scratch: true,
    asks: [{ stdin: "cast off\nset sail\n", exitCode: 0, stdout: "1: cast off\n2: set sail\n" }],
  },
  {
    name: "chi",
    about: "a JSON service of modules, built by `./...`, its port in ENV",
    base: STATIC,
    scratch: false,
    asks: [
      {
        requests: [
          { request: "GET /health", answer: json(200, '{"status":"ok"}\n') },
          {
            request: "GET /items",
            answer: json(
              200,
              '[{"id":"anchor","name":"Anchor","count":2},{"id":"rope","name":"Rope, 20 m","count":14}]\n',
            ),
          },
          { request: "GET /items/rope", answer: json(200, '{"id":"rope","name":"Rope, 20 m","count":14}\n') },
          { request: "GET /items/gold", answer: json(404, '{"error":"no such item"}\n') },
        ],
      },
    ],
  },
  {
    name: "cli",
    about: "a command line with subcommands, on ubuntu, started by PATH",
    base: STATIC,
    scratch: true,
    asks: [
      { args: ["convert", "-digits", "1", "26.2", "mi", "km"], exitCode: 0, stdout: "42.2 km\n" },
      { exitCode: 0, stdout: "usage: units convert [-digits N] VALUE FROM TO | units list\n" },
      { args: ["sink"], exitCode: 2, stdout: "", stderr: 'units: no subcommand "sink"\n' },
    ],
  },
  {
    name: "workspace",
    about: "two modules in a go.work",
    base: STATIC,
    scratch: true,
    asks: [{ stdin: "hoist the sail\n", exitCode: 0, stdout: "HOIST THE SAIL!\n" }],
  },
  {
    name: "vendored",
    about: "`go install` with a vendor folder, started by PATH",
    base: STATIC,
    scratch: true,
    asks: [{ stdin: "rum\n\nrope\n", exitCode: 0, stdout: "2 crates\n" }],
  },
  {
    name: "makefile",
    about: "built by make, with a version from the linker",
    base: STATIC,
    scratch: true,
    asks: [{ stdin: "ballast\n", exitCode: 0, stdout: "87727910 by checksum 1.4.0\n" }],
  },
  {
    name: "home",
    about: "private state below its user's home",
    base: STATIC,
    scratch: false,
    asks: [{ args: ["Ann", "Bob"], exitCode: 0, stdout: "Welcome, Ann: visit 1\nWelcome, Bob: visit 2\n" }],
  },
];

/** The folder of an app: the context that it is built in. */
export function folderOf(app: App): string {
  return join(import.meta.dirname, app.name);
}
