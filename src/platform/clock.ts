// The clock: milliseconds since 1970 that never go back, also when the machine's clock is set back.

/** `read` is the wall clock; a test may put its own. */
export const createClock = (read: () => number = Date.now): (() => number) => {
  let last = 0;
  return () => {
    last = Math.max(read(), last);
    return last;
  };
};
