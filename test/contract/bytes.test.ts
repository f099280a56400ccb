// The byte port: staged, adopted by a version, read in part, swept.

import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { ByteStore, Store } from '#src/store/port.ts';
import { put } from './support/build.ts';
import { engines, type Opened } from './support/engines.ts';

const stream = async function* (...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Promise.resolve(Buffer.from(part));
};
const read = async (bytes: AsyncIterable<Uint8Array>): Promise<string> =>
  Buffer.concat(await Array.fromAsync(bytes)).toString();

for (const engine of engines) {
  describe(`bytes on ${engine.name}`, () => {
    let opened: Opened;
    let store: Store;
    let bytes: ByteStore;
    let now: number;
    beforeEach(async () => {
      now = Date.now();
      opened = await engine.open({ now: () => now });
      store = opened.store;
      bytes = store.bytes;
    });
    afterEach(() => opened.close());

    it('tells size and digests of what was staged', async () => {
      const staged = await bytes.stage(stream('hello ', 'world'));

      const digest = (name: string) => createHash(name).update('hello world').digest('hex');
      const { id } = staged;
      expect(staged).to.deep.equal({
        id,
        size: 11,
        sha1: digest('sha1'),
        sha256: digest('sha256'),
      });
      expect(await bytes.describe(id)).to.deep.equal(staged);
      expect(await bytes.describe('none')).to.equal(undefined);
    });

    it('opens all of it, or the range asked for', async () => {
      const { id } = await bytes.stage(stream('0123', '456789'));

      expect(await read(bytes.open(id))).to.equal('0123456789');
      expect(await read(bytes.open(id, { first: 3, last: 5 }))).to.equal('345');
      expect(await read(bytes.open(id, { first: 9, last: 9 }))).to.equal('9');
    });

    it('keeps an empty file', async () => {
      const { id, size } = await bytes.stage(stream());

      expect(size).to.equal(0);
      expect(await read(bytes.open(id))).to.equal('');
    });

    it('sweeps what was never adopted, and only what is old', async () => {
      const adopted = await bytes.stage(stream('adopted'));
      const forgotten = await bytes.stage(stream('forgotten'));
      await store.resources.commit([{ ...put('Binary/1'), adopts: [adopted.id] }]);
      now += 10_000;
      const recent = await bytes.stage(stream('recent'));

      expect(await bytes.sweep(new Date(now - 5000))).to.equal(1);

      expect(await bytes.describe(forgotten.id)).to.equal(undefined);
      expect(await read(bytes.open(adopted.id))).to.equal('adopted');
      expect(await read(bytes.open(recent.id))).to.equal('recent');
    });

    it('discards what is named and was never adopted', async () => {
      const adopted = await bytes.stage(stream('adopted'));
      const named = await bytes.stage(stream('named'));
      const other = await bytes.stage(stream('other'));
      await store.resources.commit([{ ...put('Binary/1'), adopts: [adopted.id] }]);

      await bytes.discard([named.id, adopted.id, 'f'.repeat(32)]);

      expect(await bytes.describe(named.id)).to.equal(undefined);
      expect(await read(bytes.open(adopted.id))).to.equal('adopted');
      expect(await read(bytes.open(other.id))).to.equal('other');
    });

    it('refuses a commit that adopts what is not there', async () => {
      const commit = store.resources.commit([{ ...put('Binary/1'), adopts: ['none'] }]);

      expect(
        await commit.then(
          () => 'committed',
          () => 'refused',
        ),
      ).to.equal('refused');
      expect(await store.resources.read([{ type: 'Binary', id: '1' }])).to.deep.equal([undefined]);
    });

    it('does not keep what broke off', async () => {
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield Buffer.from('half');
        await Promise.resolve();
        throw new Error('The client went away.');
      };

      const result = await bytes.stage(broken()).then(
        () => 'staged',
        () => 'refused',
      );

      expect(result).to.equal('refused');
    });
  });
}
