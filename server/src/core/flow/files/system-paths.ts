import type { Need } from "../../toolchains/toolchain";

/** Every container has these, whatever its image. */
const DEVICES = /^\/(?:proc|sys|dev)(?:\/|$)|^\/etc\/(?:hosts|hostname|resolv\.conf)$/;
/** What is there at run time is mounted. */
const MOUNTED = /^\/(?:var\/)?run\//;

/** The engine gives it to every container, to write to as well. */
export function isDevice(path: string): boolean {
  return DEVICES.test(path);
}

/** Whether a path to read comes from outside of any image: of the engine, or mounted. */
export function isProvided(path: string): boolean {
  return isDevice(path) || MOUNTED.test(path);
}

const DATA: readonly (readonly [RegExp, Need["what"]])[] = [
  [/^\/etc\/(?:passwd|group)$/, "users"],
  [/^\/etc\/ssl\/certs(?:\/|$)/, "certificates"],
  [/^\/usr\/share\/zoneinfo(?:\/|$)/, "zones"],
  [/^\/tmp(?:\/|$)/, "temp"],
];

/** What a path that every distroless image has, and scratch has not, belongs to. */
export function dataOf(path: string): Need["what"] | undefined {
  return DATA.find(([pattern]) => pattern.test(path))?.[1];
}

const SYSTEM =
  /^\/(?:(?:bin|boot|etc|go|home|lib\w*|media|mnt|opt|root|run|sbin|srv|tmp|usr|var)|(?:etc|lib\w*|bin|sbin|boot|run)\/.*|usr(?:\/(?:local|share|lib|bin|sbin|src)){1,2}|var\/(?:lib|log|cache|spool|run|tmp|mail|opt|lock))$/;

/** A folder that holds what is the system's, or that of several programs. */
export function isSystemFolder(folder: string): boolean {
  return SYSTEM.test(folder);
}

const ROOTS = new Set(
  (
    "/ /bin /sbin /usr /usr/bin /usr/sbin /usr/local /usr/local/bin /usr/local/sbin /usr/local/lib /usr/lib /lib " +
    "/opt /srv /tmp /var /etc /home /root /mnt /media /run"
  ).split(" "),
);

/** A folder that every image with a system has. */
export function isSystemRoot(path: string): boolean {
  return ROOTS.has(path);
}

const TOPS = new Set(
  "bin boot dev etc go home lib lib32 lib64 libx32 media mnt opt proc root run sbin srv sys tmp usr var".split(" "),
);

/** A path in one of the folders that every system has at its root (FHS 3.0), and those themselves. */
export function isOfSystem(path: string): boolean {
  return TOPS.has(path.split("/", 2)[1] ?? "");
}
