// KeepFresh: writes the kept record anew, quietly, when its person has opened the app and an hour has passed.

import { useEffect } from 'react';
import { useSession } from '../session/session.ts';
import { keepAgain, lookAtKept } from './keep.ts';
import { collectRecord } from './record.ts';
import { shelfOf } from './shelf.ts';

const oldAfterMs = 3_600_000;

export const KeepFresh = () => {
  const { app, fhir, user, patient } = useSession();
  useEffect(() => {
    if (patient === undefined) return;
    const refresh = async (): Promise<void> => {
      const shelf = shelfOf(app.name);
      const now = new Date();
      const kept = await lookAtKept(shelf, now);
      if (kept?.user !== user || kept.patient !== patient) return;
      if (now.getTime() - Date.parse(kept.keptAt) < oldAfterMs) return;
      await keepAgain(
        shelf,
        { user, patient },
        { record: await collectRecord(fhir, patient), now },
      );
    };
    // What is kept stays as it is until the next time.
    refresh().catch(() => undefined);
  }, [app, fhir, user, patient]);
  return null;
};
