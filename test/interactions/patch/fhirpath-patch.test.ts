// The FHIRPath Patch cases of HL7's own test suite, and what the specification says besides.
// https://hl7.org/fhir/R4/fhirpatch.html

import { expect } from 'chai';
import { loadDefinitions } from '../../../src/fhir/definitions/load.ts';
import { parseDocument, stringify } from '../../../src/fhir/json.ts';
import { Problem } from '../../../src/fhir/problem.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import { applyFhirpathPatch } from '../../../src/interactions/patch/fhirpath-patch.ts';
import { describeShared, hasShared, readShared } from '../../support/shared.ts';

interface Case {
  readonly name: string;
  readonly input: Resource;
  readonly patch: Resource;
  readonly expect: { readonly status: number; readonly resource?: Resource };
}

const cases = hasShared
  ? (JSON.parse(readShared('vectors', 'fhirpath-patch', 'cases.json')) as readonly Case[])
  : [];

const limits = { bodyBytes: 1_000_000, depth: 64 };

const apply = async (resource: string | object, ...operations: object[]): Promise<string> => {
  const text = typeof resource === 'string' ? resource : JSON.stringify(resource);
  const patch = { resourceType: 'Parameters', parameter: operations };
  const document = parseDocument(text, 64);
  const exact = parseDocument(JSON.stringify(patch), 64).exact;
  const patched = await applyFhirpathPatch(document, exact, loadDefinitions(), limits);
  return stringify(patched.exact);
};

/** One operation: its parts by name, `value` as the member it is given by. */
const operation = (parts: Readonly<Record<string, string | number>>, ...values: object[]) => ({
  name: 'operation',
  part: [
    ...Object.entries(parts).map(([name, value]) => ({
      name,
      [typeof value === 'number' ? 'valueInteger' : name === 'type' ? 'valueCode' : 'valueString']:
        value,
    })),
    ...values.map((value) => ({ name: 'value', ...value })),
  ],
});

const refusal = async (patched: Promise<unknown>): Promise<Problem> => {
  const fault: unknown = await patched.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(fault).to.be.instanceOf(Problem);
  return fault as Problem;
};

describe('FHIRPath Patch', () => {
  describeShared("passes HL7's case", () => {
    for (const test of cases)
      it(test.name, async () => {
        const document = parseDocument(JSON.stringify(test.input), 64);
        const patched = await applyFhirpathPatch(document, test.patch, loadDefinitions(), limits);
        // The narrative's blanks differ between the operation's value and the expected resource.
        const squeeze = (resource: unknown) => JSON.stringify(resource).replace(/\\n|\s/g, '');
        if (test.name === 'Full Resource')
          expect(squeeze(sorted(patched.plain))).to.equal(squeeze(sorted(test.expect.resource)));
        else expect(patched.plain).to.deep.equal(test.expect.resource);
      });
  });

  it('keeps the digits of decimals it does not touch and of those it brings', async () => {
    const observation =
      '{"resourceType":"Observation","valueQuantity":{"value":1.10},"component":[{"valueQuantity":{"value":2.00}}]}';
    const document = parseDocument(observation, 64);
    const patch = parseDocument(
      '{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"replace"},' +
        '{"name":"path","valueString":"Observation.component[0].value"},{"name":"value","valueQuantity":{"value":3.50}}]}]}',
      64,
    );

    const patched = await applyFhirpathPatch(document, patch.exact, loadDefinitions(), limits);

    expect(stringify(patched.exact)).to.equal(observation.replace('2.00', '3.50'));
  });

  it('changes the type of a choice in its place', async () => {
    const patched = await apply(
      { resourceType: 'Observation', status: 'final', valueString: 'x', code: { text: 'c' } },
      operation({ type: 'replace', path: 'Observation.value' }, { valueInteger: 3 }),
    );

    expect(patched).to.equal(
      '{"resourceType":"Observation","status":"final","valueInteger":3,"code":{"text":"c"}}',
    );
  });

  it('adds a choice by its name with or without the type', async () => {
    for (const name of ['deceased', 'deceased[x]', 'deceasedBoolean']) {
      const patched = await apply(
        { resourceType: 'Patient' },
        operation({ type: 'add', path: 'Patient', name }, { valueBoolean: true }),
      );
      expect(patched).to.equal('{"resourceType":"Patient","deceasedBoolean":true}');
    }
  });

  it('keeps the extensions of primitives beside their values in a list', async () => {
    const patched = await apply(
      {
        resourceType: 'Patient',
        name: [{ given: ['a', 'b'], _given: [null, { id: 'of-b' }] }],
      },
      operation({ type: 'insert', path: 'Patient.name[0].given', index: 0 }, { valueString: 'z' }),
      operation({ type: 'move', path: 'Patient.name.given', source: 2, destination: 0 }),
    );

    expect(JSON.parse(patched)).to.deep.equal({
      resourceType: 'Patient',
      name: [{ given: ['b', 'z', 'a'], _given: [{ id: 'of-b' }, null, null] }],
    });
  });

  it('reaches the extension of a primitive', async () => {
    const patched = await apply(
      {
        resourceType: 'Patient',
        birthDate: '1970-01-01',
        _birthDate: { extension: [{ url: 'http://example.org/t', valueString: 'old' }] },
      },
      operation(
        { type: 'replace', path: "Patient.birthDate.extension('http://example.org/t').value" },
        { valueString: 'new' },
      ),
    );

    expect(patched).to.include('"valueString":"new"').and.to.include('"birthDate":"1970-01-01"');
  });

  it('deletes nothing when the path of a delete selects nothing', async () => {
    const patched = await apply(
      { resourceType: 'Patient', active: true },
      operation({ type: 'delete', path: 'Patient.birthDate' }),
    );

    expect(patched).to.equal('{"resourceType":"Patient","active":true}');
  });

  it('leaves no empty parent behind', async () => {
    const patched = await apply(
      { resourceType: 'Patient', contact: [{ gender: 'male' }] },
      operation({ type: 'delete', path: 'Patient.contact[0].gender' }),
    );

    expect(patched).to.equal('{"resourceType":"Patient"}');
  });

  const patient = { resourceType: 'Patient', active: true, name: [{ text: 'a' }, { text: 'b' }] };
  const refused: readonly (readonly [string, object, RegExp])[] = [
    [
      'a path that selects nothing',
      operation({ type: 'replace', path: 'Patient.birthDate' }, { valueDate: '2000' }),
      /selects nothing/,
    ],
    [
      'a path that selects several',
      operation({ type: 'delete', path: 'Patient.name' }),
      /selects 2 elements/,
    ],
    [
      'a path that computes',
      operation({ type: 'delete', path: 'Patient.name.count() + 1' }),
      /computes a value/,
    ],
    [
      'a path that cannot be read',
      operation({ type: 'delete', path: 'Patient..name' }),
      /cannot be used/,
    ],
    [
      'a path that resolves',
      operation({ type: 'delete', path: 'Patient.managingOrganization.resolve().name' }),
      /'resolve\(\)'/,
    ],
    [
      'a path with a regular expression',
      operation({ type: 'delete', path: "Patient.name.where(text.matches('(a+)+$'))" }),
      /'matches\(\)'/,
    ],
    ['the resource itself', operation({ type: 'delete', path: 'Patient' }), /the resource itself/],
    [
      'an element that is there already',
      operation({ type: 'add', path: 'Patient', name: 'active' }, { valueBoolean: false }),
      /use 'replace'/,
    ],
    [
      'an element that does not exist',
      operation({ type: 'add', path: 'Patient', name: 'birthdate' }, { valueDate: '2000' }),
      /did you mean 'birthDate'/,
    ],
    [
      'a value of another type',
      operation({ type: 'add', path: 'Patient', name: 'birthDate' }, { valueBoolean: true }),
      /takes date, not a valueBoolean/,
    ],
    [
      'an index beyond the end',
      operation(
        { type: 'insert', path: 'Patient.name', index: 3 },
        { valueHumanName: { text: 'c' } },
      ),
      /beyond the end/,
    ],
    [
      'a move beyond the end',
      operation({ type: 'move', path: 'Patient.name', source: 0, destination: 2 }),
      /beyond the end/,
    ],
    [
      'a part of a list as the list',
      operation({ type: 'move', path: 'Patient.name[0]', source: 0, destination: 0 }),
      /the whole list/,
    ],
  ];
  for (const [title, fault, message] of refused)
    it(`refuses ${title} with 422`, async () => {
      const problem = await refusal(apply(patient, fault));

      expect(problem.status).to.equal(422);
      expect(problem.message)
        .to.match(message)
        .and.match(/Operation 0|takes|has no element/);
    });

  it('finds what a comment would hide', async () => {
    const path = "Patient/*'*/.repeat(contact)/*'*/.name";
    const problem = await refusal(apply(patient, operation({ type: 'delete', path })));

    expect(problem.status).to.equal(422);
    expect(problem.message).to.contain('comments');
  });

  const malformed: readonly (readonly [string, object])[] = [
    ['an unknown operation', operation({ type: 'upsert', path: 'Patient' })],
    ['a missing path', operation({ type: 'delete' })],
    ['a missing value', operation({ type: 'replace', path: 'Patient.active' })],
    ['an unknown part', operation({ type: 'delete', path: 'Patient.active', paths: 'x' })],
    ['another parameter', { name: 'patch' }],
    [
      'a negative index',
      operation({ type: 'move', path: 'Patient.name', source: -1, destination: 0 }),
    ],
  ];
  for (const [title, fault] of malformed)
    it(`refuses ${title} with 400`, async () => {
      expect((await refusal(apply(patient, fault))).status).to.equal(400);
    });
});

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
};
