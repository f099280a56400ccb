import { expect } from 'chai';
import { definitions, registry, store } from './support.ts';

describe('the registry', () => {
  it('lists no parameter it cannot search by', () => {
    for (const type of definitions.resourceTypes)
      for (const [code, { type: kind, expression }] of registry.parameters(type)) {
        expect(kind, `${type}.${code}`).not.to.equal('special');
        expect(expression, `${type}.${code}`).not.to.equal('');
      }
    expect([...registry.parameters('Patient').keys()]).to.include.members([
      '_id',
      '_lastUpdated',
      'name',
    ]);
    expect([...registry.parameters('Patient').keys()]).not.to.include.members([
      '_text',
      '_content',
    ]);
  });

  it('puts a resource into its own compartment and those its references name', () => {
    const { entries } = store(
      {
        resourceType: 'Encounter',
        subject: { reference: 'Patient/1' },
        participant: [{ individual: { reference: 'Practitioner/2' } }],
      },
      '3',
    );

    const compartments = entries.flatMap((entry) =>
      entry.kind === 'reference' && entry.param === 'Resource._compartment' ? [entry.target] : [],
    );
    expect(compartments).to.have.members(['Encounter/3', 'Patient/1', 'Practitioner/2']);
  });

  it('keeps no tuple that lacks a part', () => {
    const { entries } = store(
      { resourceType: 'Observation', component: [{ code: { coding: [{ code: 'a' }] } }] },
      '1',
    );

    expect(entries.filter(({ n }) => n > 0)).to.deep.equal([]);
  });

  it('extracts nothing from what is empty or not of the type it should be', () => {
    const odd = {
      resourceType: 'Patient',
      name: [null, { given: 3, family: {} }],
      identifier: {},
      birthDate: 5,
    };

    expect(store(odd, '1').entries.map(({ param }) => param)).to.deep.equal([
      'Patient.deceased',
      'Resource._compartment',
    ]);
  });

  const long = 100_000;
  const heavy = [
    ['a family name', { resourceType: 'Patient', name: [{ family: 'a '.repeat(long).trim() }] }],
    [
      'the version of a canonical',
      {
        resourceType: 'QuestionnaireResponse',
        status: 'completed',
        questionnaire: `http://example.org/q|${'1.'.repeat(long)}`,
      },
    ],
    [
      'the events of a Timing',
      {
        resourceType: 'ServiceRequest',
        occurrenceTiming: { event: Array<string>(2 * long).fill('2024-01-01') },
      },
    ],
  ] as const;
  for (const [what, resource] of heavy)
    it(`keeps few values of ${what} without end`, () => {
      const { entries } = store(resource, 'heavy');

      expect(entries.length).to.be.lessThan(50);
    });
});
