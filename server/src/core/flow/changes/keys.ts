import { posix } from "../../model/paths";
import type { RunCommand } from "../../toolchains/toolchain";
import { ANYTHING, type Change, NOTHING, placeOf, touches } from "./change";

/** What `openssl` writes to, for commands that write to nothing else; without them it is the folder (openssl(1)). */
const OUTPUTS = /^-(?:out|keyout|CA|CAserial|writerand|sess_out|keylogfile|msgfile)$/;
const PLAIN =
  /^(?:req|x509|genrsa|genpkey|rsa|ec|ecparam|dhparam|pkey|pkcs8|pkcs12|rand|dgst|enc|verify|passwd|base64|version|crl|s_client|sha\d+|md5)$/;

/** openssl: keys and certificates where its words say, a serial number beside the CA's. */
export function openssl(run: RunCommand): readonly Change[] {
  if (!PLAIN.test(run.args[0]?.value ?? "")) return ANYTHING;
  const has = (option: string) => run.args.some(({ value }) => value === option);
  // Settings may name the file of a key that no word names.
  if (has("-config") && !has("-keyout")) return ANYTHING;
  const named = valuesOf(run, OUTPUTS);
  return named && run.folder !== undefined ? touches(run.folder, ...named) : ANYTHING;
}

/** mkcert: files of the folder, those that its words name, and its CA's; with -install the CA is trusted (mkcert -help). */
export function mkcert(run: RunCommand): readonly Change[] {
  const named = valuesOf(run, /^-(?:cert-file|key-file|p12-file)$/);
  const root = run.command.assignments.find(({ name }) => name === "CAROOT")?.value?.text ?? run.lookup("CAROOT");
  const home =
    root === undefined || /^["']?(?:\$\(pwd\)|\$PWD)["']?$/.test(root)
      ? run.folder
      : placeOf(undefined, root, run.folder)?.path;
  if (!named || run.folder === undefined || home === undefined) return ANYTHING;
  const trusts = run.args.some(({ value }) => value === "-install");
  const stores = touches("/etc", "/usr/local/share/ca-certificates", "/usr/lib", "/usr/share");
  return [
    ...touches(run.folder, home, ...named.map(posix.dirname)),
    { kind: "caches" },
    ...(trusts ? stores : NOTHING),
  ];
}

/** The paths behind such options; undefined where one may be any. */
function valuesOf({ args, folder }: RunCommand, options: RegExp): readonly string[] | undefined {
  const places = args.flatMap(({ value }, at) => {
    const next = args[at + 1];
    if (!next || !options.test(value ?? "")) return [];
    const path = placeOf(next.value, next.word.text, folder)?.path;
    // A CA's serial number has its name with another ending.
    return [path !== undefined && value === "-CA" ? posix.dirname(path) : path];
  });
  return places.every((place) => place !== undefined) ? places : undefined;
}
