// Filing permit: the rights of an upload: those of its sender, who may besides make reports be about the one Patient that was
// found by the health ID, and about nobody else.

import type { Permit } from '../../access/permit.ts';
import type { Stored, World } from '../../search/match.ts';
import type { Version } from '../../store/port.ts';
import type { Context } from '../../interactions/types.ts';
import type { Resource } from '../../fhir/resource.ts';
import { reportTypes } from './upload.ts';

/**
 * Only a report may name the Patient: with an Encounter, say, the sender would have the patient in care, and so see the record.
 */
export const filingPermit = (
  permit: Permit,
  patient: Version,
  { registry }: Pick<Context, 'registry'>,
): Permit => {
  const found = storedOf(patient, registry);
  return {
    ...permit,
    covers: (resource, right, writing) =>
      permit.covers(
        resource,
        right,
        reportTypes.has(resource.resourceType)
          ? { ...writing, beside: joined(found, writing.beside) }
          : writing,
      ),
  };
};

const storedOf = (
  { type, id, at, custodian, text }: Version,
  registry: Context['registry'],
): Stored => ({
  ...{ type, id, at, entries: registry.extract(JSON.parse(text) as Resource) },
  ...(custodian === undefined ? {} : { custodian }),
});

/** What stands beside a write satisfies that whatever it names is there for its writer (`access/named`). */
const joined = (found: Stored, beside: World | undefined): World => {
  const key = `${found.type}/${found.id}`;
  return {
    get: (asked) => (asked === key ? found : beside?.get(asked)),
    all: () => [found, ...(beside?.all() ?? [])],
  };
};
