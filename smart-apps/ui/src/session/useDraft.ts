// useDraft: the state of a form that survives a reload, a lost network and signing in again.

import { useCallback, useState } from 'react';
import { dropDraft, keepDraft, readDraft } from './drafts.ts';

/** `[value, change, clear]`; call `clear` once the server has accepted it. The key names the form and what it is about. */
export const useDraft = <T>(
  key: string,
  initial: T,
): readonly [T, (next: T) => void, () => void] => {
  const [value, setValue] = useState<T>(() => (readDraft(key) as T | undefined) ?? initial);
  const change = useCallback(
    (next: T) => {
      keepDraft(key, next);
      setValue(next);
    },
    [key],
  );
  const clear = useCallback(() => {
    dropDraft(key);
    setValue(initial);
    // The first value is what an emptied form shows again.
  }, [key]);
  return [value, change, clear];
};
