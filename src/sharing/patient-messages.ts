// patient-messages: mail or SMS to the contacts of a Patient. Never health data: whoever reads over a shoulder learns nothing.

import { setImmediate } from 'node:timers/promises';
import { isObject } from '../fhir/resource.ts';
import type { Messages } from '../notifications/open.ts';

export interface News {
  readonly subject: string;
  /** Never health data. */
  readonly text: string;
}

/** `patient` is the text of the Patient. Goes on by itself: how long a message takes tells nobody whether there is a patient. */
export type SendToPatient = (patient: string, news: News) => void;

export interface SendOptions {
  readonly messages: Messages;
  /** Takes note of a message that could not be handed on. */
  readonly failed: (error: unknown) => void;
}

export interface PatientMessages {
  readonly send: SendToPatient;
  /** Waits for those on their way. */
  readonly settled: () => Promise<void>;
}

/** By mail where the Patient has an address, else by SMS. */
export const createPatientMessages = ({ messages, failed }: SendOptions): PatientMessages => {
  const underWay = new Set<Promise<void>>();
  return {
    send: (patient, news) => {
      const ended = setImmediate()
        .then(() => deliver(patient, news, messages))
        .catch(failed)
        .finally(() => underWay.delete(ended));
      underWay.add(ended);
    },
    settled: async () => {
      await Promise.all(underWay);
    },
  };
};

const deliver = async (
  patient: string,
  { subject, text }: News,
  { mail, sms }: Messages,
): Promise<void> => {
  const { email, phone } = contactsOf(patient);
  if (email !== undefined) await mail({ to: email, subject, text });
  else if (phone !== undefined) await sms({ to: phone, text });
};

interface Contacts {
  readonly email?: string;
  readonly phone?: string;
}

/** The first of each that is not an old one. */
const contactsOf = (patient: string): Contacts => {
  const { telecom } = JSON.parse(patient) as { readonly telecom?: unknown };
  const list: readonly unknown[] = Array.isArray(telecom) ? telecom : [];
  const first = (system: string): string | undefined =>
    list
      .filter(isObject)
      .filter((each) => each['system'] === system && each['use'] !== 'old')
      .map(({ value }) => value)
      .find((value) => typeof value === 'string');
  const [email, phone] = [first('email'), first('phone') ?? first('sms')];
  return {
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
  };
};
