// Results of the same test, their pages and their plain words.

import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Coding, Observation } from 'fhir/r4.js';
import { latestOfEach } from '../../../../smart-apps/portal/src/results/latest.ts';
import { plainWord, plainWords } from '../../../../smart-apps/portal/src/results/plain-words.ts';
import { resultHref } from '../../../../smart-apps/portal/src/results/href.ts';

const result = (id: string, ...coding: Coding[]): Observation => ({
  ...{ resourceType: 'Observation', id, status: 'final', code: { coding, text: 'A test' } },
});
const loinc = (code: string): Coding => ({ system: 'http://loinc.org', code });

describe('results of a test', () => {
  it('are told by the latest, with how many there are', () => {
    const found = latestOfEach([
      result('new', loinc('718-7')),
      result('other', loinc('777-3')),
      result('old', loinc('718-7')),
    ]);

    expect(found.map(({ latest, count }) => [latest.id, count])).to.deep.equal([
      ...[
        ['new', 2],
        ['other', 1],
      ],
    ]);
  });

  it('belong together by LOINC, whatever other codes they carry', () => {
    const local = { system: 'urn:lab', code: 'HB' };

    const found = latestOfEach([result('a', local, loinc('718-7')), result('b', loinc('718-7'))]);

    expect(found).to.have.length(1);
  });

  it('have a page by their code, and where it is not LOINC by its system too', () => {
    expect(resultHref(result('a', loinc('718-7')))).to.equal('/results/718-7');
    expect(resultHref(result('a', { system: 'urn:lab', code: 'H/B' }))).to.equal(
      '/results/H%2FB?system=urn%3Alab',
    );
    expect(resultHref(result('a', { code: 'HB' }))).to.equal('/results/HB?system=');
  });

  it('have only their own page without a code', () => {
    expect(resultHref(result('a'))).to.equal('/record/Observation/a');
  });

  it('have no plain words by a code of another system', () => {
    expect(plainWord({ system: 'urn:lab', code: '718-7' })).to.equal(undefined);
  });

  for (const language of ['en', 'hi'])
    it(`have a name and an explanation for each plain word (${language})`, () => {
      const path = `../../../../smart-apps/portal/src/locales/${language}/results.json`;
      const { plain } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

      const lacking = plainWords.filter((word) => !plain[word]?.name || !plain[word].about);

      expect(lacking).to.deep.equal([]);
    });
});
