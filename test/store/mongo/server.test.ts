// Says which MongoDB the suites ran against. `.ci/run` looks for the line when a real one could be had.

import mongoose from 'mongoose';
import { expect } from 'chai';
import { useMongo, whyStandIn } from '#test/support/mongo.ts';
import { skip } from '#test/support/skip.ts';

describe('the MongoDB of these tests', () => {
  it('is a real one', async function () {
    this.timeout(120_000);
    if (whyStandIn !== undefined)
      skip(
        this,
        `no real MongoDB (MONGODB_TEST_URL or MONGOMS_SYSTEM_BINARY names one; ${whyStandIn}); the MongoDB suites ran against the stand-in in test/support/mongo-server`,
      );
    const server = await useMongo();
    const connection = await mongoose.createConnection(server.freshUrl()).asPromise();
    const { version, gitVersion } = (await connection.db!.admin().command({ buildInfo: 1 })) as {
      readonly version: string;
      readonly gitVersion: string;
    };
    await connection.close();
    await server.release();

    expect(gitVersion).to.match(/^[0-9a-f]{40}$/);
    console.log(`      MongoDB suites ran against MongoDB ${version}`);
  });
});
