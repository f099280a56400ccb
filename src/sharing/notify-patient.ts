// notify-patient: tells a patient what became of the record: a Communication in it, and a message that says no more than that
// there is one.
// https://hl7.org/fhir/R4/communication.html

import { unrestricted } from '../access/permit.ts';
import { documentOf } from '../fhir/json.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { prepare, type Put } from '../interactions/prepare.ts';
import type { Context } from '../interactions/types.ts';
import type { Messages } from '../notifications/open.ts';

/** A code of CodeSystem notice. */
export type NoticeKind = 'access-requested' | 'access-given' | 'emergency' | 'report-filed';

export interface Notice {
  readonly kind: NoticeKind;
  /** What it is about: `Task/1`. */
  readonly about?: string;
  /** For the record alone: no message carries it. */
  readonly text: string;
}

/** Resolves when the notice stands in the patient's record; the message is on its way then, and may fail without harm. */
export type NotifyPatient = (patientId: string, notice: Notice) => Promise<void>;

export interface NotifyOptions {
  readonly context: () => Context;
  readonly sendToPatient: SendToPatient;
}

export const createNotifyPatient =
  ({ context, sendToPatient }: NotifyOptions): NotifyPatient =>
  async (patientId, notice) => {
    const { store } = context();
    const change = await noticeOf(patientId, notice, context());
    const [patient] = await store.resources.read([{ type: 'Patient', id: patientId }]);
    await store.resources.commit([change]);
    sendToPatient(patient?.text, newsFor(notice));
  };

export const noticeSystem = 'https://meridian.example/CodeSystem/notice';

/** The Communication as a change, kept by the patient: for who writes it together with what it is about. */
export const noticeOf = async (
  patientId: string,
  { kind, about, text }: Notice,
  context: Context,
): Promise<Put> => {
  const reference = `Patient/${patientId}`;
  const communication: Resource = {
    resourceType: 'Communication',
    status: 'completed',
    category: [{ coding: [{ system: noticeSystem, code: kind }] }],
    subject: { reference },
    recipient: [{ reference }],
    ...(about === undefined ? {} : { about: [{ reference: about }] }),
    sent: new Date(context.now()).toISOString(),
    payload: [{ contentString: text }],
  };
  const document = documentOf(communication);
  const draft = { type: 'Communication', id: context.newId(), document, method: 'POST' } as const;
  return (await prepare(draft, { ...unrestricted, custodian: reference }, context)).change;
};

export interface News {
  readonly subject: string;
  /** Never health data. */
  readonly text: string;
}

const newsFor = ({ kind }: Notice): News => news[kind];

/** What leaves the server: whoever reads over a shoulder learns nothing of an illness, an organization or a name. */
const news: Readonly<Record<NoticeKind, News>> = {
  'access-requested': {
    subject: 'Somebody asks to see your health record',
    text: 'Somebody asks to see your health record. Sign in to see who and why, and to answer.',
  },
  'access-given': {
    subject: 'Your health record was shared',
    text: 'Your health record was shared. Sign in to see with whom, and to end it.',
  },
  emergency: {
    subject: 'Your health record was opened in an emergency',
    text: 'Your health record was opened in an emergency. Sign in to see by whom and why.',
  },
  'report-filed': {
    subject: 'There is something new in your health record',
    text: 'There is something new in your health record. Sign in to see it.',
  },
};

/** `patient` is the text of the Patient. Goes on by itself: how long a message takes tells nobody whether there is a patient. */
export type SendToPatient = (patient: string | undefined, news: News) => void;

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
    send: (patient, { subject, text }) => {
      const { email, phone } = contactsOf(patient);
      const to = email ?? phone;
      if (to === undefined) return;
      const sent =
        email === undefined ? messages.sms({ to, text }) : messages.mail({ to, subject, text });
      const ended = sent.catch(failed).finally(() => underWay.delete(ended));
      underWay.add(ended);
    },
    settled: async () => {
      await Promise.all(underWay);
    },
  };
};

interface Contacts {
  readonly email?: string;
  readonly phone?: string;
}

/** The first of each that is not an old one. */
const contactsOf = (patient: string | undefined): Contacts => {
  if (!patient) return {};
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
