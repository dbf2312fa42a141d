import type { ProgramRest } from "../../flow/program-rest";
import { BUNDLE, OF_CERTIFICATES } from "../../flow/rest/system";
import { posix } from "../../model/paths";
import type { Change } from "../change";

/** OpenSSL finds a certificate of the system by a link with its hash, which leads to the file itself. */
export function withHashes(path: string): readonly string[] {
  return path === BUNDLE ? [posix.dirname(BUNDLE), OF_CERTIFICATES] : [path];
}

/** The start's own value of a variable wins over that of ENV. */
export function overridden(env: readonly string[]): Change["drops"] {
  return env.map((each) => ({ key: "ENV", name: each.split("=", 1)[0] ?? "", why: "the start sets it anew" }));
}

/** What came along for parts of the program that were not read, and what says the time. */
export function fromRest({ brought, zone }: ProgramRest, copies: readonly string[]): readonly string[] {
  const guessed = brought.filter((path) => copies.includes(path));
  return [
    ...(guessed.length > 0
      ? [
          `${guessed.join(", ")} ${guessed.length > 1 ? "come" : "comes"} along, for parts of the program that were not read may use ${guessed.length > 1 ? "them" : "it"}.`,
        ]
      : []),
    ...(zone === undefined ? [] : [`ENV TZ says the time zone (${zone}) that /etc/localtime said.`]),
  ];
}

/** Said of a program whose sources were not seen. */
export const UNSEEN_ON_SCRATCH =
  "It is also taken to want no certificates, time zones, users and /tmp, which scratch has not; distroless static has them.";
