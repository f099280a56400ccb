// What is stored here counts for terminology as soon as it is written, and comes before HL7's own.

import { expect } from 'chai';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('interactions/find-canonical', () => {
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.close());
  const url = 'http://example.org/ValueSet/colours';
  const put = (code: string, version: string, id = 'colours') =>
    ask(`${server.base}/ValueSet/${id}`, {
      method: 'PUT',
      body: {
        ...{ resourceType: 'ValueSet', id, url, version, status: 'active' },
        compose: { include: [{ system: 'http://example.org/colours', concept: [{ code }] }] },
      },
    });
  const expand = async (canonical: string) => {
    const answer = await ask(
      `${server.base}/ValueSet/$expand?url=${encodeURIComponent(canonical)}`,
    );
    return answer.status === 200
      ? (answer.json.expansion.contains as { code: string }[]).map(({ code }) => code)
      : answer.status;
  };

  it('finds what was not there before once it is stored, and what it has become', async () => {
    const before = await expand(url);
    await put('red', '1');
    const stored = await expand(url);
    await put('blue', '2');
    const changed = await expand(url);
    await ask(`${server.base}/ValueSet/colours`, { method: 'DELETE' });
    const removed = await expand(url);

    expect(before).to.be.within(400, 499);
    expect(stored).to.deep.equal(['red']);
    expect(changed).to.deep.equal(['blue']);
    expect(removed).to.be.within(400, 499);
  });

  it('finds the version that is named, and the newest when none is', async () => {
    await put('old', '1', 'first');
    await put('new', '2', 'second');

    expect(await expand(url)).to.deep.equal(['new']);
    expect(await expand(`${url}|1`)).to.deep.equal(['old']);
  });

  it("does not take another version of HL7's own for the one that is named", async () => {
    const own = 'http://terminology.hl7.org/ValueSet/v3-NullFlavor';

    expect(await expand(`${own}|1.0.0`)).to.equal(404);
    expect(await expand(own)).to.include('ASKU');
    // R4 itself names it so.
    expect(await expand(`${own}|4.0.1`)).to.include('ASKU');
  });
});
