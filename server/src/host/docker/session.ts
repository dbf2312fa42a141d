import { createHash, randomUUID } from "node:crypto";
import { hostname } from "node:os";
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type sendUnaryData,
} from "@grpc/grpc-js";
import { EngineError } from "../../ports";
import { type BuildContext, contextEntries, dockerfileEntries } from "./context";
import type { Credentials } from "./credentials";
import { type Engine, hijack } from "./engine";
import { sendFolder } from "./filesync";
import * as schema from "./schema";

/** The connection by which BuildKit asks for the files of a build and for logins. */
export interface Session {
  readonly id: string;
  /** What kept the files from being sent; undefined while nothing did. */
  failure(): EngineError | undefined;
  /** Ends it, and with it what BuildKit still asks for. */
  close(): void;
}

const methods = {
  files: "/moby.filesync.v1.FileSync/DiffCopy",
  login: "/moby.filesync.v1.Auth/Credentials",
  health: "/grpc.health.v1.Health/Check",
};

/**
 * Opens a session for one build. dockerode's own serves logins only and is not closed after a failure; and since it does
 * not answer the engine's question after its health, the engine drops it after a second.
 * Rejects with what docker-modem reports.
 */
export async function openSession(
  engine: Engine,
  context: BuildContext,
  logins: (host: string) => Promise<Credentials | undefined>,
): Promise<Session> {
  const id = randomUUID();
  const socket = await hijack(
    engine.docker,
    "/session",
    {},
    {
      Upgrade: "h2c",
      "X-Docker-Expose-Session-Uuid": id,
      "X-Docker-Expose-Session-Name": "ballast",
      // By this BuildKit finds what it has of the same folder from earlier builds.
      "X-Docker-Expose-Session-Sharedkey": createHash("sha256").update(`${hostname()}:${context.root}`).digest("hex"),
      "X-Docker-Expose-Session-Grpc-Method": Object.values(methods),
    },
  );
  let failure: EngineError | undefined;
  const server = new Server();
  serveHealth(server);
  serveLogins(server, logins);
  serveFiles(server, context, (error) => {
    failure ??= error;
  });
  // The engine hangs up as it likes; whoever waits for the build learns of it there.
  socket.on("error", () => undefined);
  server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(socket);
  return {
    id,
    failure: () => failure,
    close: () => {
      server.forceShutdown();
      socket.destroy();
    },
  };
}

function serveFiles(server: Server, context: BuildContext, failed: (error: EngineError) => void): void {
  const diffCopy = (call: ServerDuplexStream<schema.Packet, schema.Packet>) => {
    const metadata = (name: string) => call.metadata.get(name).join(", ");
    const entries =
      metadata("dir-name") === "dockerfile"
        ? dockerfileEntries(context)
        : contextEntries(context, metadata("followpaths"));
    sendFolder(call, entries).catch((error: unknown) => {
      if (error instanceof EngineError) failed(error);
    });
  };
  server.addService(
    {
      DiffCopy: {
        path: methods.files,
        requestStream: true,
        responseStream: true,
        requestDeserialize: schema.packet.decode,
        responseSerialize: schema.packet.encode,
        requestSerialize: schema.packet.encode,
        responseDeserialize: schema.packet.decode,
      },
    },
    { DiffCopy: diffCopy },
  );
}

function serveLogins(server: Server, logins: (host: string) => Promise<Credentials | undefined>): void {
  type Answer = { readonly username?: string; readonly secret?: string };
  const handler = (call: ServerUnaryCall<{ readonly host: string }, Answer>, reply: sendUnaryData<Answer>) => {
    logins(call.request.host).then(
      (found) => reply(null, found ?? {}),
      // Without a login many images can still be pulled; the registry says so if this one cannot.
      () => reply(null, {}),
    );
  };
  addUnary(server, methods.login, schema.credentialsRequest, schema.credentialsResponse, handler);
}

function serveHealth(server: Server): void {
  const serving = 1;
  addUnary(
    server,
    methods.health,
    { encode: () => Buffer.alloc(0), decode: () => ({}) },
    schema.healthResponse,
    (_, reply) => reply(null, { status: serving }),
  );
}

interface Codec<T> {
  encode(value: T): Buffer;
  decode(bytes: Buffer): T;
}

function addUnary<Q, A>(
  server: Server,
  path: string,
  request: Codec<Q>,
  response: Codec<A>,
  handler: handleUnaryCall<Q, A>,
): void {
  server.addService(
    {
      call: {
        path,
        requestStream: false,
        responseStream: false,
        requestDeserialize: request.decode,
        responseSerialize: response.encode,
        requestSerialize: request.encode,
        responseDeserialize: response.decode,
      },
    },
    { call: handler },
  );
}
