/** Go's own, which the golang images set (docker-library/golang). */
const GOLANG = /\$\{?GO/;
/** These and PATH, which all bases but scratch set; HOME comes with the user. */
const OF_BASES = /\$\{?(?:PATH|HOME|GO)/;

/** The text builds on a variable that a base sets: on another base it may stand for something else, or nothing. */
export function readsBaseVariable(text: string): boolean {
  return OF_BASES.test(text);
}

/** The text builds on a variable whose value changes on a new base: all of them on scratch, elsewhere those of Go. */
export function losesVariable(text: string, image: string): boolean {
  return (image === "scratch" ? OF_BASES : GOLANG).test(text);
}
