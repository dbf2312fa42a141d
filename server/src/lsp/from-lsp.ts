import type { Range } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type CompareJob, InputError } from "../app/jobs";
import { type NamedRequest, readRequest } from "../app/requests";
import type { Span } from "../core";
import type { BuildParams, CompareParams } from "../protocol";
import { pathOf } from "./uri";

export function fromRange(document: TextDocument, { start, end }: Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

/** Two spans share a place; an empty one touches what it stands at the end of. */
export function touch(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** Throws an InputError where it is not what the protocol says. */
export function readBuild(value: unknown): BuildParams {
  const { uri, stage, tag, workDoneToken } = read(value);
  return {
    uri,
    ...optional("stage", stage, isString),
    ...optional("tag", tag, isString),
    ...optional("workDoneToken", workDoneToken, isToken),
  };
}

/** Throws an InputError where it is not what the protocol says. */
export function readCompare(
  value: unknown,
): Pick<CompareParams, "uri" | "workDoneToken" | "sinceRewrite"> & Omit<CompareJob, "preferred"> {
  const { uri, target, before, sinceRewrite, stdin, args, requests, workDoneToken } = read(value);
  return {
    uri,
    target: optional("target", target, isString).target,
    before: optional("before", before, isString).before,
    ...optional("sinceRewrite", sinceRewrite, isBoolean),
    stdin: readStdin(stdin),
    args: optional("args", args, isStrings).args ?? [],
    requests: (optional("requests", requests, isStrings).requests ?? []).map(readNamed),
    ...optional("workDoneToken", workDoneToken, isToken),
  };
}

function readNamed(text: string): NamedRequest {
  const request = readRequest(text);
  if (!request) throw new InputError(`${text} is no request such as "GET /health" or "GET :8080/health".`);
  return request;
}

function readStdin(value: unknown): CompareJob["stdin"] {
  if (value === undefined || value === null) return undefined;
  const { uri, text } = typeof value === "object" ? (value as Record<string, unknown>) : {};
  if (typeof text === "string") return { text };
  const file = typeof uri === "string" ? pathOf(uri) : undefined;
  if (file === undefined) throw new InputError("stdin is { uri } of a file on this machine, or { text }.");
  return { file };
}

/** The parameters, or the URI alone. */
function read(value: unknown): Readonly<Record<string, unknown>> & { readonly uri: string } {
  if (typeof value === "string") return { uri: value };
  const fields = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  if (typeof fields.uri !== "string")
    throw new InputError("The argument is the URI of an open document, or { uri, … }.");
  return { ...fields, uri: fields.uri };
}

function optional<K extends string, T>(
  name: K,
  value: unknown,
  is: (value: unknown) => value is T,
): { readonly [P in K]?: T } {
  if (value === undefined || value === null) return {};
  if (!is(value)) throw new InputError(`${name} is not what it should be.`);
  return { [name]: value } as { readonly [P in K]?: T };
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isString);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isToken(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
