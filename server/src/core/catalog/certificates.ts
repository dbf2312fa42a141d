/**
 * What systems, their packages and tools put into the folders of certificates: files by their ending, and folders that are
 * known (update-ca-certificates(8), openssl-rehash(1); ca-certificates, ca-certificates-java, openssl and ssl-cert of Debian;
 * ca-certificates-bundle and libcrypto3 of Alpine; own measurement of an image with them, 2026-11-22).
 */
const FOLDERS: readonly (readonly [folder: string, names: RegExp])[] = [
  ["/etc/ssl/certs/", /^(?:java|[^/]+\.(?:pem|crt|cer|der|key|r?\d+))$/],
  [
    "/etc/ssl/",
    /^(?:certs|private|misc|java|crl|ca|engines[^/]*|openssl[^/]*|ct_log_list[^/]*|cert\.pem[^/]*|[^/]+\.(?:pem|crt|cer|key|cnf))$/,
  ],
];

/** Whether nothing that comes with a system stands at a path, because it lies among the certificates and is none by its name. */
export function isNoCertificate(path: string): boolean {
  for (const [folder, names] of FOLDERS)
    if (path.startsWith(folder)) return !names.test(path.slice(folder.length).split("/", 1)[0] ?? "");
  return false;
}
