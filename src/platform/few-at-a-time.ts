// Few at a time: costly work waits its turn, so that asking for much of it at once does not stop everything else.

export interface FewAtATime {
  /** Runs the work when its turn comes; undefined when too many wait already. */
  <T>(work: () => Promise<T>): Promise<T> | undefined;
}

export const fewAtATime = (running: number, waiting: number): FewAtATime => {
  const queue: (() => void)[] = [];
  let busy = 0;
  const leave = (): void => {
    const next = queue.shift();
    // The place is handed on: nobody who comes in between takes it.
    if (next) next();
    else busy -= 1;
  };
  const enter = (): Promise<void> | undefined => {
    if (busy < running) {
      busy += 1;
      return Promise.resolve();
    }
    if (queue.length >= waiting) return undefined;
    return new Promise((resolve) => queue.push(resolve));
  };
  return (work) => enter()?.then(work).finally(leave);
};
