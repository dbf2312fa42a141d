import { posix } from "../../model/paths";
import type { PackageJson } from "../../project/package-json";
import { readScript } from "../../shell/script";
import { isShell } from "../../shell/shell-words";
import type { AppView } from "../app";
import { isManager, scriptOf } from "./script";
import { placeOf } from "./start";

/** Packages by the names of their programs, where those differ (the `bin` of each package). */
const PACKAGES: Readonly<Record<string, string>> = {
  tsc: "typescript",
  nest: "@nestjs/cli",
  ng: "@angular/cli",
  medusa: "@medusajs/cli",
  strapi: "@strapi/strapi",
  dotenv: "dotenv-cli",
  "remix-serve": "@remix-run/serve",
  "react-router-serve": "@react-router/serve",
  "vue-cli-service": "@vue/cli-service",
  "sequelize-cli": "sequelize-cli",
  "moleculer-runner": "moleculer",
  "pm2-runtime": "pm2",
  "pm2-docker": "pm2",
};
/** Programs of any system and words of the shell, which no package brings in their place. */
const PLAIN = new Set(
  ". : [ [[ bash break case cat cd chmod chown cp curl cut date dirname dumb-init echo eval exec exit export false find grep head id kill ls mkdir mv nc nginx node nodejs printf ps pwd read return rm sed set sh shift sleep sort source tail test timeout tini touch tr trap true ulimit umask unset until wait wget which while".split(
    " ",
  ),
);
/** Scripts that call scripts: beyond these nothing is followed. */
const MAX_DEPTH = 8;

/**
 * The first program of the start that a package for development may bring, through the scripts of package.json and of the
 * shell; undefined where there surely is none.
 */
export function developmentRun(view: AppView, json: PackageJson): string | undefined {
  const { argv, script } = view.start;
  if (argv) return ofWords(view, json, argv, 0);
  return script === undefined ? "a program that is not known" : ofText(view, json, script, 0);
}

function ofText(view: AppView, json: PackageJson, text: string, depth: number): string | undefined {
  const { commands, unread } = readScript(text, (start, end) => ({ start, end }));
  if (unread) return "programs that are not known";
  for (const { name, args } of commands) {
    const found = ofWords(view, json, [name.text, ...args.map((each) => each.text)], depth);
    if (found) return found;
  }
  return undefined;
}

function ofWords(view: AppView, json: PackageJson, words: readonly string[], depth: number): string | undefined {
  const [first = "", ...rest] = words;
  const name = posix.basename(first);
  const next = depth + 1;
  if (depth > MAX_DEPTH) return name;
  if (/^(?:tini|dumb-init|exec|catatonit)$/.test(name))
    return ofWords(view, json, rest.slice(rest.findIndex((word) => !word.startsWith("-"))), next);
  if (isShell(name)) {
    const at = rest.findIndex((word) => !word.startsWith("-"));
    const word = rest[at] ?? "";
    return rest[at - 1]?.endsWith("c")
      ? ofText(view, json, unquoted(word), next)
      : ofFile(view, json, word, rest.slice(at + 1), next);
  }
  if (isManager(name)) return ofManager(view, json, name, rest, next);
  if (/^(?:npx|pnpx|bunx)$/.test(name))
    return ofWords(view, json, rest.slice(rest.findIndex((word) => !word.startsWith("-"))), next);
  if (/^(?:cross-env|env|env-cmd|cross-env-shell)$/.test(name)) {
    const own = name === "env" ? undefined : ofPackage(json, name);
    return own ?? ofWords(view, json, rest.slice(rest.findIndex((word) => !/^\w+=/.test(word))), next);
  }
  if (/\.(?:sh|bash)$|entrypoint/.test(name)) return ofFile(view, json, first, rest, next);
  if (/^["']?\$/.test(first)) return undefined;
  return PLAIN.has(name) ? undefined : ofPackage(json, name);
}

function unquoted(word: string): string {
  return word.replace(/^(["'])(.*)\1$/s, "$2");
}

/** A program that a package for production brings stays; what no package is known to bring may be any of them. */
function ofPackage({ dependencies, devDependencies }: PackageJson, name: string): string | undefined {
  const owner = Object.hasOwn(PACKAGES, name) ? (PACKAGES[name] ?? name) : name;
  return dependencies.has(owner) && !devDependencies.has(owner) ? undefined : name;
}

/** A script of the folder: the programs that it calls by name, and those that it is given. */
function ofFile(
  view: AppView,
  json: PackageJson,
  file: string,
  args: readonly string[],
  depth: number,
): string | undefined {
  const path = view.contextFile(posix.join(view.workdir ?? "/", file));
  const names = path === undefined ? undefined : view.project.scriptPrograms?.get(path);
  if (!names) return `${file}, which was not read`;
  for (const name of names) {
    const found = /^["']?\$/.test(name)
      ? undefined
      : isManager(name) || name === "npx"
        ? name
        : ofWords(view, json, [name], depth);
    if (found) return found;
  }
  return args.length > 0 ? ofWords(view, json, args, depth) : undefined;
}

/** A script of package.json runs with those that stand before and behind it. */
function ofManager(
  view: AppView,
  json: PackageJson,
  manager: string,
  args: readonly string[],
  depth: number,
): string | undefined {
  const call = scriptOf(manager, args);
  const place = call && (call.workspace ?? call.folder) !== undefined ? placeOf(view, call)?.json : json;
  if (!call || !place) return manager;
  for (const name of [`pre${call.name}`, call.name, `post${call.name}`]) {
    const text = place.scripts.get(name);
    const found = text === undefined ? undefined : ofText(view, place, text, depth);
    if (found) return found;
  }
  return undefined;
}
