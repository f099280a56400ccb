// useDraft: the state of a form that survives a reload, a lost network and signing in again.

import { useCallback, useState } from 'react';
import { draftAt, dropDraft, keepDraft } from './drafts.ts';
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
  const [hand, setHand] = useState(() => draftAt(place, initial));
  // Another key is another form: what was typed in the one is not written into the other.
  const draft = draftAt(place, initial, hand);
  if (draft !== hand) setHand(draft);
  const change = useCallback(
    (next: T) => {
      keepDraft(place, next);
      setHand({ place, value: next });
    },
    [place],
  );
  const clear = useCallback(() => {
    dropDraft(place);
    setHand((now) => (now.place === place ? { place, value: initial } : now));
    // The first value is what an emptied form shows again.
  }, [place]);
  return [draft.value, change, clear];
};
