import { expect, test } from "vitest";
import { Analysis } from "../../../../server/src/core";
import { commandsOf } from "../../../../server/src/core/flow/commands/commands";
import { systemNeeds } from "../../../../server/src/core/flow/commands/system-needs";
import type { Stage } from "../../../../server/src/core/model/model";

function needs(script: string, release: string | undefined = "trixie") {
  const { context } = new Analysis(`FROM debian:trixie\nRUN ${script}\n`);
  return systemNeeds(release, commandsOf(context.syntax, context.model.final as Stage));
}

test("tells building from running, and a -dev brings the libraries that it is for", () => {
  expect(
    needs("apt-get update && apt-get install -y gcc libpq-dev libeigen3-dev ffmpeg libpq5 curl nobody-knows-it"),
  ).toEqual({
    build: ["gcc", "libpq-dev", "libeigen3-dev"],
    runtime: ["libpq5", "ffmpeg"],
    interpreters: [],
    tools: ["curl"],
    unknown: ["nobody-knows-it"],
    complete: true,
  });
});

test("what is removed again is not wanted", () => {
  expect(needs("apt-get install -y gcc libpq5 && apt-get purge -y gcc")).toMatchObject({
    build: [],
    runtime: ["libpq5"],
  });
});

test("an interpreter that comes along is told apart", () => {
  expect(needs("apt-get install -y python3-pip openjdk-21-jdk-headless npm make")).toMatchObject({
    build: ["python3-pip", "openjdk-21-jdk-headless", "npm", "make"],
    interpreters: ["python3", "openjdk-21-jre-headless", "nodejs"],
    runtime: [],
  });
});

test("libraries are unknown without the release, and those of a collection anywhere", () => {
  expect(needs("apt-get install -y make libpq-dev libc6-dev libpq5", "noble")).toMatchObject({
    build: ["make", "libc6-dev"],
    runtime: ["libpq5"],
    unknown: ["libpq-dev"],
  });
  expect(needs("apt-get install -y libboost-all-dev")).toMatchObject({ build: [], unknown: ["libboost-all-dev"] });
});

test("it is not complete with a variable, or where packages have other names", () => {
  expect(needs("apt-get install -y gcc $MORE").complete).toBe(false);
  expect(needs("apk add gcc").complete).toBe(false);
  expect(needs("true")).toMatchObject({ complete: true, unknown: [] });
});
