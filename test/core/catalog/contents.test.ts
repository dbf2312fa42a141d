import { describe, expect, test } from "vitest";
import { findImage } from "../../../server/src/core/catalog/catalog";
import { contentsOf, contentsOfName } from "../../../server/src/core/catalog/contents";
import { parseReference } from "../../../server/src/core/catalog/reference";

function contents(reference: string) {
  const parsed = parseReference(reference);
  const image = parsed && findImage(parsed);
  return image && contentsOf(image);
}

describe("what an image holds", () => {
  test.each([
    ["debian:trixie-slim", "/bin/sh", "there"],
    ["debian:trixie-slim", "/usr/bin/bash", "there"],
    ["debian:trixie-slim", "/usr/bin/curl", "absent"],
    ["debian:trixie-slim", "/usr/local/bin/app", "absent"],
    ["debian:trixie-slim", "/usr/share/anything", "unknown"],
    ["debian:trixie-slim", "/opt", "there"],
    ["debian:trixie-slim", "/opt/app", "absent"],
    ["debian:trixie-slim", "/app", "absent"],
    ["debian:trixie-slim", "/etc/ssl/certs/ca-certificates.crt", "unknown"],
    ["debian:trixie-slim", "/etc/ssl/certificates", "absent"],
    // adduser is a package of its own since trixie.
    ["debian:bookworm", "/usr/sbin/adduser", "unknown"],
    ["debian:buster", "/bin/ping", "unknown"],
    ["ubuntu:24.04", "/usr/bin/git", "absent"],
    ["ubuntu:24.04", "/home/ubuntu", "unknown"],
    ["alpine:3.22", "/bin/sh", "there"],
    ["alpine:3.22", "/bin/bash", "absent"],
    ["alpine:3.22", "/usr/bin/wget", "there"],
    ["alpine:3.22", "/usr/bin/curl", "absent"],
    ["busybox", "/bin/httpd", "unknown"],
    ["node:22-slim", "/usr/local/bin/node", "there"],
    ["node:22-slim", "/usr/local/bin/yarn", "unknown"],
    ["node:22-slim", "/usr/local/bin/gunicorn", "absent"],
    ["node:22-slim", "/usr/local/lib/node_modules/npm/bin/npm-cli.js", "unknown"],
    ["node:22", "/usr/bin/python3", "unknown"],
    ["node:22-slim", "/usr/bin/python3", "absent"],
    ["python:3.13-slim", "/usr/local/bin/gunicorn", "absent"],
    ["python:3.13-slim", "/usr/bin/curl", "absent"],
    ["python:3.13-alpine", "/usr/bin/curl", "absent"],
    ["node:22-slim", "/usr/bin/wget", "absent"],
    ["node:10-slim", "/usr/bin/curl", "unknown"],
    ["nginx:alpine", "/usr/bin/curl", "unknown"],
    ["golang:1.26", "/usr/local/go/bin/go", "there"],
    ["golang:1.26", "/go/bin/air", "absent"],
    ["gcr.io/distroless/static-debian13", "/bin/sh", "absent"],
    ["gcr.io/distroless/static-debian13", "/usr/bin/sh", "absent"],
    ["gcr.io/distroless/static-debian13:debug", "/busybox/sh", "there"],
    ["gcr.io/distroless/nodejs24-debian13", "/nodejs/bin/node", "there"],
    ["gcr.io/distroless/nodejs24-debian13", "/usr/bin/npm", "absent"],
    ["mcr.microsoft.com/dotnet/aspnet:10.0", "/usr/bin/curl", "unknown"],
    ["mcr.microsoft.com/dotnet/aspnet:10.0", "/usr/bin/gunicorn", "absent"],
    ["python:3.13-slim", "/usr/local/bin/python3.12", "unknown"],
    ["python:3.13-slim", "/usr/local/bin/python-app", "absent"],
    ["mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", "/usr/bin/curl", "absent"],
  ])("%s: %s is %s", (reference, path, held) => {
    expect(contents(reference)?.path(path)).toBe(held);
  });

  test.each([
    ["dart:stable", "/runtime/lib64", "unknown"],
    ["dart:3.11", "/usr/bin/curl", "unknown"],
    ["dart:3.11", "/app/server", "absent"],
    ["gradle:6.7", "/home/gradle", "there"],
    ["gradle:9-jdk21", "/home/gradle/build", "absent"],
    ["gradle:9-jdk21", "/usr/bin/git", "unknown"],
    ["composer:2", "/usr/bin/composer", "there"],
    ["composer:latest", "/usr/bin/git-remote-http", "unknown"],
    ["composer:latest", "/usr/bin/composer2", "absent"],
    ["composer:latest", "/app/vendor", "unknown"],
  ])("%s, by its name alone: %s is %s", (reference, path, held) => {
    const parsed = parseReference(reference);
    const image = parsed && findImage(parsed);
    const contents = image ? contentsOf(image) : parsed && contentsOfName(parsed);
    expect(contents?.path(path)).toBe(held);
  });

  test.each(["fedora", "centos:7", "mcr.microsoft.com/dotnet/sdk:10.0", "maven:3.9"])(
    "says nothing of %s, which nobody has written down",
    (reference) => {
      expect(contents(reference)).toBeUndefined();
    },
  );

  test.each([
    ["debian:trixie", "www-data", "there"],
    ["debian:trixie", "app", "absent"],
    ["ubuntu:24.04", "ubuntu", "unknown"],
    ["node:22", "node", "there"],
    ["alpine:3.22", "nobody", "there"],
    ["gcr.io/distroless/static", "nonroot", "there"],
    ["gcr.io/distroless/static", "app", "absent"],
  ])("%s: the user %s is %s", (reference, name, held) => {
    expect(contents(reference)?.user(name)).toBe(held);
  });
});
