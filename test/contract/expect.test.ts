// What a commit may expect, one thing after another and at the same time.

import { expect } from 'chai';
import { everything, type Plan } from '#src/search/plan.ts';
import { Conflict, type Change, type Expect, type Store } from '#src/store/port.ts';
import { put, search, token, tokenIs } from './support/build.ts';
import { engines, type Opened } from './support/engines.ts';

const mrn = (code: string): Plan => tokenIs('Patient.identifier', code, 'http://hospital');
const withMrn = (code: string) => [token('Patient.identifier', code, 'http://hospital')];
const check = (...expectations: readonly Expect[]): Change => ({
  kind: 'check',
  expect: expectations,
});
const keyOf = (id: string) => ({ type: 'Patient', id });
const outcome = async (commit: Promise<void>): Promise<unknown> =>
  commit.then(
    () => 'committed',
    (error: unknown) => (error instanceof Conflict ? [error.change, error.expect.op] : error),
  );

for (const engine of engines) {
  describe(`expectations on ${engine.name}`, () => {
    let opened: Opened;
    let store: Store;
    beforeEach(async () => {
      opened = await engine.open();
      store = opened.store;
      await store.resources.commit([
        put('Patient/1', withMrn('one')),
        put('Patient/2', withMrn('twin')),
        put('Patient/3', withMrn('twin')),
      ]);
    });
    afterEach(() => opened.close());

    const commit = (...changes: readonly Change[]) => outcome(store.resources.commit(changes));

    const cases: readonly (readonly [string, Expect, 'holds' | 'fails'])[] = [
      ['the current version', { op: 'version', key: keyOf('1'), version: '1' }, 'holds'],
      ['another version', { op: 'version', key: keyOf('1'), version: '2' }, 'fails'],
      ['an id in use to be free', { op: 'version', key: keyOf('1'), version: undefined }, 'fails'],
      ['a free id', { op: 'version', key: keyOf('9'), version: undefined }, 'holds'],
      ['a version of a free id', { op: 'version', key: keyOf('9'), version: '1' }, 'fails'],
      ['no match where there is none', { op: 'none', plan: mrn('zero') }, 'holds'],
      ['no match where there is one', { op: 'none', plan: mrn('one') }, 'fails'],
      ['no match of params nobody has', { op: 'none', plan: tokenIs('Patient.x', '1') }, 'holds'],
      ['only the one', { op: 'only', plan: mrn('one'), key: keyOf('1') }, 'holds'],
      ['only another', { op: 'only', plan: mrn('one'), key: keyOf('2') }, 'fails'],
      ['only one of two', { op: 'only', plan: mrn('twin'), key: keyOf('2') }, 'fails'],
      ['only one of none', { op: 'only', plan: mrn('zero'), key: keyOf('1') }, 'fails'],
    ];
    for (const [name, expectation, result] of cases)
      it(`${result === 'holds' ? 'commits when it expects' : 'conflicts when it expects'} ${name}`, async () => {
        const answer = await commit(check(), check(expectation), put('Patient/new'));

        expect(answer).to.deep.equal(result === 'holds' ? 'committed' : [1, expectation.op]);
        const names = await search(store, everything);
        expect(names.includes('Patient/new')).to.equal(result === 'holds');
      });

    it('sees the earlier changes of the same commit, not the later', async () => {
      const none: Expect = { op: 'none', plan: mrn('new') };
      const create = put('Patient/new', withMrn('new'));

      expect(await commit(check(none), create)).to.equal('committed');
      expect(await commit(put('Patient/new/2', []), check(none))).to.equal('committed');
      expect(await commit(put('Patient/other', withMrn('new')), check(none))).to.deep.equal([
        1,
        'none',
      ]);
    });

    it('takes two versions of one resource in one commit', async () => {
      expect(await commit(put('Patient/4'), put('Patient/4/2', withMrn('four')))).to.equal(
        'committed',
      );

      expect(await search(store, mrn('four'))).to.deep.equal(['Patient/4']);
    });

    it('counts a deletion as the current version', async () => {
      await commit(put('Patient/1/2', [], { deleted: true }));

      expect(await commit(put('Patient/1/3', []))).to.equal('committed');
      expect(
        await commit(check({ op: 'version', key: keyOf('1'), version: undefined })),
      ).to.deep.equal([0, 'version']);
    });

    it('does not find a deleted resource by a plan', async () => {
      await commit(put('Patient/1/2', [], { deleted: true }));

      expect(await commit(check({ op: 'none', plan: mrn('one') }))).to.equal('committed');
    });

    it('lets one of 16 parallel conditional creates make the resource', async () => {
      const results = await Promise.all(
        Array.from({ length: 16 }, (_, place) =>
          commit(
            put(`Patient/race-${String(place)}`, withMrn('race'), {
              expect: [{ op: 'none', plan: mrn('race') }],
            }),
          ),
        ),
      );

      expect(results.filter((result) => result === 'committed')).to.have.length(1);
      expect(await store.resources.count(mrn('race'))).to.equal(1);
    });

    it('lets one of 16 parallel updates of the same version win', async () => {
      const results = await Promise.all(
        Array.from({ length: 16 }, (_, place) =>
          commit(put('Patient/1/2', withMrn(`winner-${String(place)}`))),
        ),
      );

      expect(results.filter((result) => result === 'committed')).to.have.length(1);
      expect(await store.resources.count({ op: 'type', types: ['Patient'] })).to.equal(3);
      expect(await store.resources.countVersions(keyOf('1'), everything, {})).to.equal(2);
    });
  });
}
