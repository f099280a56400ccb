// A resource that MongoDB could not keep is refused before it is sent.

import { expect } from 'chai';
import { openMongo } from '#src/store/mongo/open.ts';
import { everything } from '#src/search/plan.ts';
import { TooLarge } from '#src/store/port.ts';
import { put, search } from '#test/contract/support/build.ts';
import { startMongoServer } from '#test/support/mongo-server/start.ts';

const megabyte = 1024 * 1024;

describe('store/mongo: size', function () {
  this.timeout(60_000);

  it('keeps what is just under 16 MB, its history too, and refuses what is over', async () => {
    const server = await startMongoServer();
    const store = await openMongo({ url: server.url, searchSeconds: 5, fingerprint: 'test' });
    const text = 'x'.repeat(15.9 * megabyte);
    await store.resources.commit([put('Patient/1', [], { text })]);
    await store.resources.commit([put('Patient/1/2', [], { text })]);
    await store.resources.commit([put('Patient/1/3', [], { deleted: true })]);
    const inserts = server.count('insert');

    const over = 'é'.repeat(8.1 * megabyte);
    for (const changes of [
      [put('Patient/2', [], { text: over })],
      [put('Patient/3'), put('Patient/2', [], { text: over })],
    ]) {
      const error: unknown = await store.resources
        .commit(changes)
        .catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(TooLarge);
      expect(String(error)).to.match(/Patient\/2 is 16\.\d MB large .* 16 MB at most: .*Binary/);
    }

    expect(server.count('insert')).to.equal(inserts);
    expect(await search(store, everything)).to.deep.equal([]);
    expect(await store.resources.countVersions({}, everything, {})).to.equal(3);
    await store.close();
    await server.close();
  });
});
