// DocumentReference: what is told of a file whose bytes are a Binary: whose it is, by health ID, and what it is.
// https://profiles.ihe.net/ITI/MHD/ITI-105.html

import { createHash } from 'node:crypto';
import type { Report } from './report.ts';

export interface Stored {
  /** `Binary/1` */
  readonly binary: string;
  readonly size: number;
  /** Hex. */
  readonly sha1: string;
  /** Of this file of this person on this server: the same on every try. */
  readonly key: string;
}

/**
 * The Patient inside says who is meant: a mistyped number that exists must not file a report with a stranger. Of the same file
 * it is the same to the letter on every try, so that the server knows it again.
 */
export const documentReference = (report: Report, stored: Stored, system: string): object => ({
  resourceType: 'DocumentReference',
  contained: [patientOf(report)],
  masterIdentifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${uuidOf(stored.key)}` },
  status: 'current',
  ...(report.type === undefined
    ? {}
    : { type: { coding: [{ system: 'http://loinc.org', code: report.type }] } }),
  subject: { identifier: { system, value: report.uhid } },
  description: report.title,
  content: [
    {
      attachment: {
        ...{ contentType: report.contentType, url: stored.binary, size: stored.size },
        hash: Buffer.from(stored.sha1, 'hex').toString('base64'),
        title: report.title,
      },
    },
  ],
  context: { sourcePatientInfo: { reference: '#patient' } },
});

const patientOf = ({ birthDate, family, given }: Report): object => {
  const name = {
    ...(family === undefined ? {} : { family }),
    ...(given === undefined ? {} : { given: given.split(/\s+/) }),
  };
  return {
    ...{ resourceType: 'Patient', id: 'patient' },
    ...(Object.keys(name).length > 0 ? { name: [name] } : {}),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
};

/** A UUID made of a digest (version 8). https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8 */
const uuidOf = (text: string): string => {
  const hex = createHash('sha256').update(`document ${text}`).digest('hex');
  const variant = '89ab'[parseInt(hex[16]!, 16) % 4]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
