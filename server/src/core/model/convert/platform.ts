import { quoted } from "../../syntax/quote";

const KNOWN = new Set(
  (
    "aix android darwin dragonfly freebsd hurd illumos ios js linux macos nacl netbsd openbsd plan9 solaris windows zos " +
    "386 i386 amd64 x86_64 x86-64 amd64p32 arm armhf armel armbe arm64 aarch64 arm64be ppc64 ppc64le loong64 mips mipsle " +
    "mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm"
  ).split(" "),
);
const MAX_PARTS = 3;

/** Why a text is no platform (github.com/containerd/platforms); undefined where it is one, or may be. */
export function platformRefusal(text: string): string | undefined {
  const parts = text.split("/");
  // An operating system may name its version in parentheses; those are left alone.
  if (/[()*]/.test(text) || parts.some((part) => !/^[\w.-]+$/.test(part))) return undefined;
  if (parts.length > MAX_PARTS) return `${quoted(text)}: cannot parse platform specifier: invalid argument`;
  if (parts.length > 1 || KNOWN.has(text.toLowerCase())) return undefined;
  return `${quoted(text)}: unknown operating system or architecture: invalid argument`;
}
