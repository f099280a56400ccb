// An app that asks for a visit: the person chooses one of the patient's, or none.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#requesting-context-with-scopes

import { expect } from 'chai';
import { answer, authorize, authorizeUrl, launch, newVerifier } from './support/launch.ts';
import { openWorld, type World } from './support/world.ts';

const scope = 'openid launch/patient launch/encounter patient/Encounter.rs';

describe('the choice of a visit', () => {
  let world: World;
  let client: string;
  before(async () => {
    world = await openWorld();
    client = await world.addClient({});
  });
  after(() => world.close());

  it('puts the visit that was chosen beside the token', async () => {
    for (const user of ['asha', 'dora']) {
      const { body } = await launch(world, { client, scope, user, encounter: 'visit' });

      expect(body, user).to.include({ patient: 'asha', encounter: 'visit' });
    }
  });

  it('can be left', async () => {
    const { body } = await launch(world, { client, scope });

    expect(body).to.include({ patient: 'asha' }).and.not.have.property('encounter');
  });

  it('is not asked where the patient has no visit, nor where the app does not ask', async () => {
    const ben = await launch(world, { client, scope, patient: 'ben' });
    const other = await launch(world, {
      ...{ client, scope: scope.replace('launch/encounter ', ''), encounter: 'visit' },
    });

    expect(ben.body).to.include({ patient: 'ben' }).and.not.have.property('encounter');
    expect(other.body).not.to.have.property('encounter');
  });

  it('takes no visit of somebody else, and shows none', async () => {
    const browser = world.browser();
    const wishes = { client, scope, patient: 'ben' };
    const shown = await browser.open(authorizeUrl(world, wishes, newVerifier()));
    const picker = (await answer(browser, shown, wishes))!;
    const asha = await browser.submit(picker, '/patient', { patient: 'asha' });
    const wrong = await browser.submit(asha, '/encounter', { encounter: 'never' });
    const right = await browser.submit(wrong, '/encounter', { encounter: 'visit' });

    expect(asha.text).to.include('Which visit?').and.include('value="visit"');
    expect(wrong.text).to.include('Which visit?');
    expect(right.text).to.include('/consent"');
  });

  it('is told to the audit', async () => {
    const { settleAudit, store } = world.context;
    const count = async (): Promise<number> => {
      await settleAudit?.();
      const plan = { op: 'type', types: ['AuditEvent'] } as const;
      const { items } = await store.resources.search(plan, { sort: [], size: 1000 });
      return items.filter(({ text }) => text.includes('patient-search')).length;
    };
    const browser = world.browser();
    const wishes = { client, scope, browser };
    const shown = await browser.open(authorizeUrl(world, wishes, newVerifier()));
    const picker = (await answer(browser, shown, wishes))!;
    const before = await count();

    await browser.submit(picker, '/patient', { patient: 'asha' });

    expect(await count()).to.equal(before + 1);
  });

  it('is asked of nobody by prompt=none, which says so', async () => {
    const browser = world.browser();
    await launch(world, { client, scope, browser, encounter: 'visit' });
    const silent = { client, scope, browser, parameters: { prompt: 'none' } };
    const again = await authorize(world, silent, newVerifier());
    await launch(world, { client, scope, browser });
    const without = await authorize(world, silent, newVerifier());

    expect(again.left?.searchParams.get('code')).to.be.a('string');
    expect(without.left?.searchParams.get('error')).to.equal('interaction_required');
  });
});
