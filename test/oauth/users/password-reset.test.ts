// A forgotten password: links and codes that work once, for a short time, and tell nothing about who has an account.

import { expect } from 'chai';
import { hashPassword, matchesPassword } from '#src/oauth/users/password-hash.ts';
import {
  createPasswordReset,
  resetSeconds,
  type PasswordReset,
} from '#src/oauth/users/password-reset.ts';
import { createPeople, goodPassword, type People } from '../support/people.ts';
import { thrown } from '../support/thrown.ts';

interface Desk extends People {
  readonly reset: PasswordReset;
  readonly sent: string[];
}

const createDesk = (): Desk => {
  const people = createPeople();
  const { users, records, now } = people;
  const sent: string[] = [];
  const reset = createPasswordReset({
    ...{ users, records, now, publicUrl: 'https://meridian.test' },
    send: ({ email }, { text }) => {
      sent.push(text);
      return Promise.resolve(email === undefined ? 'sms' : 'mail');
    },
    maySend: () => Promise.resolve(true),
    onFault: (error) => {
      throw error;
    },
  });
  return { ...people, reset, sent };
};

const tokenIn = (text: string | undefined): string => /token=(\S+)/.exec(text ?? '')?.[1] ?? '';
const codeIn = (text: string | undefined): string => /^\d{8}/.exec(text ?? '')?.[0] ?? '';
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a forgotten password', () => {
  const withMail = {
    username: 'ada',
    name: 'Ada',
    role: 'patient',
    email: 'Ada@Example.org',
  } as const;
  const withPhone = { username: 'ben', name: 'Ben', role: 'patient', phone: '+15550100' } as const;

  it('is replaced by a link that works once', async () => {
    const { users, reset, sent } = createDesk();
    const { id } = await users.create({ ...withMail, password: goodPassword });
    await reset.ask('ada');
    await settled();
    const token = tokenIn(sent[0]);

    expect(await reset.reset(token, 'a wholly new password')).to.include({ id });
    expect(await reset.reset(token, 'a second new password')).to.be.undefined;

    const user = await users.byId(id);
    expect(await matchesPassword('a wholly new password', user?.password)).to.be.true;
  });

  it('may be asked for by mail address, too', async () => {
    const { users, reset, sent } = createDesk();
    await users.create(withMail);

    await reset.ask('ada@example.ORG');
    await settled();

    expect(sent[0]).to.include('user name ada');
  });

  it('is replaced by only one of many who use the link at once', async () => {
    const { users, reset, sent } = createDesk();
    await users.create(withMail);
    await reset.ask('ada');
    await settled();

    const done = await Promise.all(
      Array.from({ length: 5 }, (_one, at) =>
        reset.reset(tokenIn(sent[0]), `new password no ${at}`),
      ),
    );

    expect(done.filter((user) => user !== undefined)).to.have.length(1);
  });

  it('keeps the link when the new password breaks the rules', async () => {
    const { users, reset, sent } = createDesk();
    await users.create(withMail);
    await reset.ask('ada');
    await settled();

    expect(await thrown(reset.reset(tokenIn(sent[0]), 'short'))).to.include({ status: 422 });
    expect(await reset.read(tokenIn(sent[0]))).to.include({ username: 'ada' });
  });

  it('has links that end after half an hour', async () => {
    const { users, reset, sent, pass } = createDesk();
    await users.create(withMail);
    await reset.ask('ada');
    await settled();

    pass(resetSeconds + 1);

    expect(await reset.reset(tokenIn(sent[0]), 'a wholly new password')).to.be.undefined;
  });

  it('is replaced by a code of an SMS, once', async () => {
    const { users, reset, sent } = createDesk();
    await users.create(withPhone);
    const page = await reset.ask('ben');
    await settled();

    const token = await reset.redeem(page, ` ${codeIn(sent[0])} `);

    expect(await reset.reset(token ?? '', 'a wholly new password')).to.include({ username: 'ben' });
    expect(await reset.redeem(page, codeIn(sent[0]))).to.be.undefined;
  });

  it('lets a code be tried five times, also all at once', async () => {
    const { users, reset, sent } = createDesk();
    await users.create(withPhone);
    const page = await reset.ask('ben');
    await settled();

    await Promise.all(Array.from({ length: 30 }, () => reset.redeem(page, '00000000')));

    expect(await reset.redeem(page, codeIn(sent[0]))).to.be.undefined;
  });

  it('does the same for a name nobody has, and sends nothing', async () => {
    const { records, reset, sent } = createDesk();

    const page = await reset.ask('nobody');
    await settled();

    expect(page).to.have.length(43);
    expect(sent).to.be.empty;
    expect(await records.find('reset-asked', {})).to.have.length(1);
    expect(await reset.redeem(page, '12345678')).to.be.undefined;
  });

  it('sends nothing to who is disabled', async () => {
    const { users, reset, sent } = createDesk();
    await users.disable((await users.create(withMail)).id);

    await reset.ask('ada');
    await settled();

    expect(sent).to.be.empty;
  });

  it('keeps neither links nor codes as they were sent', async () => {
    const { users, records, reset, sent } = createDesk();
    await users.create({ ...withMail, password: goodPassword });
    await users.create(withPhone);
    await Promise.all([reset.ask('ada'), reset.ask('ben')]);
    await settled();

    const kept = JSON.stringify([
      await records.find('reset', {}),
      await records.find('reset-asked', {}),
    ]);

    expect(sent).to.have.length(2);
    for (const secret of [
      tokenIn(sent.find((text) => text.includes('token='))),
      codeIn(sent.find((text) => /^\d/.test(text))),
    ]) {
      expect(secret).not.to.equal('');
      expect(kept).not.to.include(secret);
    }
    expect(await hashPassword(goodPassword)).not.to.include(goodPassword);
  });
});
