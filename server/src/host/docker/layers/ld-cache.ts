/** What `ldconfig` writes, in the format of glibc 2.2 and later; older ones have it behind another table. */
const magic = "glibc-ld.so.cache1.1";
const headerBytes = 48;
const entryBytes = 24;

/**
 * The paths that /etc/ld.so.cache lists: glibc's loader knows the folders of ld.so.conf.d only by it. Undefined where it
 * is damaged or of another format, or of a machine with the other order of bytes.
 */
export function readLdCache(bytes: Buffer): readonly string[] | undefined {
  const start = bytes.indexOf(magic, 0, "latin1");
  if (start < 0) return undefined;
  const cache = bytes.subarray(start);
  if (cache.length < headerBytes) return undefined;
  const count = cache.readUInt32LE(magic.length);
  if (headerBytes + count * entryBytes > cache.length) return undefined;
  return Array.from({ length: count }, (_, index) => {
    const at = cache.readUInt32LE(headerBytes + index * entryBytes + 8);
    const end = cache.indexOf(0, at);
    return cache.toString("latin1", at, end < 0 ? at : end);
  });
}
