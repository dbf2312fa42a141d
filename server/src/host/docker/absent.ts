/**
 * Stands, in the bundle of the child process, for modules that dockerode loads and Ballast never calls: an ssh client,
 * and a loader of .proto files.
 */
export class Client {
  constructor() {
    throw new Error("This part of dockerode is not in the bundle.");
  }
}

export const loadSync = (): never => {
  throw new Error("This part of dockerode is not in the bundle.");
};
