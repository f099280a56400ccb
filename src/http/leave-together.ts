// Leave together: what becomes ready to be sent within one turn of the event loop is sent one after the other at its end. A client
// on the same machine, most often a gateway, is then woken once for all of it: waking it costs the server more than a read does.

/** Milliseconds: what is ready then waits only for the one piece of work that is under way. */
const longestWait = 1;

/** Resolves when it is time to send. */
export type Together = () => Promise<void>;

/** `now` is in milliseconds. */
export const createTogether = (now: () => number = () => performance.now()): Together => {
  let leaving: PromiseWithResolvers<void> | undefined;
  let since = 0;
  const leave = (): void => {
    leaving?.resolve();
    leaving = undefined;
  };
  return () => {
    if (leaving === undefined) {
      leaving = Promise.withResolvers();
      since = now();
      setImmediate(leave);
      return leaving.promise;
    }
    const { promise } = leaving;
    if (now() - since > longestWait) leave();
    return promise;
  };
};
