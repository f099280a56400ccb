// notify-patient: tells a patient what became of the record: a Communication in it, and a message that says no more than that
// there is one.
// https://hl7.org/fhir/R4/communication.html

import type { Message } from '../access/contact.ts';
import { serversPermit } from '../access/permit.ts';
import { documentOf } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import { prepare, type Put } from '../interactions/prepare.ts';
import type { Context } from '../interactions/types.ts';
import type { SendToPatient } from './patient-messages.ts';

/** A code of CodeSystem notice. */
export type NoticeKind =
  'access-requested' | 'access-given' | 'emergency' | 'report-filed' | 'time-offered';

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
    if (patient && !patient.deleted) sendToPatient(patient.text, newsOf(notice));
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
  return (await prepare(draft, serversPermit({ custodian: reference }), context)).change;
};

/** What leaves the server with a notice. */
export const newsOf = ({ kind }: Pick<Notice, 'kind'>): Message => news[kind];

/** Of no illness, organization or person. */
const news: Readonly<Record<NoticeKind, Message>> = {
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
  'time-offered': {
    subject: 'A time that you wait for is free',
    text: 'A time that you wait for is free and kept for you for a while. Sign in to see it and to answer.',
  },
};
