// What a start says of the MongoDB it finds, and what it refuses.

import { Readable } from 'node:stream';
import { expect } from 'chai';
import { openMongo, type MongoOptions } from '#src/store/mongo/open.ts';
import type { Store } from '#src/store/port.ts';
import { put } from '#test/contract/support/build.ts';
import { startMongoServer, type Pretence } from '#test/support/mongo-server/start.ts';

const options = { searchSeconds: 5, fingerprint: 'test', waitSeconds: 1 };
const reason = (opening: Promise<Store>): Promise<string> =>
  opening.then(
    async (store) => {
      await store.close();
      return 'it started';
    },
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

/** Starts over a server that pretends to be what the test wants. */
const startOn = async (pretence: Pretence, more: Partial<MongoOptions> = {}): Promise<string> => {
  const server = await startMongoServer(pretence);
  try {
    return await reason(openMongo({ ...options, url: server.url, ...more }));
  } finally {
    await server.close();
  }
};

describe('store/mongo: the start', () => {
  const informed = async (pretence: Pretence): Promise<readonly string[]> => {
    const words: string[] = [];
    const inform = (message: string): void => void words.push(message);
    expect(await startOn(pretence, { inform })).to.equal('it started');
    return words;
  };

  it('says version, replica set and members', async () => {
    const [words] = await informed({ version: '8.0.4' });

    expect(words).to.match(/^MongoDB 8\.0\.4, replica set 'rs0' of 1 member: 127\.0\.0\.1:\d+\.$/);
  });

  it('says the shards of a cluster', async () => {
    expect(await informed({ isRouter: true })).to.deep.equal([
      'MongoDB 8.0.0, sharded cluster of 2 shards: shard-a, shard-b.',
    ]);
  });

  it('refuses a standalone server, which has no transactions', async () => {
    expect(await startOn({ setName: undefined })).to.contain(
      'standalone MongoDB server, which has no transactions',
    );
  });

  it('refuses a server that is too old', async () => {
    expect(await startOn({ version: '6.0.19' })).to.contain('MongoDB 6.0.19; Meridian needs 7.0');
  });

  it('refuses a url that is none', async () => {
    expect(await reason(openMongo({ ...options, url: 'mongodb://' }))).to.contain('MONGODB_URL');
  });

  it('gives up on a server that does not answer, and shows no password', async () => {
    const url = 'mongodb://meridian:secret@127.0.0.1:9/test';

    const words = await reason(openMongo({ ...options, url }));

    expect(words).to.match(/^No MongoDB primary answered at .* within 1 s/);
    expect(words).not.to.contain('secret');
  }).timeout(60_000);

  it('waits for a server that comes later', async () => {
    const first = await startMongoServer();
    const { port, url } = first;
    await first.close();
    const opening = reason(openMongo({ ...options, waitSeconds: 20, url }));
    await new Promise((resolve) => setTimeout(resolve, 700));
    const later = await startMongoServer({ port });

    expect(await opening).to.equal('it started');
    await later.close();
  }).timeout(60_000);

  it('writes to the disks of a majority whatever the url says', async () => {
    const server = await startMongoServer();
    const url = `${server.url}&w=1&journal=false&readPreference=secondary&readConcernLevel=local`;
    const store = await openMongo({ ...options, url });
    await store.records.put('kind', '1', {});
    await store.records.get('kind', '1');
    const read = server.last('find');
    await store.resources.commit([put('Patient/1'), put('Patient/2')]);
    await store.bytes.stage(Readable.from([Buffer.from('a')]));
    await store.close();
    await server.close();

    const majority = { writeConcern: { w: 'majority', j: true } };
    for (const command of ['update', 'insert'])
      expect(server.last(command), command).to.deep.include(majority);
    expect(server.last('commitTransaction')?.['writeConcern']).to.include({
      w: 'majority',
      j: true,
    });
    expect(read).to.deep.include({ readConcern: { level: 'majority' } });
  });

  it('asks for a reindex when the definitions have changed', async () => {
    const server = await startMongoServer();
    const words: string[] = [];
    const log = (message: string): void => void words.push(message);
    for (const fingerprint of ['old', 'new']) {
      const store = await openMongo({ ...options, url: server.url, fingerprint, log });
      await store.close();
    }
    await server.close();

    expect(words).to.deep.equal([
      'What is indexed has changed since resources were stored: run `npm run reindex`.',
    ]);
  });
});
