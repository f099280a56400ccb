// Real resources are accepted: HL7's official examples, US Core and IPS under their profiles, Synthea's records.
// https://hl7.org/fhir/R4/validation.html

import { expect } from 'chai';
import { existsSync, readdirSync } from 'node:fs';
import type { CanonicalResource } from '../../src/fhir/definitions/types.ts';
import { describeShared, hasShared, readShared, shared } from '../support/shared.ts';
import { errorsOf, readCases, validatorOf, type Check } from './validator.ts';

const isLong = process.env['LONG'] !== undefined;

const filesOf = (...folder: readonly string[]): readonly string[] =>
  hasShared ? readdirSync(shared(...folder)).filter((name) => /\.json(\.gz)?$/.test(name)) : [];

const readJson = (...path: readonly string[]): unknown =>
  JSON.parse(readShared(...path).replace(/^\uFEFF/, ''));

const readLines = (...path: readonly string[]): readonly CanonicalResource[] =>
  readShared(...path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CanonicalResource);

const faultsOf = async (
  check: Check,
  resource: unknown,
  depth: 'write' | 'full',
): Promise<readonly string[]> =>
  errorsOf(await check(resource, { depth })).map(({ diagnostics }) => diagnostics);

describeShared('validation of the official examples', () => {
  const exceptions = readCases('exceptions.yaml') as Readonly<Record<string, string>>;
  const check = hasShared ? validatorOf() : undefined;

  it('accepts each of them, but for the exceptions, which break a rule', async () => {
    for (const file of filesOf('r4-examples', 'instances')) {
      const faults = await faultsOf(check!, readJson('r4-examples', 'instances', file), 'write');

      const rule = exceptions[file.replace(/\.json$/, '')];
      if (rule === undefined) expect(faults, file).to.deep.equal([]);
      else expect(faults.join(' '), file).to.include(rule);
    }
  });

  it('finds no error in them under the profiles they claim', async () => {
    for (const file of filesOf('r4-examples', 'instances').filter(
      (name) => isLong || /^[A-P]/.test(name),
    )) {
      const name = file.replace(/\.json$/, '');
      if (exceptions[name] !== undefined) continue;

      expect(
        await faultsOf(check!, readJson('r4-examples', 'instances', file), 'full'),
        file,
      ).to.deep.equal([]);
    }
  });
});

describeShared('validation of profiled examples', () => {
  for (const [guide, conformance, examples] of [
    ['US Core', 'us-core/us-core-6.1.0-conformance.ndjson.gz', 'us-core/examples-6.1.0'],
    ['IPS', 'ips/ips-2.0.0-conformance.ndjson.gz', 'ips/examples'],
  ] as const)
    it(`finds no error in those of ${guide}`, async () => {
      const check = validatorOf(readLines(conformance));
      for (const file of filesOf(examples))
        expect(await faultsOf(check, readJson(examples, file), 'full'), file).to.deep.equal([]);
    });
});

describeShared("validation of what HL7's validator accepts", () => {
  const folder = ['vectors', 'validator-positive'] as const;
  interface Case {
    readonly name: string;
    readonly file: string;
    readonly profile?: { readonly source: string; readonly java?: { readonly errors?: number } };
    readonly supporting?: readonly string[];
  }
  const cases = hasShared ? (readJson(...folder, 'cases.json') as readonly Case[]) : [];

  for (const { name, file, supporting = [], profile } of cases)
    it(`accepts ${name}`, async () => {
      const others = [...supporting, ...(profile ? [profile.source] : [])].filter((each) =>
        each.endsWith('.json'),
      );
      // A few cases name files of packages that the material does not hold.
      const here = others.filter((each) => existsSync(shared(...folder, 'files', each)));
      const stored = here.map((each) => readJson(...folder, 'files', each) as CanonicalResource);

      expect(
        await faultsOf(validatorOf(stored), readJson(...folder, 'files', file), 'full'),
      ).to.deep.equal([]);
    });
});

describeShared('validation of Synthea records', function () {
  const files = filesOf('synthea', 'bundles').slice(0, isLong ? undefined : 5);

  for (const file of files)
    it(`accepts ${file}`, async function () {
      this.timeout(60_000);
      expect(
        await faultsOf(validatorOf(), readJson('synthea', 'bundles', file), 'write'),
      ).to.deep.equal([]);
    });
});
