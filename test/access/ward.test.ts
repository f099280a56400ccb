// Whom a RelatedPerson stands for.

import { expect } from 'chai';
import { wardOf } from '#src/access/ward.ts';
import { startServer, type TestServer } from '#test/support/server.ts';

describe('access/ward', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
    for (const id of ['a', 'b']) await put({ resourceType: 'Patient', id });
  });
  after(() => server.close());

  const put = async (resource: { readonly resourceType: string; readonly id: string }) => {
    const { status } = await fetch(`${server.base}/${resource.resourceType}/${resource.id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify(resource),
    });
    expect(status).to.be.oneOf([200, 201]);
  };
  const relate = (id: string, patient: string, active = true) =>
    put({
      ...{ resourceType: 'RelatedPerson', id, active },
      ...{ patient: { reference: `Patient/${patient}` } },
    });
  const ward = (id: string) => wardOf(id, server.context.store);

  it('is the patient that the RelatedPerson names, while it is active', async () => {
    await relate('one', 'a');
    const first = await ward('one');
    await relate('one', 'a', false);

    expect([first, await ward('one'), await ward('none')]).to.deep.equal([
      'a',
      undefined,
      undefined,
    ]);
  });

  it('is nobody when somebody points the RelatedPerson at another patient, also as a new one', async () => {
    await relate('two', 'a');
    expect(await ward('two')).to.equal('a');

    await relate('two', 'b');
    const moved = await ward('two');
    await fetch(`${server.base}/RelatedPerson/two`, { method: 'DELETE' });
    await relate('two', 'b');

    expect([moved, await ward('two')]).to.deep.equal([undefined, undefined]);
  });
});
