// Document: what is told of a report whose bytes have arrived: whose it is by health ID, what it is, and of which day.
// https://profiles.ihe.net/ITI/MHD/ITI-105.html

import type { DocumentReference, Patient } from 'fhir/r4';
import { readUhid } from '../patients/uhid.ts';
import { typeOf } from './kinds.ts';
import type { Row, Words } from './row.ts';

export interface Report extends Pick<Row, 'title' | 'addedAt'> {
  readonly binary: string;
  readonly contentType: string;
  readonly size: number;
  /** Of the health IDs of the network. */
  readonly system: string;
}

/** The Patient inside says who is meant, so that a mistyped number files nothing with a stranger. */
export const documentOf = (
  { title, addedAt, binary, contentType, size, system }: Report,
  words: Words,
): DocumentReference => {
  const uhid = readUhid(words.uhid);
  return {
    resourceType: 'DocumentReference',
    contained: [personOf(words)],
    status: 'current',
    ...(words.kind === '' ? {} : { type: typeOf(words.kind) }),
    subject: { identifier: { system, value: uhid.ok ? uhid.number : words.uhid } },
    date: addedAt,
    description: title,
    content: [
      {
        attachment: {
          ...{ contentType, url: binary, size, title },
          ...(words.date === '' ? {} : { creation: words.date }),
        },
      },
    ],
    context: {
      ...(words.date === '' ? {} : { period: { start: words.date, end: words.date } }),
      sourcePatientInfo: { reference: '#patient' },
    },
  };
};

const personOf = ({ birthDate, family }: Words): Patient => ({
  ...{ resourceType: 'Patient', id: 'patient' },
  ...(family.trim() === '' ? {} : { name: [{ family: family.trim() }] }),
  ...(birthDate === '' ? {} : { birthDate }),
});

/** Where the browser does not know, the end of the name does. */
export const contentTypeOf = ({ name, type }: Pick<File, 'name' | 'type'>): string =>
  type || (types[name.split('.').pop()?.toLowerCase() ?? ''] ?? 'application/octet-stream');

const types: Readonly<Record<string, string>> = {
  ...{ pdf: 'application/pdf', jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png' },
  ...{ tif: 'image/tiff', tiff: 'image/tiff', dcm: 'application/dicom', txt: 'text/plain' },
  ...{ heic: 'image/heic', webp: 'image/webp', xml: 'application/xml', csv: 'text/csv' },
};
