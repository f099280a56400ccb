// Row: one file of an upload: whose it is said to be, how far it is, and what came of it.

import { readUhid } from '../patients/uhid.ts';
import type { FailureKind } from '@meridian/ui/fhir/failure.ts';
import { readFileName } from './file-name.ts';
import type { KindName } from './kinds.ts';

/** What may be said for all files at once, and for one file otherwise. '' where nothing is said. */
export interface Words {
  readonly uhid: string;
  readonly birthDate: string;
  readonly family: string;
  readonly kind: KindName | '';
  /** Of the report. */
  readonly date: string;
}

export const noWords: Words = { uhid: '', birthDate: '', family: '', kind: '', date: '' };

export type RowState =
  | { readonly at: 'ready' }
  | { readonly at: 'queued' }
  | { readonly at: 'sending'; readonly sent: number }
  | { readonly at: 'filing' }
  | { readonly at: 'filed' }
  /** The hospital had filed the same bytes for the same person before. */
  | { readonly at: 'known' }
  /** Waits in the worklist, as the Task with this id. */
  | { readonly at: 'held'; readonly task: string }
  /** `why` is what the server says; what is sent again is refused again. */
  | { readonly at: 'refused'; readonly why: string }
  | { readonly at: 'failed'; readonly kind: FailureKind };

export interface Row {
  readonly key: string;
  readonly file: File;
  readonly title: string;
  /** When it was added: a file that is sent again is the same to the letter. */
  readonly addedAt: string;
  readonly own: Words;
  readonly state: RowState;
  /** Of a resumable upload that was begun. */
  readonly address?: string;
  /** `Binary/1`, once all bytes have arrived. */
  readonly binary?: string;
}

export const rowOf = (file: File, key: string, addedAt: string): Row => {
  const { title, ...said } = readFileName(file.name);
  return { ...{ key, file, title, addedAt }, own: { ...noWords, ...said }, state: { at: 'ready' } };
};

/** What is said for the file itself goes before what is said for all: whole persons, never half of one. */
export const wordsOf = ({ own }: Pick<Row, 'own'>, all: Words): Words => {
  const isOwn = own.uhid !== '' && own.uhid !== all.uhid;
  const person = isOwn ? emptyPerson : all;
  return {
    uhid: own.uhid || person.uhid,
    birthDate: own.birthDate || person.birthDate,
    family: own.family || person.family,
    kind: own.kind || all.kind,
    date: own.date || all.date,
  };
};

const emptyPerson = { uhid: '', birthDate: '', family: '' };

export type RowFault = 'uhid' | 'missing' | 'person' | 'empty';

/** Before anything is sent. */
export const faultOf = (row: Pick<Row, 'own' | 'file'>, all: Words): RowFault | undefined => {
  const { uhid, birthDate, family } = wordsOf(row, all);
  if (row.file.size === 0) return 'empty';
  if (uhid.trim() === '') return 'missing';
  if (!readUhid(uhid).ok) return 'uhid';
  return birthDate === '' && family.trim() === '' ? 'person' : undefined;
};

export const isUnderWay = ({ state: { at } }: Row): boolean => at === 'sending' || at === 'filing';
export const isOver = ({ state: { at } }: Row): boolean =>
  at === 'filed' || at === 'known' || at === 'held';
export const canBeSent = ({ state: { at } }: Row): boolean =>
  at === 'ready' || at === 'failed' || at === 'refused';
