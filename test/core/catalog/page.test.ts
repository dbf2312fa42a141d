import { expect, test } from "vitest";
import { parseReference, registryPage } from "../../../server/src/core";

test.each([
  ["ubuntu", "https://hub.docker.com/_/ubuntu"],
  ["docker.io/library/golang:1.26", "https://hub.docker.com/_/golang"],
  ["grafana/grafana:12.0.0", "https://hub.docker.com/r/grafana/grafana"],
  ["gcr.io/distroless/static-debian13:nonroot", "https://github.com/GoogleContainerTools/distroless"],
  ["gcr.io/project/image", undefined],
  ["mcr.microsoft.com/dotnet/sdk:10.0", "https://mcr.microsoft.com/artifact/mar/dotnet/sdk/about"],
  ["cgr.dev/chainguard/static", "https://images.chainguard.dev/directory/image/static/overview"],
  ["cgr.dev/other/static", undefined],
  ["registry.example.com:5000/app", undefined],
  ["toString/app", undefined],
])("the page of %s is %s", (text, page) => {
  const reference = parseReference(text);
  expect(reference && registryPage(reference)).toBe(page);
});
