// What clients are told when MongoDB cannot serve, or cannot keep what they send.

import { expect } from 'chai';
import { asProblem } from '#src/interactions/failure.ts';
import { TooLarge, Unavailable } from '#src/store/port.ts';
import { ask } from '#test/support/ask.ts';
import { startMongoServer, type MongoServer } from '#test/support/mongo-server/start.ts';
import { startServer, type TestServer } from '#test/support/server.ts';

describe('store/mongo: an outage, over HTTP', function () {
  this.timeout(90_000);
  let mongo: MongoServer;
  let server: TestServer;
  before(async () => {
    mongo = await startMongoServer();
    server = await startServer({ env: { MONGODB_URL: mongo.url } });
  });
  after(async () => {
    await server.close();
    await mongo.close();
  });
  const post = () =>
    ask(`${server.base}/Basic`, {
      method: 'POST',
      body: { resourceType: 'Basic', code: { text: 'a' } },
    });

  it('goes unnoticed when it is short: the requests of that time take longer', async () => {
    mongo.stepDown(1000);
    const answers = await Promise.all([post(), post(), ask(`${server.base}/Basic`)]);

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 200]);
  });

  it('is 503 with Retry-After when it is long, not ready meanwhile, and over when it is over', async () => {
    mongo.stepDown(17_000);
    const began = performance.now();
    const [answer, ready] = await Promise.all([post(), ask(`${server.url}/readyz`)]);

    expect([answer.status, ready.status]).to.deep.equal([503, 503]);
    expect(Number(answer.headers['retry-after'])).to.be.greaterThan(0);
    expect(answer.json.issue[0].code).to.equal('transient');
    expect(answer.text).not.to.match(/mongo|127\.0\.0\.1|stack/i);
    await new Promise((resolve) => setTimeout(resolve, 17_500 - (performance.now() - began)));
    expect((await post()).status).to.equal(201);
  });

  it('is told in the words of FHIR, and so is a resource that is too large', () => {
    const unavailable = asProblem(new Unavailable('The database cannot be reached just now.'));
    const large = asProblem(new TooLarge('Basic/1 is 17.0 MB large'));

    expect(unavailable).to.deep.include({ status: 503, headers: { 'retry-after': '2' } });
    expect(large).to.include({ status: 413 });
    expect(large?.issues[0]).to.include({
      code: 'too-long',
      diagnostics: 'Basic/1 is 17.0 MB large',
    });
  });
});
