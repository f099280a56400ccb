// What this server publishes of its keys and revocations: read seldom, and true at once where something was revoked here.

import { expect } from 'chai';
import { createOwnIssuer } from '#src/health-id/card/own-issuer.ts';
import type { RecordStore } from '#src/store/port.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';

describe('health-id/card/own-issuer', () => {
  const start = Date.parse('2026-01-01');
  let now: number;
  let reads: number;
  let records: RecordStore;
  beforeEach(() => {
    [now, reads] = [start, 0];
    const { records: kept } = openMemoryStore();
    records = {
      ...kept,
      get: (...parts) => {
        reads += 1;
        return kept.get(...parts);
      },
    };
  });
  const open = () => createOwnIssuer({ records, now: () => now });
  const kidOf = async (issuer = open()) => (await issuer.keySet()).keys[0]!.kid;

  it('reads once what many ask for within seconds', async () => {
    const issuer = open();
    const kid = await kidOf(issuer);
    await issuer.revocations(kid);
    const before = reads;

    for (let time = 0; time < 50; time += 1)
      await Promise.all([issuer.keySet(), issuer.revocations(kid), issuer.revocations('none')]);

    expect(reads).to.equal(before);
    now += 10_000;
    await issuer.keySet();
    expect(reads).to.be.above(before);
  });

  it('publishes what was revoked here at once, and elsewhere within seconds', async () => {
    const [here, there] = [open(), open()];
    const kid = await kidOf(here);
    const countOf = async (issuer: typeof here) => (await issuer.revocations(kid))!.rids.length;
    expect([await countOf(here), await countOf(there)]).to.deep.equal([0, 0]);

    await here.revoke('anna');

    expect(await countOf(here)).to.equal(1);
    expect((await here.keySet()).keys[0]!.crlVersion).to.equal(2);
    now += 10_000;
    expect(await countOf(there)).to.equal(1);
  });

  it('knows at once what was revoked elsewhere when it checks a card itself', async () => {
    const [here, there] = [open(), open()];
    const key = (await there.keyOf(await kidOf(there)))!;
    expect(await there.revokedOf(key)).to.deep.equal([]);

    await here.revoke('anna');

    expect(await there.revokedOf(key)).to.have.length(1);
  });

  it('asks again after a fault', async () => {
    const issuer = createOwnIssuer({
      records: {
        ...records,
        get: (...parts) =>
          now === start ? Promise.reject(new Error('away')) : records.get(...parts),
      },
      now: () => now,
    });
    const failed = await issuer.keySet().then(
      () => false,
      () => true,
    );
    now += 1;

    expect(failed).to.be.true;
    expect((await issuer.keySet()).keys).to.have.length(1);
  });
});
