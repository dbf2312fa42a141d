import { describe, expect, test } from "vitest";
import { Analysis, NO_PROJECT } from "../../../server/src/core";
import { findImage } from "../../../server/src/core/catalog/catalog";
import { GONE } from "../../../server/src/core/catalog/data";
import { findGone } from "../../../server/src/core/catalog/gone";
import { currentTag, endOfLife } from "../../../server/src/core/catalog/lifetime";
import { parseReference } from "../../../server/src/core/catalog/reference";
import { TODAY } from "../../kit/fixture";
import { imageRows } from "./rows";

const rows = imageRows().filter(({ kind }) => kind === undefined);
const references = [
  ...new Set(
    rows.flatMap(({ name, tag, tags, perTag }) =>
      [tag ?? [], tags ?? [], Object.keys(perTag ?? {})]
        .flat()
        .map((each) => (each === "*" ? name : `${name}:${each}`)),
    ),
  ),
].filter((each) => !each.startsWith("scratch"));

function imageOf(text: string) {
  const reference = parseReference(text);
  return reference && findImage(reference);
}

/** What the rules of names and lifetimes say about a file that ships on an image. */
function findings(reference: string): readonly string[] {
  return new Analysis(`FROM ${reference}\n`, { ...NO_PROJECT, today: TODAY }).findings
    .map(({ rule }) => rule.id)
    .filter((id) => id === "end-of-life-base" || id === "unknown-image");
}

describe("when support ends", () => {
  test("has a source and a day of reading in every row that says it", () => {
    const dated = rows.filter(({ eol }) => eol !== undefined);
    expect(dated.length).toBeGreaterThan(500);
    const bare = dated.filter(({ eol, eolSource, source, eolAsOf, asOf }) => {
      const from = String(eolSource ?? source);
      return (
        !/^\d{4}(?:-\d\d){0,2}$/.test(String(eol)) || from.length < 8 || !/^\d{4}-\d\d/.test(String(eolAsOf ?? asOf))
      );
    });
    expect(bare.map(({ name, tag }) => `${name}:${tag}`)).toEqual([]);
  });

  test("is one day for all tags of a version of a language", () => {
    const days = new Map<string, Set<string>>();
    for (const { name, languageVersion, ecosystem, eol, tag, file } of rows) {
      // Their tags were dropped one after the other, which is the day of the row.
      if (["gradle", "maven", "openjdk"].includes(name)) continue;
      if (!String(file).startsWith("images/") || !eol || !languageVersion || ecosystem === undefined) continue;
      const key = `${name} ${languageVersion}`;
      days.set(key, (days.get(key) ?? new Set()).add(`${eol}`));
      expect(tag, key).toBeDefined();
    }
    expect(days.size).toBeGreaterThan(100);
    expect([...days].filter(([, each]) => each.size > 1).map(([key, each]) => `${key}: ${[...each]}`)).toEqual([]);
  });

  test("is what endoflife.date says (endoflife-date/endoflife.date@a70eca33), Debian's with LTS", () => {
    const days = {
      "golang:1.25": "2026-08-19",
      "node:20": "2026-04-30",
      "node:22-slim": "2027-04-30",
      "node:24": "2028-04-30",
      "python:3.10": "2026-10-31",
      "python:3.11-slim": "2027-10-31",
      "debian:bullseye": "2026-08-31",
      "debian:12-slim": "2028-06-30",
      "alpine:3.21": "2026-11-01",
      "mcr.microsoft.com/dotnet/aspnet:8.0": "2026-11-10",
      "mcr.microsoft.com/dotnet/sdk:10.0": "2028-11-14",
    };
    expect(Object.fromEntries(Object.keys(days).map((each) => [each, imageOf(each)?.eol]))).toEqual(days);
    expect(imageOf("ubuntu:22.04")?.eol).toMatch(/^2027-04/);
  });

  test("is what the rule goes by, for every tag of the catalog", () => {
    const wrong = references.filter((reference) => {
      const image = imageOf(reference);
      const gone = findGone(parseReference(reference) as NonNullable<ReturnType<typeof parseReference>>);
      // Of images with many tags the table has a choice.
      if (!image) return false;
      const ended = endOfLife(image, TODAY) !== undefined || gone?.hasRelease === true;
      const said = findings(reference);
      return gone && !gone.hasRelease ? !said.includes("unknown-image") : said.includes("end-of-life-base") !== ended;
    });
    expect(references.length).toBeGreaterThan(1000);
    expect(wrong).toEqual([]);
  });

  test("leads to a tag that is in the catalog and alive", () => {
    const dead = references.flatMap((reference) => {
      const image = imageOf(reference);
      return image && endOfLife(image, TODAY) ? [image] : [];
    });
    expect(dead.length).toBeGreaterThan(200);
    for (const image of dead) {
      const current = currentTag(image, TODAY);
      if (current === undefined) continue;
      const next = imageOf(`${image.name}:${current}`);
      expect(next && endOfLife(next, TODAY), `${image.name}:${image.tag} → ${current}`).toBeUndefined();
      expect(next?.nearest, current).toBeUndefined();
    }
  });
});

describe("a name that is gone", () => {
  const lines = GONE.split("\n").map((line) => line.replaceAll("~", "gcr.io/distroless/").split(";"));

  test("is never the only name that the catalog has a living row for", () => {
    const living = references.filter((reference) => {
      const image = imageOf(reference);
      const parsed = parseReference(reference);
      return image?.updated === true && parsed && findGone(parsed) !== undefined;
    });
    expect(living).toEqual([]);
  });

  test("is replaced by one that is not gone, is known, and is alive", () => {
    const named = lines.flatMap(([, , replacement = ""]) =>
      replacement
        .split(/[\s,]+/)
        .filter((word) => /^(?:gcr\.io|mcr\.microsoft\.com)\/[\w./:-]+$|^[a-z]+:[\w.-]+$/.test(word)),
    );
    expect(named.length).toBeGreaterThan(20);
    for (const each of new Set(named)) {
      const reference = parseReference(each);
      expect(reference && findGone(reference), each).toBeUndefined();
      const image = imageOf(each);
      expect(image, each).toBeDefined();
      expect(image && endOfLife(image, TODAY), each).toBeUndefined();
    }
  });
});
