import { describe, expect, test } from "vitest";
import { isNoCertificate } from "../../../server/src/core/catalog/certificates";

describe("what stands among the certificates of a system", () => {
  test.each([
    "/etc/ssl/certs",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/certs/4042bcee.0",
    "/etc/ssl/certs/java/cacerts",
    "/etc/ssl/cert.pem",
    "/etc/ssl/openssl.cnf.dist",
    "/etc/ssl",
    "/etc/passwd",
  ])("%s may", (path) => {
    expect(isNoCertificate(path)).toBe(false);
  });

  test.each(["/etc/ssl/cert", "/etc/ssl/certs/ca-certificates", "/etc/ssl/certs/app/key.txt"])(
    "%s does not",
    (path) => {
      expect(isNoCertificate(path)).toBe(true);
    },
  );
});
