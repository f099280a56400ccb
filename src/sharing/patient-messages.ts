// patient-messages: mail or SMS to the contact of a Patient. Never health data: whoever reads over a shoulder learns nothing.

import { setImmediate } from 'node:timers/promises';
import { contactsOf, type Deliver, type Message } from '../access/contact.ts';
import type { Resource } from '../fhir/resource.ts';

/** `patient` is the text of the Patient. Goes on by itself: how long a message takes tells nobody whether there is a patient. */
export type SendToPatient = (patient: string, message: Message) => void;

export interface SendOptions {
  readonly deliver: Deliver;
  /** Takes note of a message that could not be handed on. */
  readonly failed: (error: unknown) => void;
}

export interface PatientMessages {
  readonly send: SendToPatient;
  /** Waits for those on their way. */
  readonly settled: () => Promise<void>;
}

/** To the contact the patient likes best. */
export const createPatientMessages = ({ deliver, failed }: SendOptions): PatientMessages => {
  const underWay = new Set<Promise<void>>();
  const sendNow = async (patient: string, message: Message): Promise<void> => {
    const [contact] = contactsOf(JSON.parse(patient) as Resource);
    if (contact) await deliver(contact, message);
  };
  return {
    send: (patient, message) => {
      const ended = setImmediate()
        .then(() => sendNow(patient, message))
        .catch(failed)
        .finally(() => underWay.delete(ended));
      underWay.add(ended);
    },
    settled: async () => {
      await Promise.all(underWay);
    },
  };
};
