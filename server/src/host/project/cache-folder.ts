import { homedir } from "node:os";
import { posix, win32 } from "node:path";

/** The folder of this user for what can be found out again, absolute; it need not exist. */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  if (platform === "win32")
    return win32.join(env.LOCALAPPDATA || win32.join(home, "AppData", "Local"), "ballast", "Cache");
  if (platform === "darwin") return posix.join(home, "Library", "Caches", "ballast");
  // A relative one is to be ignored, says the specification of these folders.
  const own = env.XDG_CACHE_HOME;
  return posix.join(own && posix.isAbsolute(own) ? own : posix.join(home, ".cache"), "ballast");
}
