// The permissions page: everyone sees what they may do, administrators what anybody may.

import { expect } from 'chai';
import { createUsers } from '#src/oauth/users/users.ts';
import type { Browser, Shown } from '../support/browser.ts';
import { openWorld, password, type World } from '../support/world.ts';
import { titleOf } from './support.ts';

describe('the permissions page', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    const { records } = world.context.store;
    const users = createUsers({ records, now: Date.now, newId: world.context.newId });
    await users.create({
      ...{ username: 'root', name: 'Rosa Root', role: 'administrator', password },
    });
  });
  after(() => world.close());

  const signIn = async (browser: Browser, user: string): Promise<Shown> => {
    const first = await browser.open('/oauth/permissions');
    return browser.submit(first, '/login', { username: user, password });
  };

  it('asks to sign in first and then tells what the own role may do', async () => {
    const page = await signIn(world.browser(), 'asha');

    expect(titleOf(page)).to.equal('What may be done, and why – Meridian');
    expect(page.text).to.include('Role: patient');
    expect(page.text).to.include('of that record what the person has brought in');
    expect(page.text).not.to.include('name="user"');
  });

  it('tells an administrator of any user, alone or through an app', async () => {
    const browser = world.browser();
    await signIn(browser, 'root');
    const client = await world.addClient({ smart_scope: 'patient/Observation.rs' });
    const dora = await browser.open('/oauth/permissions?user=dora&client=');
    const through = await browser.open(`/oauth/permissions?user=dora&client=${client}`);
    const nobody = await browser.open('/oauth/permissions?user=nobody-of-that-name');

    expect(dora.text).to.include('Role: clinician').and.to.include('Health records');
    expect(through.text).to.include('By patient/Observation.rs').and.not.to.include('<h3>Add</h3>');
    expect(nobody.text).to.include('There is no user of that name.');
  });

  it('tells the audit whom an administrator has looked at', async () => {
    const { settleAudit, store } = world.context;
    const browser = world.browser();
    await signIn(browser, 'root');
    const rows = async (): Promise<readonly string[]> => {
      await settleAudit?.();
      const plan = { op: 'type', types: ['AuditEvent'] } as const;
      const { items } = await store.resources.search(plan, { sort: [], size: 1000 });
      return items.map(({ text }) => text).filter((text) => text.includes('permissions'));
    };
    const before = await rows();

    await browser.open('/oauth/permissions');
    await browser.open('/oauth/permissions?user=sam');
    await browser.open('/oauth/permissions?user=nobody-of-that-name');

    const after = (await rows()).filter((text) => !before.includes(text));
    expect(after).to.have.length(2);
    expect(after.join()).to.include(`user/${world.users.sam.id}`);
    expect(after.join()).to.include('nobody-of-that-name');
  });

  it('does not tell of others to who is no administrator', async () => {
    const browser = world.browser();
    await signIn(browser, 'asha');
    const page = await browser.open('/oauth/permissions?user=meera');
    const nobody = await browser.open('/oauth/permissions?user=nobody-of-that-name');

    expect(page.text).to.include('Role: patient');
    expect(nobody.text).to.equal(page.text);
  });
});
