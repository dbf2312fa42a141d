import { calledBy } from "./called";
import type { NodeProgram } from "./ways";

/** What node-gyp runs by. */
const PYTHON = /^(?:python|python2|python3|python-is-python3|python3-(?:setuptools|distutils|minimal)|py3-setuptools)$/;
const COMPILERS = new Set(["g++", "gcc", "make", "build-essential", "build-base"]);

/** A package of Python that stands beside a compiler, for modules that are compiled as they are installed: no program calls it later. */
export function isForGyp(program: NodeProgram, name: string): boolean {
  const { view, needs } = program;
  if (!PYTHON.test(name) || needs.wants || !view.installs.some((each) => COMPILERS.has(each))) return false;
  const called = calledBy(program);
  return typeof called !== "string" && !called.some((each) => each.name.startsWith("python"));
}
