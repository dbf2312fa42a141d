import protobuf from "protobufjs";

/**
 * The messages of BuildKit that Ballast reads or writes, of moby/buildkit's control.proto and auth.proto and of
 * tonistiigi/fsutil's wire.proto and stat.proto. Kept here as text: a bundle has no .proto files to find.
 */
const root = protobuf.parse(`
  syntax = "proto3";

  message StatusResponse {
    repeated Vertex vertexes = 1;
    repeated VertexLog logs = 3;
    repeated VertexWarning warnings = 4;
  }
  message Vertex {
    string digest = 1;
    string name = 3;
    bool cached = 4;
    bytes started = 5;
    bytes completed = 6;
    string error = 7;
  }
  message VertexLog {
    string vertex = 1;
    int64 stream = 3;
    bytes msg = 4;
  }
  message VertexWarning {
    string vertex = 1;
    bytes short = 3;
  }

  message Packet {
    int32 type = 1;
    Stat stat = 2;
    uint32 id = 3;
    bytes data = 4;
  }
  message Stat {
    string path = 1;
    uint32 mode = 2;
    int64 size = 5;
    int64 modified = 6;
    string linkname = 7;
  }

  message CredentialsRequest {
    string host = 1;
  }
  message CredentialsResponse {
    string username = 1;
    string secret = 2;
  }
  message HealthCheckResponse {
    int32 status = 1;
  }
`).root;

/** What happens to the steps of a build. */
export interface StatusResponse {
  readonly vertexes: readonly Vertex[];
  readonly logs: readonly { readonly vertex: string; readonly stream: number; readonly msg: Buffer }[];
  readonly warnings: readonly { readonly vertex: string; readonly short: Buffer }[];
}

/** A step of a build, or something that BuildKit does besides. */
export interface Vertex {
  readonly digest: string;
  readonly name: string;
  readonly cached: boolean;
  /** Times that only matter by being there: a time not yet come is empty. */
  readonly started: Buffer;
  readonly completed: Buffer;
  readonly error: string;
}

/** A message of the protocol that transfers folders: what a file is, who asks for it, a piece of it. */
export interface Packet {
  readonly type: number;
  readonly stat?: Stat | null;
  readonly id?: number;
  readonly data?: Uint8Array;
}

/** Owner and extended attributes are left out: in a build context every file belongs to root. */
export interface Stat {
  readonly path: string;
  /** In the bits of Go's os.FileMode. */
  readonly mode: number;
  readonly size: Int64;
  readonly modified: Int64;
  readonly linkname?: string;
}

/** The two halves of a 64-bit integer, as protobufjs takes them without a loss. */
export interface Int64 {
  readonly low: number;
  readonly high: number;
  readonly unsigned: false;
}

export function int64(value: bigint): Int64 {
  return { low: Number(BigInt.asIntN(32, value)), high: Number(BigInt.asIntN(32, value >> 32n)), unsigned: false };
}

interface Codec<T> {
  encode(value: T): Buffer;
  decode(bytes: Uint8Array): T;
}

function codec<T>(name: string): Codec<T> {
  const type = root.lookupType(name);
  return {
    encode: (value) => Buffer.from(type.encode(value as object).finish()),
    decode: (bytes) => type.toObject(type.decode(bytes), { longs: Number, bytes: Buffer, defaults: true }) as T,
  };
}

export const statusResponse = codec<StatusResponse>("StatusResponse");
export const packet = codec<Packet>("Packet");
export const credentialsRequest = codec<{ readonly host: string }>("CredentialsRequest");
export const credentialsResponse = codec<{ readonly username?: string; readonly secret?: string }>(
  "CredentialsResponse",
);
export const healthResponse = codec<{ readonly status: number }>("HealthCheckResponse");
