// useUploads: the files of this page, three on their way at once; what is left is stopped when the page is.

import { useEffect, useReducer, useRef, type Dispatch } from 'react';
import { useSession } from '@meridian/ui/session/session.ts';
import { useQueryClient } from '@tanstack/react-query';
import { isUnderWay, wordsOf, type Row, type Words } from './row.ts';
import { changeRows, nextRows, type RowsChange } from './rows.ts';
import { giveUp } from './send-bytes.ts';
import { sendRow } from './send-row.ts';
import { openWire } from './wire.ts';

export interface Uploads {
  readonly rows: readonly Row[];
  readonly change: Dispatch<RowsChange>;
  /** Stops a file; nothing of it stays on the server. */
  readonly stop: (row: Row) => void;
}

export const useUploads = (all: Words): Uploads => {
  const { fhir } = useSession();
  const queries = useQueryClient();
  const [rows, change] = useReducer(changeRows, []);
  const running = useRef(new Map<string, AbortController>());

  useEffect(() => {
    for (const row of nextRows(rows)) {
      if (running.current.has(row.key)) continue;
      const controller = new AbortController();
      running.current.set(row.key, controller);
      const note = (of: Partial<Omit<Row, 'key' | 'file'>>) =>
        change({ do: 'note', key: row.key, of });
      const sending = { row, words: wordsOf(row, all), signal: controller.signal, note };
      void sendRow(fhir, sending).then(() => {
        running.current.delete(row.key);
        // One may be held now.
        void queries.invalidateQueries({ queryKey: ['Task'] });
      });
    }
  }, [rows, all, fhir, queries]);

  const isBusy = rows.some((row) => isUnderWay(row) || row.state.at === 'queued');
  useEffect(() => {
    if (!isBusy) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    globalThis.addEventListener('beforeunload', warn);
    return () => globalThis.removeEventListener('beforeunload', warn);
  }, [isBusy]);
  useEffect(() => () => running.current.forEach((each) => each.abort()), []);

  return {
    ...{ rows, change },
    stop: (row) => {
      running.current.get(row.key)?.abort();
      change({ do: 'remove', key: row.key });
      // It ends by itself after a day when this does not arrive.
      if (row.address !== undefined && row.binary === undefined)
        void giveUp(openWire(fhir), row.address).catch(() => undefined);
    },
  };
};
