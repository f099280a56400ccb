// The definitions about sharing are valid and say what the operations take.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { OperationDefinition, OperationOutcome } from 'fhir/r4.js';
import { clinician, openSharing, patientCaller } from './support/inside.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';

const read = (name: string): object =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../profiles', `${name}.json`), 'utf8'),
  ) as object;

/** Who may ask it at all. */
const askers = {
  'request-access': clinician('Organization/a'),
  'approve-access': patientCaller('p'),
  'deny-access': patientCaller('p'),
  'confirm-access': clinician('Organization/a'),
  'break-glass': clinician('Organization/a'),
  'end-emergency': clinician('Organization/a'),
  'review-emergency': { ...clinician('Organization/a'), role: 'administrator' as const },
};

describe('the definitions about sharing', () => {
  const inside = openSharing(openMemoryStore());
  const operations = Object.keys(askers).map((code) => `OperationDefinition-${code}`);

  for (const name of [...operations, 'CodeSystem-sharing-task', 'CodeSystem-notice'])
    it(`${name} is valid`, async () => {
      const type = name.split('-')[0]!;

      const { json } = await inside.by()('POST', `${type}/$validate`, { body: read(name) });

      const { issue } = json as OperationOutcome;
      expect(issue.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    });

  for (const [code, caller] of Object.entries(askers))
    it(`${code} names only parameters the operation takes`, async () => {
      const {
        resource,
        type,
        parameter = [],
      } = read(`OperationDefinition-${code}`) as OperationDefinition;
      const path = `${resource![0]!}/${type ? '' : 'x/'}$${code}`;
      const body = { resourceType: 'Parameters', parameter: [{ name: 'wrong', valueString: 'x' }] };

      const { text } = await inside.as(caller)('POST', path, { body });

      const taken = /it takes ([^.]*)\./.exec(text)![1]!.split(', ');
      const defined = parameter.filter(({ use }) => use === 'in').map(({ name }) => name);
      expect(taken).to.deep.equal(defined.length > 0 ? defined : ['none']);
    });
});
