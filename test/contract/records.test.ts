// The record port: small JSON by kind and id, with expiry and one-time use.

import { expect } from 'chai';
import type { RecordStore } from '#src/store/port.ts';
import { engines, type Opened } from './support/engines.ts';

for (const engine of engines) {
  describe(`records on ${engine.name}`, () => {
    let opened: Opened;
    let records: RecordStore;
    let now: number;
    beforeEach(async () => {
      now = 1_000_000;
      opened = await engine.open({ now: () => now });
      records = opened.store.records;
    });
    afterEach(() => opened.close());

    it('gets what was put, and undefined what was not', async () => {
      await records.put('user', '1', { name: 'Ada', roles: ['a'], 'odd key."x': null });

      expect(await records.get('user', '1')).to.deep.equal({
        name: 'Ada',
        roles: ['a'],
        'odd key."x': null,
      });
      expect(await records.get('user', '2')).to.equal(undefined);
      expect(await records.get('other', '1')).to.equal(undefined);
    });

    it('replaces what was put before', async () => {
      await records.put('user', '1', { name: 'Ada' });
      await records.put('user', '1', { name: 'Eve' });

      expect(await records.get('user', '1')).to.deep.equal({ name: 'Eve' });
      expect(await records.find('user', { name: 'Ada' })).to.deep.equal([]);
    });

    it('finds by top-level text fields, short and long', async () => {
      const long = 'x'.repeat(1000);
      await records.put('user', '1', { name: 'Ada', mail: long });
      await records.put('user', '2', { name: 'Ada', mail: `${long}y` });
      await records.put('other', '3', { name: 'Ada' });

      expect(await records.find('user', { name: 'Ada' })).to.have.length(2);
      expect(await records.find('user', { name: 'Ada', mail: long })).to.deep.equal([
        { name: 'Ada', mail: long },
      ]);
      expect(await records.find('user', {})).to.have.length(2);
      expect(await records.find('user', { "name' OR '1'='1": 'Ada' })).to.deep.equal([]);
    });

    it('adds only where there is none', async () => {
      expect(await records.add('code', '1', { a: 1 })).to.equal(true);
      expect(await records.add('code', '1', { a: 2 })).to.equal(false);
      expect(await records.get('code', '1')).to.deep.equal({ a: 1 });
    });

    it('lets one of many parallel adds win', async () => {
      const results = await Promise.all(
        Array.from({ length: 16 }, () => records.add('claim', '1', {})),
      );

      expect(results.filter(Boolean)).to.have.length(1);
    });

    it('gives what is taken to one only', async () => {
      await records.put('code', '1', { grant: 'g' });

      const taken = await Promise.all(Array.from({ length: 16 }, () => records.take('code', '1')));

      expect(taken.filter((value) => value !== undefined)).to.deep.equal([{ grant: 'g' }]);
      expect(await records.get('code', '1')).to.equal(undefined);
      expect(await records.find('code', { grant: 'g' })).to.deep.equal([]);
    });

    it('replaces only what is as expected, whatever the order of its fields', async () => {
      await records.put('job', '1', { state: 'new', tries: 0 });

      expect(await records.replace('job', '1', { state: 'run' }, { state: 'old' })).to.equal(false);
      expect(
        await records.replace('job', '1', { state: 'run' }, { tries: 0, state: 'new' }),
      ).to.equal(true);
      expect(await records.replace('job', '2', { state: 'run' }, {})).to.equal(false);
      expect(await records.get('job', '1')).to.deep.equal({ state: 'run' });
    });

    it('drops what has the fields and says how many', async () => {
      await records.put('token', '1', { grant: 'a' });
      await records.put('token', '2', { grant: 'a' });
      await records.put('token', '3', { grant: 'b' });

      expect(await records.drop('token', { grant: 'a' })).to.equal(2);
      expect(await records.find('token', {})).to.deep.equal([{ grant: 'b' }]);
    });

    it('holds what has expired for absent', async () => {
      const expires = new Date(now + 1000);
      for (const id of ['1', '2', '3', '4']) await records.put('code', id, { x: 'y' }, expires);
      now += 1000;

      expect(await records.get('code', '1')).to.equal(undefined);
      expect(await records.find('code', { x: 'y' })).to.deep.equal([]);
      expect(await records.take('code', '1')).to.equal(undefined);
      expect(await records.replace('code', '2', {}, { x: 'y' })).to.equal(false);
      expect(await records.drop('code', {})).to.equal(0);
      expect(await records.add('code', '3', { x: 'z' })).to.equal(true);
      expect(await records.find('code', { x: 'z' })).to.deep.equal([{ x: 'z' }]);
    });

    it('keeps the expiry of what it replaces', async () => {
      const hour = 3_600_000;
      await records.put('job', '1', { state: 'new' }, new Date(now + hour));
      now += 120_000;
      await records.put('job', '2', { state: 'new' });
      await records.replace('job', '1', { state: 'run' }, { state: 'new' });

      expect(await records.get('job', '1')).to.deep.equal({ state: 'run' });
      now += hour;
      expect(await records.get('job', '1')).to.equal(undefined);
    });
  });
}
