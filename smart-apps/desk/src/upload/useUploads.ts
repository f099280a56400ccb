// useUploads: the files on their way, three at once; they go on while the desk does something else.

import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  type Dispatch,
  type ReactNode,
} from 'react';
import { useSession } from '@meridian/ui/session/session.ts';
import { giveUp } from '@meridian/ui/uploads/send-bytes.ts';
import { openWire } from '@meridian/ui/uploads/wire.ts';
import { useQueryClient } from '@tanstack/react-query';
import { isUnderWay, type Row } from './row.ts';
import { changeRows, nextRows, type RowsChange } from './rows.ts';
import { sendRow } from './send-row.ts';

export interface Uploads {
  readonly rows: readonly Row[];
  readonly change: Dispatch<RowsChange>;
  /** Stops a file; nothing of it stays on the server. */
  readonly stop: (row: Row) => void;
}

const UploadsContext = createContext<Uploads | undefined>(undefined);

/** Only below `UploadsProvider`. */
export const useUploads = (): Uploads => {
  const uploads = useContext(UploadsContext);
  if (uploads === undefined) throw new Error('useUploads is called outside of UploadsProvider.');
  return uploads;
};

export const UploadsProvider = ({ children }: { readonly children: ReactNode }) => {
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
      void sendRow(fhir, { row, signal: controller.signal, note }).then(() => {
        running.current.delete(row.key);
        // One may be held now.
        void queries.invalidateQueries({ queryKey: ['Task'] });
      });
    }
  }, [rows, fhir, queries]);

  const isBusy = rows.some((row) => isUnderWay(row) || row.state.at === 'queued');
  useEffect(() => {
    if (!isBusy) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    globalThis.addEventListener('beforeunload', warn);
    return () => globalThis.removeEventListener('beforeunload', warn);
  }, [isBusy]);

  const uploads = useMemo<Uploads>(
    () => ({
      ...{ rows, change },
      stop: (row) => {
        running.current.get(row.key)?.abort();
        change({ do: 'remove', key: row.key });
        // It ends by itself after a day when this does not arrive.
        if (row.address !== undefined && row.binary === undefined)
          void giveUp(openWire(fhir), row.address).catch(() => undefined);
      },
    }),
    [rows, fhir],
  );
  return createElement(UploadsContext, { value: uploads }, children);
};
