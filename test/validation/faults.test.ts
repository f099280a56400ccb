// Every fault is found where it is: one fault at a time put into resources that have none.
// https://hl7.org/fhir/R4/validation.html

import { expect } from 'chai';
import { parseDocument } from '../../src/fhir/json.ts';
import { errorsOf, readCases, validatorOf, withValue } from './validator.ts';

interface Fault {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly drop?: string;
  readonly at: string;
  readonly code: string;
  readonly says?: string;
}

const bases = readCases('bases.yaml') as Readonly<Record<string, object>>;
const groups = readCases('faults.yaml') as readonly { of: string; faults: readonly Fault[] }[];
const check = validatorOf();

describe('validation of resources without a fault', () => {
  for (const [name, base] of Object.entries(bases))
    it(`accepts the ${name}`, async () => {
      expect(await check(base)).to.deep.equal([]);
    });
});

for (const { of, faults } of groups)
  describe(`validation of a spoilt ${of}`, () => {
    for (const { set = {}, drop, at, code, says = '' } of faults)
      it(`reports ${drop === undefined ? JSON.stringify(set) : `no ${drop}`} at ${at}`, async () => {
        let spoilt: unknown = bases[of];
        for (const [path, value] of Object.entries(set)) spoilt = withValue(spoilt, path, value);
        if (drop !== undefined) spoilt = withValue(spoilt, drop, undefined);

        const issues = errorsOf(await check(spoilt));

        const found = issues.find(
          (issue) =>
            issue.expression?.[0] === at && issue.code === code && issue.diagnostics.includes(says),
        );
        expect(found, JSON.stringify(issues, null, 1)).to.not.equal(undefined);
      });
  });

describe('validation of several faults', () => {
  it('reports each of them', async () => {
    const patient = {
      resourceType: 'Patient',
      nmae: 1,
      gender: 'x',
      birthDate: '2024-02-30',
      active: 'yes',
    };

    const issues = errorsOf(await check(patient));

    expect(issues.map(({ expression }) => expression?.[0])).to.have.members([
      'Patient.nmae',
      'Patient.gender',
      'Patient.birthDate',
      'Patient.active',
    ]);
  });

  it('refuses the key __proto__ that JSON can carry', async () => {
    const patient: unknown = JSON.parse('{"resourceType":"Patient","__proto__":{"active":true}}');

    const issues = errorsOf(await check(patient));

    expect(issues[0]?.diagnostics).to.include("Unknown property '__proto__'");
  });

  it('reports the broken reference inside a contained resource', async () => {
    const patient = {
      resourceType: 'Patient',
      contained: [
        { resourceType: 'Organization', id: 'o', name: 'x', partOf: { reference: 'Patient/1' } },
      ],
      managingOrganization: { reference: '#o' },
    };

    const issues = errorsOf(await check(patient));

    expect(issues.map(({ expression }) => expression?.[0])).to.deep.equal([
      'Patient.contained[0].partOf',
    ]);
  });

  it('reports the same fault at every place', async () => {
    const issues = await check({ resourceType: 'Patient', name: [{ x: 1 }, { x: 1 }] });

    expect(issues.map(({ expression }) => expression?.[0])).to.deep.equal([
      'Patient.name[0].x',
      'Patient.name[1].x',
    ]);
  });

  it('lists the first hundred faults of a resource that has a million, and soon', async () => {
    const given = Array.from({ length: 1_000_000 }, () => null);

    const start = performance.now();
    const issues = await check({
      resourceType: 'Patient',
      name: [{ given }],
      contact: given.map(() => ({ x: 1 })),
    });

    expect(issues.length).to.be.within(100, 101);
    expect(issues.at(-1)?.diagnostics).to.include('Only the first 100 issues');
    expect(performance.now() - start).to.be.lessThan(5_000);
  });

  it('does not take a decimal for a whole number', async () => {
    const { plain, exact } = parseDocument(
      '{"resourceType":"Patient","telecom":[{"system":"phone","rank":1.0}],"multipleBirthInteger":1e0}',
      64,
    );
    const issues = await validatorOf()(plain, {}, exact);

    expect(issues.map(({ expression }) => expression?.[0])).to.deep.equal([
      'Patient.telecom[0].rank',
      'Patient.multipleBirth',
    ]);
  });
});
