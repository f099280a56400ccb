// Kinds of records: the code system says the same words, and every resource of the record is of at most one kind.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CodeSystem } from 'fhir/r4.js';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';
import { isShareable, kindPlan, kindsOf, kindSystem, sharingKinds } from '#src/sharing/kinds.ts';

describe('the kinds of records', () => {
  const definitions = loadDefinitions();

  it('are those of the code system', () => {
    const file = join(import.meta.dirname, '../../profiles/CodeSystem-sharing-kind.json');
    const { url, concept = [] } = JSON.parse(readFileSync(file, 'utf8')) as CodeSystem;

    expect(url).to.equal(kindSystem);
    expect(concept.map(({ code }) => code)).to.deep.equal(sharingKinds);
  });

  it('each hold something', () => {
    const held = new Set(definitions.resourceTypes.flatMap((type) => kindsOf(type, definitions)));

    expect([...held].sort()).to.deep.equal([...sharingKinds].sort());
  });

  for (const type of ['Patient', 'Consent', 'Communication', 'AuditEvent', 'Coverage', 'Basic'])
    it(`hold no ${type}`, () => {
      expect(kindsOf(type, definitions)).to.deep.equal([]);
    });

  it('tell Observations apart by category', () => {
    const plans = ['results', 'vitals', 'lifestyle'] as const;

    const kinds = plans.map((kind) => kindPlan(kind, 'Observation', definitions).op);

    expect(kinds).to.deep.equal(['and', 'token', 'token']);
  });

  it('hold every other type in one kind at most besides everything', () => {
    const several = definitions.resourceTypes
      .filter((type) => type !== 'Observation' && isShareable(type, definitions))
      .filter((type) => kindsOf(type, definitions).length > 2);

    expect(several).to.deep.equal([]);
  });
});
