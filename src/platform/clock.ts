// The clock: milliseconds since 1970 that never repeat and never go back, so that they order what was written.

/** `read` is the wall clock; a test may put its own. */
export const createClock = (read: () => number = Date.now): (() => number) => {
  let last = 0;
  return () => {
    last = Math.max(read(), last + 1);
    return last;
  };
};
