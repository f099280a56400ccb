// Change: what the desk does with a visit, as a request. A check-in says which version it is of, so that two desks do not undo each other.

import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate, update } from '@meridian/ui/fhir/write.ts';
import type { Appointment } from 'fhir/r4';

export type Change = 'check-in' | 'undo' | 'no-show' | { readonly cancel: string };

export interface Changing {
  readonly visit: Appointment;
  readonly action: Change;
}

/** Fails with the kind `conflict` when the visit was changed since it was read. */
export const change = (fhir: Fhir, { visit, action }: Changing): Promise<Appointment> => {
  const path = `Appointment/${visit.id ?? ''}`;
  if (action === 'check-in') return update(fhir, { ...visit, status: 'arrived' });
  if (action === 'undo') return update(fhir, { ...visit, status: 'booked' });
  if (action === 'no-show') return operate(fhir, `${path}/$no-show`);
  const reason = action.cancel.trim();
  return operate(
    fhir,
    `${path}/$cancel`,
    reason === '' ? [] : [{ name: 'reason', valueString: reason }],
  );
};
