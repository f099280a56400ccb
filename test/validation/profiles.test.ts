// Profiles for $validate: cardinality, fixed values, patterns, types, bindings, references, invariants.
// https://hl7.org/fhir/R4/profiling.html

import { expect } from 'chai';
import type { CanonicalResource } from '../../src/fhir/definitions/types.ts';
import { errorsOf, validatorOf } from './validator.ts';

const url = 'http://example.org/StructureDefinition/weight';

const profile: CanonicalResource = {
  resourceType: 'StructureDefinition',
  ...{
    url,
    name: 'Weight',
    status: 'draft',
    kind: 'resource',
    abstract: false,
    type: 'Observation',
  },
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Observation',
  derivation: 'constraint',
  snapshot: {
    element: [
      {
        path: 'Observation',
        constraint: [
          { key: 'w-1', severity: 'error', human: 'Has a note', expression: 'note.exists()' },
        ],
      },
      { path: 'Observation.status', min: 1, max: '1', fixedCode: 'final' },
      { path: 'Observation.category', min: 1, max: '*', slicing: { rules: 'open' } },
      { path: 'Observation.category', sliceName: 'vital', min: 1, max: '1' },
      { path: 'Observation.category.coding', min: 5, max: '*' },
      {
        path: 'Observation.code',
        min: 1,
        max: '1',
        patternCodeableConcept: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
      },
      {
        path: 'Observation.subject',
        min: 1,
        max: '1',
        type: [
          { code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] },
        ],
      },
      { path: 'Observation.value[x]', min: 1, max: '1', type: [{ code: 'Quantity' }] },
      { path: 'Observation.value[x].unit', min: 1, max: '1', maxLength: 3 },
      { path: 'Observation.note', min: 0, max: '1' },
      { path: 'Observation.method', min: 0, max: '0' },
      {
        path: 'Observation.bodySite',
        min: 0,
        max: '1',
        binding: {
          strength: 'required',
          valueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender',
        },
      },
    ],
  },
};

const weight = {
  resourceType: 'Observation',
  status: 'final',
  category: [{ text: 'vital' }],
  code: {
    coding: [{ system: 'http://loinc.org', code: '29463-7', display: 'Weight' }],
    text: 'Weight',
  },
  subject: { reference: 'Patient/1' },
  valueQuantity: { value: 70, unit: 'kg' },
  note: [{ text: 'morning' }],
};

const check = validatorOf([profile]);
describe('validation against a profile', () => {
  it('accepts a resource that meets it and says that slices were not checked', async () => {
    const issues = await check(weight, { profiles: [url] });

    expect(errorsOf(issues)).to.deep.equal([]);
    expect(issues[0]?.diagnostics).to.include('slices Observation.category');
  });

  const cases: readonly (readonly [string, object, string])[] = [
    ['a missing element', { subject: undefined }, "must have 'subject' at least once"],
    [
      'too many values',
      { note: [{ text: 'a' }, { text: 'b' }] },
      'Observation.note[1] may be present at most once',
    ],
    ['a prohibited element', { method: { text: 'x' } }, 'Observation.method must not be present'],
    ['another fixed value', { status: 'amended' }, 'Observation.status must be exactly "final"'],
    [
      'a value without the pattern',
      { code: { coding: [{ system: 'http://loinc.org', code: '1' }] } },
      'Observation.code must have what the pattern',
    ],
    [
      'another type of a choice',
      { valueQuantity: undefined, valueString: 'x' },
      'Observation.value is a string; it must be one of Quantity',
    ],
    [
      'a missing element inside a choice',
      { valueQuantity: { value: 1 } },
      "Observation.value must have 'unit'",
    ],
    [
      'a text that is too long',
      { valueQuantity: { value: 1, unit: 'kilogram' } },
      'is longer than 3',
    ],
    [
      'a reference to another type',
      { subject: { reference: 'Group/1' } },
      'points at a Group; it takes Patient',
    ],
    [
      'a code outside a required binding',
      { bodySite: { coding: [{ system: 'http://x', code: 'y' }] } },
      'administrative-gender',
    ],
    ['a broken invariant', { note: undefined }, 'Observation breaks w-1'],
  ];
  for (const [what, change, says] of cases)
    it(`reports ${what}`, async () => {
      const spoilt = JSON.parse(JSON.stringify({ ...weight, ...change })) as object;

      const issues = errorsOf(await check(spoilt, { profiles: [url] }));

      expect(issues.map(({ diagnostics }) => diagnostics).join('\n')).to.include(says);
    });

  it('names a profile that is not known', async () => {
    const issues = errorsOf(await check(weight, { profiles: ['http://example.org/none'] }));

    expect(issues[0]?.code).to.equal('not-found');
    expect(issues[0]?.diagnostics).to.include("'http://example.org/none' is not known");
  });

  it('refuses a profile for another type', async () => {
    const issues = errorsOf(await check({ resourceType: 'Patient' }, { profiles: [url] }));

    expect(issues[0]?.diagnostics).to.include('is for Observation');
  });

  it('checks the profiles a resource claims, only warning of one it does not know', async () => {
    const claimed = {
      ...weight,
      status: 'amended',
      meta: { profile: [url, 'http://example.org/none'] },
    };

    const issues = await check(claimed, { depth: 'full' });

    expect(errorsOf(issues).map(({ expression }) => expression?.[0])).to.deep.equal([
      'Observation.status',
    ]);
    expect(
      issues.some(({ severity, code }) => severity === 'warning' && code === 'not-found'),
    ).to.equal(true);
  });

  it("checks HL7's own profiles", async () => {
    const profiles = ['http://hl7.org/fhir/StructureDefinition/bodyweight'];

    const issues = errorsOf(
      await check({ ...weight, code: { text: 'x' }, category: undefined }, { profiles }),
    );

    expect(issues).to.not.deep.equal([]);
  });

  it('checks the profile of a resource in a bundle', async () => {
    const inner = { ...weight, status: 'amended', meta: { profile: [url] } };
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', resource: inner }],
    };

    const issues = errorsOf(await check(bundle, { depth: 'full' }));

    expect(issues.map(({ expression }) => expression?.[0])).to.deep.equal([
      'Bundle.entry[0].resource.status',
    ]);
  });

  it('computes warnings only for $validate', async () => {
    expect(await check(weight)).to.deep.equal([]);
    expect(
      (await check(weight, { depth: 'full' })).map(({ diagnostics }) => diagnostics).join(),
    ).to.include('dom-6');
  });

  it('lets an expression pass that would never end', async () => {
    const endless: CanonicalResource = {
      ...profile,
      url: `${url}-endless`,
      snapshot: {
        element: [
          {
            path: 'Observation',
            constraint: [
              {
                ...{ key: 'e-1', severity: 'error', human: 'Ends' },
                expression: "note.text.matches('^(a+)+$')",
              },
            ],
          },
        ],
      },
    };
    const note = [{ text: `${'a'.repeat(60)}!` }];
    const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' }, note };
    const check = validatorOf([endless]);
    const started = performance.now();

    expect(errorsOf(await check(observation, { profiles: [endless.url!] }))).to.deep.equal([]);
    expect(performance.now() - started).to.be.lessThan(5000);
  });
});
