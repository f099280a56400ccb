// naming-system: says by FHIR under which identifier system this network gives out health IDs, so that no app has to be told.
// https://hl7.org/fhir/R4/namingsystem.html

import { isDeepStrictEqual } from 'node:util';
import { unrestricted } from '../access/permit.ts';
import { parseDocument } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Context } from '../interactions/types.ts';

/** Logical id: the same on every server of every network. */
export const namingSystemId = 'uhid';

export const namingSystemOf = (system: string): Resource => ({
  ...{ resourceType: 'NamingSystem', id: namingSystemId, name: 'UniqueHealthId', status: 'active' },
  ...{ kind: 'identifier', date: '2026-11-21', responsible: 'The network that runs this server' },
  type: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'NI' }],
    text: 'UHID',
  },
  description:
    'The unique health ID (UHID): one number for one person, for life. 14 digits: 13 drawn at random, the first of them not 0, ' +
    'and a Verhoeff check digit. Written without dashes, shown as 12-3456-7890-1234. Given by the server alone; never changed ' +
    'and never given to anybody else, also after death, merge or erasure. It identifies and proves nothing. UHID_SYSTEM sets ' +
    'the url of a network of its own.',
  uniqueId: [{ type: 'uri', value: system, preferred: true }],
});

/** Writes it where it is not there yet, or says something else; of several servers that start at once any may have been first. */
export const publishNamingSystem = async (
  system: string,
  context: Context,
  base: string,
): Promise<void> => {
  const wanted = namingSystemOf(system);
  const path = `NamingSystem/${namingSystemId}`;
  const [kept] = await context.store.resources.read([{ type: 'NamingSystem', id: namingSystemId }]);
  if (kept && !kept.deleted && isDeepStrictEqual(saidIn(kept.text), wanted)) return;
  const body = parseDocument(JSON.stringify(wanted), context.limits.depth);
  const headers = { prefer: 'return=minimal' };
  await context.dispatch({ method: 'PUT', path, query: [], headers, body, base }, unrestricted);
};

/** Without what was stamped on it. */
const saidIn = (text: string): object =>
  Object.fromEntries(
    Object.entries(JSON.parse(text) as Resource).filter(([name]) => name !== 'meta'),
  );
