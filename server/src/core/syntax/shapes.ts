/** A flag without a value or with true and false, one with a value, one that may be given again. */
export type FlagKind = "switch" | "value" | "values";

/** What the parser of BuildKit's frontend takes behind a keyword (frontend/dockerfile/instructions/parse.go). */
export interface Shape {
  /** By name. Of the others, BuildKit reads no flags at all, so that any may stand there. */
  readonly flags?: Readonly<Record<string, FlagKind>>;
  /** `["a", "b"]` is read as JSON. */
  readonly json?: true;
  readonly heredocs?: true;
}

const OWNER = { chown: "value", chmod: "value", link: "switch", exclude: "values" } as const;

/** Every instruction, by its keyword in upper case. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  ADD: {
    flags: { ...OWNER, "keep-git-dir": "switch", checksum: "value", unpack: "switch" },
    json: true,
    heredocs: true,
  },
  ARG: {},
  CMD: { flags: {}, json: true },
  COPY: { flags: { ...OWNER, from: "value", parents: "switch" }, json: true, heredocs: true },
  ENTRYPOINT: { flags: {}, json: true },
  ENV: { flags: {} },
  EXPOSE: { flags: {} },
  FROM: { flags: { platform: "value" } },
  HEALTHCHECK: {
    flags: {
      interval: "value",
      timeout: "value",
      "start-period": "value",
      "start-interval": "value",
      retries: "value",
    },
    json: true,
  },
  LABEL: { flags: {} },
  MAINTAINER: { flags: {} },
  ONBUILD: { flags: {} },
  RUN: {
    flags: { mount: "values", network: "value", security: "value", device: "values" },
    json: true,
    heredocs: true,
  },
  SHELL: { flags: {}, json: true },
  STOPSIGNAL: {},
  USER: { flags: {} },
  VOLUME: { flags: {}, json: true },
  WORKDIR: { flags: {} },
};

/** The shape of an instruction; undefined where there is none of that name. */
export function shapeOf(keyword: string): Shape | undefined {
  return Object.hasOwn(SHAPES, keyword) ? SHAPES[keyword] : undefined;
}
