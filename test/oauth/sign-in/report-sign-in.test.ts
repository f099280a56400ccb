// Events of signing in reach the audit under names it knows.

import { expect } from 'chai';
import type { Reported } from '#src/audit/report.ts';
import { reportSignIn } from '#src/oauth/sign-in/report-sign-in.ts';
import { openWorld, type World } from '../support/world.ts';
import { signIn } from './support.ts';

describe('the report of a sign-in', () => {
  it('says what the audit’s own name does not say', async () => {
    const reported: Reported[] = [];
    const report = reportSignIn((event) => {
      reported.push(event);
      return Promise.resolve();
    });

    await report({ kind: 'second-factor-refused', user: 'u1', client: 'app', address: '::1' });
    await report({ kind: 'sign-in', user: 'u1', amr: ['fed', 'mfa'], provider: 'st-mary' });

    expect(reported).to.deep.equal([
      {
        ...{ kind: 'sign-in-refused', user: 'u1', about: 'user/u1', client: 'app' },
        ...{ address: '::1', detail: 'second factor' },
      },
      {
        ...{ kind: 'sign-in', user: 'u1', about: 'user/u1' },
        detail: 'by st-mary; amr fed mfa',
      },
    ]);
  });

  describe('in a server', () => {
    let world: World;
    before(async () => {
      world = await openWorld();
    });
    after(() => world.close());

    it('becomes AuditEvents, without what was typed', async () => {
      const client = await world.addClient({ smart_scope: 'openid' });
      await signIn(world, world.browser(), { client, user: 'asha', secret: 'Tr0ub4dor-and-3' });
      await signIn(world, world.browser(), { client, user: 'asha' });
      await world.context.settleAudit?.();

      const events = { op: 'type', types: ['AuditEvent'] } as const;
      const { items } = await world.context.store.resources.search(events, { sort: [], size: 100 });
      const text = items.map((item) => item.text).join('\n');
      expect(text).to.include(world.users.asha.id).and.include('"outcome":"0"');
      expect(text)
        .to.match(/"outcome":"[48]"/)
        .and.not.include('Tr0ub4dor');
    });
  });
});
