// For which organizations somebody may work, by what each of them says, and when that ends.

import { expect } from 'chai';
import type { Caller } from '#src/access/caller.ts';
import { createFindWorkplaces, type FindWorkplaces } from '#src/access/workplaces.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { describeOnEngines, type Opened } from '#test/contract/support/engines.ts';
import { base, openInside, type Inside } from '#test/support/rights.ts';

const north = 'Organization/north';
const south = 'Organization/south';
const doctor: Parameters<FindWorkplaces>[0] = {
  ...{ role: 'clinician', fhirUser: 'Practitioner/d', organization: north },
};

describeOnEngines('access/workplaces', (engine) => {
  let opened: Opened;
  let inside: Inside;
  let find: FindWorkplaces;
  const put = async (body: Resource & { readonly id: string }, custodian?: string) => {
    const name = `${body.resourceType}/${body.id}`;
    const { status, text } = await inside.by(custodian)('PUT', name, { body });
    expect(status, text).to.be.oneOf([200, 201]);
  };
  const engage = (at: string, more: object = {}, custodian: string | undefined = at) =>
    put(
      {
        ...{ resourceType: 'PractitionerRole', id: `d-at-${at.slice(13)}` },
        ...{ practitioner: { reference: 'Practitioner/d' }, organization: { reference: at } },
        ...more,
      },
      custodian,
    );
  const organization = (id: string, more: object = {}) =>
    put({ resourceType: 'Organization', id, ...{ name: id.toUpperCase() }, ...more });
  const namesFor = async (user: Parameters<FindWorkplaces>[0]): Promise<readonly string[]> =>
    (await find(user)).map(({ name, by }) => `${name} by ${by}`);
  const day = (days: number): string =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  beforeEach(async () => {
    opened = await engine.open();
    inside = openInside(opened.store);
    const { definitions, now, store } = inside.context;
    find = createFindWorkplaces({ resources: store.resources, definitions, now, base });
    await put({ resourceType: 'Practitioner', id: 'd' }, north);
    for (const id of ['north', 'south']) await organization(id);
  });
  afterEach(() => opened.close());

  it('are that of the account, and those that keep a role of the person', async () => {
    const before = await namesFor(doctor);
    await engage(south);
    const between = await namesFor(doctor);
    await engage(north);

    expect(before).to.deep.equal(['NORTH by account']);
    expect(between).to.deep.equal(['NORTH by account', 'SOUTH by role']);
    expect(await namesFor(doctor)).to.deep.equal(['NORTH by role', 'SOUTH by role']);
  });

  it('are found by a reference with the address of this server, too', async () => {
    await engage(south, { organization: { reference: `${base}/${south}` } });

    expect(await namesFor(doctor)).to.include('SOUTH by role');
  });

  it('are none by a role that is not active, has ended or has not begun', async () => {
    const ended = [
      { active: false },
      { period: { end: day(-2) } },
      { period: { start: day(2), end: day(9) } },
    ];
    for (const more of ended) {
      await engage(south, more);

      expect(await namesFor(doctor), JSON.stringify(more)).to.deep.equal(['NORTH by account']);
    }
    await engage(south, { active: true, period: { start: day(-2), end: day(2) } });

    expect(await namesFor(doctor)).to.include('SOUTH by role');
  });

  it('are none where another organization says so', async () => {
    await engage(south, {}, 'Organization/west');
    const byAnother = await namesFor(doctor);
    await inside.by()('DELETE', 'PractitionerRole/d-at-south');
    await put(
      {
        ...{ resourceType: 'PractitionerRole', id: 'by-the-network' },
        practitioner: { reference: 'Practitioner/d' },
        ...{ organization: { reference: south } },
      },
      undefined,
    );

    expect(byAnother).to.deep.equal(['NORTH by account']);
    expect(await namesFor(doctor)).to.include('SOUTH by role');
  });

  it('are none that is not in service', async () => {
    await engage(south);
    await organization('south', { active: false });
    const closed = await namesFor(doctor);
    await organization('north', { active: false });

    expect(closed).to.deep.equal(['NORTH by account']);
    expect(await namesFor(doctor)).to.deep.equal([]);
  });

  it('leave the account out when its organization has ended the work', async () => {
    await engage(north, { active: false });
    const ended = await namesFor(doctor);
    await engage(south);

    expect(ended).to.deep.equal([]);
    expect(await namesFor(doctor)).to.deep.equal(['SOUTH by role']);
  });

  it('hold that of the account when it is another organization that says it has ended', async () => {
    await engage(north, { active: false }, south);
    await engage(south);

    expect(await namesFor(doctor)).to.deep.equal(['NORTH by account', 'SOUTH by role']);
  });

  it('are of the person alone, and of staff alone', async () => {
    await engage(south);

    expect(await namesFor({ ...doctor, fhirUser: 'Practitioner/e' })).to.deep.equal([
      'NORTH by account',
    ]);
    expect(await namesFor({ ...doctor, role: 'patient' })).to.deep.equal([]);
    expect(await namesFor({ ...doctor, role: 'administrator' })).to.deep.equal([]);
  });

  it('open nothing from the request on at which the role has ended', async () => {
    const working: Caller = {
      ...{ ...doctor, organization: south, byRole: true },
      ...{ client: 'app', token: 'token', scopes: ['user/*.cruds'] },
    };
    const status = async () => (await inside.as(working)('GET', 'Patient')).status;
    const before = await status();
    await engage(south);
    const during = await status();
    await engage(south, { period: { end: day(-2) } });
    const ended = await status();
    await engage(south);
    await organization('south', { active: false });

    expect([before, during, ended, await status()]).to.deep.equal([403, 200, 403, 403]);
  });
});
