// turn: the reads of one turn of the event loop see the same state, because each transaction costs calls of the system.

import type { Connection } from './connection.ts';

export interface Turns {
  /** Its snapshots last until the turn of the event loop ends. */
  readonly connection: Connection;
  /** What is read from now on sees all that was written until now: before a write is acknowledged this must be called. */
  readonly end: () => void;
}

export const shareTurns = (connection: Connection): Turns => {
  const begin = connection.statement('BEGIN');
  const commit = connection.statement('COMMIT');
  let isOpen = false;
  const end = (): void => {
    if (!isOpen) return;
    isOpen = false;
    commit.run();
  };
  const enter = (): void => {
    if (isOpen) return;
    begin.run();
    isOpen = true;
    setImmediate(end);
  };
  return {
    connection: {
      ...connection,
      snapshot: (read) => {
        enter();
        return read();
      },
      close: () => {
        end();
        connection.close();
      },
    },
    end,
  };
};
