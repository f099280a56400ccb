// One-time codes: once, soon, with few tries, and not to be read in the store.

import { expect } from 'chai';
import { createOneTimeCodes } from '#src/access/one-time-code.ts';
import { createPeople } from '../oauth/support/people.ts';

interface Value {
  readonly who: string;
}

const create = () => {
  const people = createPeople();
  const { records, now } = people;
  const codes = createOneTimeCodes<Value>({ records, now, kind: 'test-code', seconds: 600 });
  return { ...people, codes };
};
const other = (code: string): string => (code === '00000000' ? '00000001' : '00000000');

describe('a one-time code', () => {
  it('opens what was kept, once, however it is spaced', async () => {
    const { codes } = create();
    const { ticket, code } = await codes.issue({ who: 'ada' });

    expect(await codes.redeem(ticket, ` ${code.slice(0, 4)}-${code.slice(4)} `)).to.deep.equal({
      who: 'ada',
    });
    expect(await codes.redeem(ticket, code)).to.equal(undefined);
  });

  it('opens it for one of many who are at it at once', async () => {
    const { codes } = create();
    const { ticket, code } = await codes.issue({ who: 'ada' });

    const all = await Promise.all([1, 2, 3, 4].map(() => codes.redeem(ticket, code)));

    expect(all.filter((value) => value !== undefined)).to.have.length(1);
  });

  it('ends with five wrong tries, also at once', async () => {
    const { codes } = create();
    const { ticket, code } = await codes.issue({ who: 'ada' });

    await Promise.all([1, 2, 3, 4, 5].map(() => codes.redeem(ticket, other(code))));

    expect(await codes.redeem(ticket, code)).to.equal(undefined);
  });

  it('ends with its time', async () => {
    const { codes, pass } = create();
    const { ticket, code } = await codes.issue({ who: 'ada' });

    pass(601);

    expect(await codes.redeem(ticket, code)).to.equal(undefined);
  });

  it('of nobody opens nothing', async () => {
    const { codes } = create();
    const { ticket, code } = await codes.issue(undefined);

    expect(await codes.redeem(ticket, code)).to.equal(undefined);
  });

  it('does not open what belongs to another ticket', async () => {
    const { codes } = create();
    const one = await codes.issue({ who: 'ada' });
    const two = await codes.issue({ who: 'ben' });

    const isSame = one.code === two.code;
    expect(await codes.redeem(two.ticket, one.code)).to.deep.equal(
      isSame ? { who: 'ben' } : undefined,
    );
  });

  it('stands nowhere in the store, nor does its ticket', async () => {
    const { codes, records } = create();
    const { ticket, code } = await codes.issue({ who: 'ada' });

    const kept = JSON.stringify(await records.find('test-code', {}));

    expect(kept).to.contain('ada');
    expect(kept).to.not.contain(code).and.not.contain(ticket);
  });
});
