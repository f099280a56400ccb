// The primary steps down again and again while clients write: on a real server by its own command, and so on the stand-in.
// https://www.mongodb.com/docs/manual/reference/command/replSetStepDown/

import mongoose from 'mongoose';
import { expect } from 'chai';
import { openMongo } from '#src/store/mongo/open.ts';
import { everything } from '#src/search/plan.ts';
import { Unavailable, type Store } from '#src/store/port.ts';
import { put, token } from '#test/contract/support/build.ts';
import { useMongo } from '#test/support/mongo.ts';

const stepDown = async (url: string): Promise<void> => {
  const connection = await mongoose.createConnection(url).asPromise();
  const command = { replSetStepDown: 1, secondaryCatchUpPeriodSecs: 0, force: true };
  // A primary that steps down breaks the connection it is told so by.
  await connection
    .db!.admin()
    .command(command)
    .catch(() => undefined);
  await connection.close();
};
const milliseconds = (time: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, time));

describe('store/mongo: elections', function () {
  this.timeout(180_000);

  it('loses no acknowledged write and doubles none when the primary steps down again and again', async () => {
    const server = await useMongo();
    const url = server.freshUrl();
    const store: Store = await openMongo({ url, searchSeconds: 5, fingerprint: 'test' });
    const acknowledged: string[] = [];
    const unknown: string[] = [];
    let isOver = false;
    /** Creates, which are one document, and updates, which are a transaction. */
    const write = async (writer: number): Promise<void> => {
      for (let count = 0; !isOver; count += 1) {
        const id = `${String(writer)}-${String(count >> 1)}`;
        const name = `Patient/${id}/${String((count & 1) + 1)}`;
        const known = await store.resources.commit([put(name, [token('Patient.id', id)])]).then(
          () => acknowledged,
          (error: unknown) => {
            expect(error).to.be.instanceOf(Unavailable);
            return unknown;
          },
        );
        known.push(name);
        if (known === unknown) return;
      }
    };

    const writers = Promise.all([0, 1, 2, 3].map(write));
    for (let times = 0; times < 3; times += 1) {
      await milliseconds(500);
      await stepDown(url);
    }
    await milliseconds(2000);
    isOver = true;
    await writers;

    const { items } = await store.resources.versions({}, everything, { size: 100_000 });
    const kept = items.map(({ type, id, version }) => `${type}/${id}/${version}`);
    expect(kept).to.include.members(acknowledged);
    expect(new Set(kept).size).to.equal(kept.length);
    expect([...acknowledged, ...unknown]).to.include.members(kept);
    expect(acknowledged.length).to.be.greaterThan(20);
    await store.close();
    await server.drop(url);
    await server.release();
  });
});
