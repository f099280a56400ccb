// file-request: a request for access comes into a patient's record, or into one that nobody has: both are the same work.

import type { Message } from '../access/contact.ts';
import type { Caller } from '../access/caller.ts';
import type { Put } from '../interactions/prepare.ts';
import type { Context } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import type { Asked } from './asked.ts';
import { deskCodeMinutes, type DeskCodes } from './desk-codes.ts';
import { asAskedBy } from './keep.ts';
import { newsOf, noticeOf } from './notify-patient.ts';
import type { SendToPatient } from './patient-messages.ts';
import { requestTasks, type RequestTasks } from './request-tasks.ts';
import { takeSlot } from './slots.ts';
import { askedInWords } from './words.ts';

export interface Filing {
  readonly caller: Caller;
  readonly asked: Asked;
  readonly identifier: { readonly system?: string; readonly value: string };
  /** Who has the identifier; undefined when nobody has. */
  readonly patient: Version | undefined;
  readonly way: 'by an answer' | 'by code at the desk';
}

export interface FilingParts {
  readonly deskCodes: DeskCodes;
  readonly sendToPatient: SendToPatient;
}

/** Gives the Task that the asking organization keeps. */
export const fileRequest = async (
  filing: Filing,
  { deskCodes, sendToPatient }: FilingParts,
  context: Context,
): Promise<Put> => {
  const { caller, asked, identifier, way } = filing;
  const patient = filing.patient?.id ?? context.newId();
  const answerBy = context.now() + answerDays * 86_400_000;
  const tasks = await requestTasks({ asked, identifier, patient, answerBy }, context);
  const task = tasks.patients.version.id;
  const told = await whomToTell(filing, context);
  const code =
    way === 'by an answer'
      ? undefined
      : await deskCodes.issue(tasks.own.version.id, told && { patient, task });
  const text = await askedInWords(asked, context);
  await write(tasks, { caller, patient, text }, context);
  if (told) sendToPatient(told.text, code === undefined ? newsOf(notice) : codeNews(code, asked));
  return tasks.own;
};

/** How long a request waits for its answer. */
const answerDays = 14;

const notice = { kind: 'access-requested' } as const;

/** Nobody gets messages without end, however many ask; and nobody reads what is sent to the deceased. */
const whomToTell = async (
  { patient, identifier }: Filing,
  { store, now }: Context,
): Promise<Version | undefined> => {
  const limit = { kind: 'access-notice', of: identifier.value, most: messagesPerHour };
  const isRare = await takeSlot(limit, { records: store.records, now });
  return isRare && patient && !isDeceased(patient) ? patient : undefined;
};

const messagesPerHour = 5;

const isDeceased = ({ text }: Version): boolean => {
  const { deceasedBoolean, deceasedDateTime } = JSON.parse(text) as Readonly<
    Record<string, unknown>
  >;
  return deceasedBoolean === true || deceasedDateTime !== undefined;
};

interface Told {
  readonly caller: Caller;
  /** Logical id. */
  readonly patient: string;
  readonly text: string;
}

/** Both Tasks and the notice in one commit; who reads the Provenance of the one learns nothing of the other. */
const write = async (
  { own, patients }: RequestTasks,
  { caller, patient, text }: Told,
  context: Context,
): Promise<void> => {
  const about = `Task/${patients.version.id}`;
  const told = await noticeOf(patient, { ...notice, about, text }, context);
  await context.store.resources.commit([
    ...(await asAskedBy(caller, [own], context)),
    ...(await asAskedBy(caller, [patients, told], context)),
  ]);
};

/** Says how long the record would be open, and not to whom: that would tell where the patient is treated. */
const codeNews = (code: string, { period }: Asked): Message => ({
  subject: 'Your code for sharing your health record',
  text: `Your code for sharing your health record until ${period.end.slice(0, 10)} is ${code}. Tell it only at the desk where you are now. It is valid for ${String(deskCodeMinutes)} minutes. If you are at no desk, ignore this message.`,
});
