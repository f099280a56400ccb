// tell-offers: who was offered a time hears of it, at least once, also when the server stopped between the offer and the word.

import { DateTime } from 'luxon';
import type { Resource } from '../../fhir/resource.ts';
import type { Context } from '../../interactions/types.ts';
import { and } from '../../search/plan.ts';
import { readHeld } from '../end-holds.ts';
import { keptBy, naming, withStatus } from '../plans.ts';
import { readAll } from '../read-all.ts';
import { hasExpired, type Taken } from '../taken.ts';
import { isOffer, patientsOf } from './waiting.ts';

/** Puts a notice into the record of the patient and sends word of it, without a word of health. */
export type TellPatient = (
  patientId: string,
  notice: { readonly about: string; readonly text: string },
) => Promise<void>;

export const tellOffers = async (context: Context, tell: TellPatient): Promise<void> => {
  const now = context.now();
  for (const held of await readHeld(context))
    if (!hasExpired(held, now)) await tellOf(held, context, tell);
};

const tellOf = async (
  { version: slot, heldUntil = 0 }: Taken,
  context: Context,
  tell: TellPatient,
): Promise<void> => {
  const plan = and(
    withStatus('Appointment', ['pending'], context),
    naming('Appointment', 'slot', [`Slot/${slot.id}`], context),
    keptBy(slot.custodian),
  );
  for (const { id, text } of await readAll(plan, context)) {
    const appointment = JSON.parse(text) as Resource;
    if (!isOffer(appointment)) continue;
    const until = clockOf(appointment, heldUntil);
    await once(`${id}.${String(heldUntil)}`, heldUntil, context, async () => {
      for (const patient of patientsOf(appointment))
        await tell(patient, {
          about: `Appointment/${id}`,
          text: `A time that you wait for is kept for you until ${until}. Book or decline it.`,
        });
    });
  }
};

/** As the clock shows it where the visit takes place: `23 November 2026, 11:00`. */
const clockOf = ({ start }: Resource, at: number): string => {
  const { zone } = DateTime.fromISO(String(start), { setZone: true });
  return DateTime.fromMillis(at, { zone }).toFormat('d LLLL yyyy, HH:mm', { locale: 'en' });
};

/** By one server at a time; again, or by another, when that one did not come to the end of it. */
const once = async (
  key: string,
  until: number,
  { store: { records }, now }: Context,
  act: () => Promise<void>,
): Promise<void> => {
  if (await records.get('offer-told', key)) return;
  if (!(await records.add('offer-telling', key, {}, new Date(now() + 120_000)))) return;
  try {
    await act();
  } catch (error) {
    await records.take('offer-telling', key);
    throw error;
  }
  await records.put('offer-told', key, {}, new Date(until + 86_400_000));
};
