// Codes: what the seed and the apps state of a code is what others mean by it. Codes of which nobody else says anything here are
// listed in conformance/codes-without-evidence.tsv, so that somebody can look them up.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ucumLibrary } from '#src/fhir/ucum.ts';
import { describeShared } from '../support/shared.ts';
import { keyOf, terminologies } from './support/codes-in.ts';
import { officialEvidence, sharedEvidence, together, type Evidence } from './support/evidence.ts';
import { hasLoincDigit, hasSnomedDigit } from './support/check-digits.ts';
import { means } from './support/means.ts';
import { statedCodes, type Stated } from './support/stated.ts';

const table = join(import.meta.dirname, '../../conformance/codes-without-evidence.tsv');

describe('the codes of the seed and of the apps', function () {
  this.timeout(120_000);
  let stated: readonly Stated[];
  before(() => {
    stated = statedCodes();
  });

  it('are of every terminology and every place', () => {
    const places = new Set(stated.map(({ where }) => where.split('/')[0]));
    const systems = new Set(stated.map(({ system }) => system));

    expect([...places].sort()).to.deep.equal(['seed', 'smart-apps']);
    expect([...systems].sort()).to.deep.equal(Object.values(terminologies).sort());
  });

  it('have the check digit of LOINC', () => {
    const wrong = of(stated, terminologies.loinc).filter(({ code }) => !hasLoincDigit(code));

    expect(wrong).to.deep.equal([]);
  });

  it('have the check digit of SNOMED CT', () => {
    const wrong = of(stated, terminologies.snomed).filter(({ code }) => !hasSnomedDigit(code));

    expect(wrong).to.deep.equal([]);
  });

  it('are units of UCUM', () => {
    const wrong = of(stated, terminologies.ucum).filter(
      ({ code }) => ucumLibrary().validateUnitString(code).status !== 'valid',
    );

    expect(wrong).to.deep.equal([]);
  });

  it('mean what they mean in the official R4 resources', () => {
    expect(contradictions(stated, officialEvidence())).to.deep.equal([]);
  });

  describeShared('beside the shared data', () => {
    let evidence: Evidence;
    before(() => {
      evidence = together(officialEvidence(), sharedEvidence());
    });

    it('mean what they mean in the bundles of Synthea, in US Core and in the IPS', () => {
      expect(contradictions(stated, evidence)).to.deep.equal([]);
    });

    it('are listed where nothing says what they mean', () => {
      expect(readFileSync(table, 'utf8')).to.equal(tableOf(stated, evidence));
    });
  });
});

const of = (stated: readonly Stated[], system: string): readonly Stated[] =>
  stated.filter((each) => each.system === system);

/** Codes of which others say something, and nothing that means what is stated. */
const contradictions = (stated: readonly Stated[], evidence: Evidence): readonly string[] => {
  const wrong = stated.flatMap(({ display, where, ...coding }) => {
    const names = namesOf(evidence, coding);
    const isProven = names.length === 0 || names.some((name) => means(display, name));
    return isProven ? [] : [`${keyOf(coding)} "${display}" in ${where} is ${names.join(', ')}`];
  });
  return [...new Set(wrong)];
};

const namesOf = (evidence: Evidence, coding: Pick<Stated, 'system' | 'code'>): readonly string[] =>
  [...(evidence.get(keyOf(coding)) ?? [])].filter(Boolean);

/** But for units, whose grammar is proof. */
const tableOf = (stated: readonly Stated[], evidence: Evidence): string => {
  const without = stated.filter(
    (each) => each.system !== terminologies.ucum && namesOf(evidence, each).length === 0,
  );
  const keys = [...new Set(without.map(keyOf))].sort();
  const rows = keys.map((key) => {
    const [first, ...others] = without.filter((each) => keyOf(each) === key);
    const all = [first!, ...others];
    const display = all.find((each) => each.display !== '')?.display ?? '';
    const where = [...new Set(all.map((each) => each.where))].sort().join(', ');
    return [first!.system, first!.code, display, where].join('\t');
  });
  return `${['system', 'code', 'display', 'where used'].join('\t')}\n${rows.join('\n')}\n`;
};
