import { cBuilds } from "./c/builds";
import { cPlan } from "./c/plan";
import type { Toolchain } from "./toolchain";

/**
 * C and C++: compilers that are called, by a Makefile that was followed too, and `make`, `ninja` and `cmake` that were not. A
 * program needs the C library that it was linked with, and what `-l`, CMakeLists.txt and its headers name.
 */
export const c: Toolchain = {
  id: "c",
  title: "C",
  buildPackages: new Set(
    (
      "gcc g++ gcc-multilib g++-multilib clang llvm lld build-essential libc6-dev libc-dev libstdc++-dev make cmake ninja-build " +
      "meson autoconf automake libtool pkg-config pkgconf gdb valgrind cppcheck clang-tidy clang-format nlohmann-json3-dev libeigen3-dev ccache bison flex"
    ).split(" "),
  ),
  buildCommands: new Set(
    "gcc g++ cc c++ clang clang++ make cmake ninja ar ranlib ld strip pkg-config ldconfig ccache install".split(" "),
  ),
  ownFolders: ["/usr/include", "/usr/local/include"],
  leavesProgramsAlone: false,
  linksLibraries: true,
  isBuildVariable: (name) =>
    /^(?:CC|CXX|CPP|LD|AR|CFLAGS|CXXFLAGS|CPPFLAGS|LDFLAGS|LDLIBS|MAKEFLAGS|CMAKE_\w+|PKG_CONFIG\w*|GCC_VERSION)$/.test(
      name,
    ),
  builds: (view) => cBuilds(view, c),
  failure: () => undefined,
  runtime: () => undefined,
  strip: () => [],
  plan: (build, view) => cPlan(build, view),
};
