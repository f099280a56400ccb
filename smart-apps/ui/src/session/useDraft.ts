// useDraft: the state of a form that survives a reload, a lost network and signing in again.

import { useCallback, useState } from 'react';
import { dropDraft, keepDraft, readDraft } from './drafts.ts';
import { useSession } from './session.ts';

/**
 * `[value, change, clear]`; call `clear` once the server has accepted it. The key names the form and what it is about; whose record is
 * open belongs to it by itself.
 */
export const useDraft = <T>(
  key: string,
  initial: T,
): readonly [T, (next: T) => void, () => void] => {
  const { app, patient = '' } = useSession();
  const place = `${app.name}:${patient}:${key}`;
  const [value, setValue] = useState<T>(() => (readDraft(place) as T | undefined) ?? initial);
  const change = useCallback(
    (next: T) => {
      keepDraft(place, next);
      setValue(next);
    },
    [place],
  );
  const clear = useCallback(() => {
    dropDraft(place);
    setValue(initial);
    // The first value is what an emptied form shows again.
  }, [place]);
  return [value, change, clear];
};
