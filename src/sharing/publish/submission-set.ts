// Submission set: the List by which a document sent alone is a submission as well.
// https://profiles.ihe.net/ITI/MHD/StructureDefinition-IHE.MHD.Minimal.SubmissionSet.html

import type { Permit } from '../../access/permit.ts';
import { documentOf } from '../../fhir/json.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import type { Context } from '../../interactions/types.ts';
import { createOf } from './create-of.ts';

const profiles = 'https://profiles.ihe.net/ITI/MHD';
const uris = 'urn:ietf:rfc:3986';

export interface Submission {
  /** Of the DocumentReference, which has a `fullUrl`. */
  readonly entry: Entry;
  readonly place: number;
  readonly subject: object;
}

/** With the same words as the DocumentReference. */
export const submissionSetOf = (
  { entry: { request, fullUrl }, place, subject }: Submission,
  permit: Permit,
  { newId, now }: Context,
): Entry => {
  const { description, type, meta } = request.body!.plain;
  const unique = `urn:uuid:${newId()}`;
  const list: Resource = {
    resourceType: 'List',
    ...(meta?.security ? { meta: { security: meta.security } } : {}),
    extension: [
      ...(type ? [{ url: extension('ihe-designationType'), valueCodeableConcept: type }] : []),
      { url: extension('ihe-sourceId'), valueIdentifier: sourceOf(permit) },
    ],
    identifier: [
      { use: 'official', system: uris, value: unique },
      { use: 'usual', system: uris, value: `urn:uuid:${newId()}` },
    ],
    ...{ status: 'current', mode: 'working' },
    ...(typeof description === 'string' ? { title: description } : {}),
    code: { coding: [{ system: `${profiles}/CodeSystem/MHDlistTypes`, code: 'submissionset' }] },
    subject,
    date: new Date(now()).toISOString(),
    entry: [{ item: { reference: fullUrl } }],
  };
  return { place, request: createOf('List', documentOf(list), request.base), permit };
};

const extension = (name: string): string => `${profiles}/StructureDefinition/${name}`;

const sourceOf = ({ custodian, caller }: Permit): object => ({
  value: custodian ?? caller?.client ?? 'unknown',
});
