// The clock of this process, set ahead while something runs: the server of a test runs in the same process.

/** Restores the clock whatever happens. */
export const atTime = async <T>(secondsAhead: number, run: () => Promise<T>): Promise<T> => {
  const real = Date.now;
  Date.now = () => real() + secondsAhead * 1000;
  try {
    return await run();
  } finally {
    Date.now = real;
  }
};
