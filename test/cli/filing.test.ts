// The program against the server's own filing: what it uploads is in the right record, or held.

import { expect } from 'chai';
import { unrestricted } from '#src/access/permit.ts';
import { documentOf } from '#src/fhir/json.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { openSite, type Site } from './support/site.ts';

describe('cli/upload to a record', () => {
  let site: Site;
  let patient: Resource;
  let uhid: string;
  before(async () => {
    site = await openSite({ ENROL_ON_CREATE: 'on' });
    const { context } = site.server;
    const { text } = await context.dispatch(
      {
        ...{ method: 'POST', path: 'Patient', query: [], headers: {}, base: site.base },
        body: documentOf({
          ...{ resourceType: 'Patient', gender: 'female', birthDate: '1980-02-03' },
          name: [{ family: 'Sharma', given: ['Priya'] }],
        }),
      },
      unrestricted,
    );
    patient = JSON.parse(text!) as Resource;
    const numbers = patient['identifier'] as readonly { system: string; value: string }[];
    uhid = numbers.find(({ system }) => system.endsWith('/uhid'))!.value;
  });
  after(() => site.close());

  const upload = async (name: string, ...words: readonly string[]) =>
    site.meridian(['upload', '--uhid', uhid, ...words, await site.file(name, name)]);
  const about = async (type: string): Promise<readonly Resource[]> => {
    const { items } = await site.server.context.store.resources.search(
      { op: 'type', types: [type] },
      { sort: [], size: 100 },
    );
    return items.map(({ text }) => JSON.parse(text) as Resource);
  };

  it('files a report in the record of whom number and birth date name', async () => {
    const { code, printed } = await upload('blood.pdf', '--birth-date', '1980-02-03');
    const [document] = await about('DocumentReference');

    expect(code, printed).to.equal(0);
    expect(printed).to.contain('1 filed');
    expect(document!['subject']).to.deep.include({ reference: `Patient/${patient.id!}` });
    expect(document!['description']).to.equal('blood.pdf');
  });

  it('knows the same report from another machine', async () => {
    const state = `${site.folder}/elsewhere.jsonl`;
    const words = ['--birth-date', '1980-02-03', '--state', state];
    const { code, printed } = await upload('blood.pdf', ...words);

    expect(code, printed).to.equal(0);
    expect(printed).to.contain('1 duplicate');
    expect(await about('DocumentReference')).to.have.length(1);
  });

  it('leaves in the audit who made which Binary', async () => {
    await site.server.context.settleAudit?.();
    const { items } = await site.server.context.store.resources.search(
      { op: 'type', types: ['AuditEvent'] },
      { sort: [], size: 1000 },
    );
    const events = items.map(({ text }) => text);
    const [binary] = await about('Binary');
    const made = events.filter((text) => text.includes(`Binary/${binary!.id!}/_history/1`));

    expect(made.filter((text) => text.includes('"code":"create"'))).to.have.length(1);
    expect(made[0]).to.contain('"action":"C"').and.to.contain('lab');
  });

  it('has a report held whose birth date is another', async () => {
    const { code, printed } = await upload('other.pdf', '--birth-date', '1999-09-09');

    expect(code, printed).to.equal(0);
    expect(printed).to.contain('1 held');
    expect(await about('DocumentReference')).to.have.length(1);
  });
});

describe('cli/whoami', () => {
  it('says whom the server takes the key for, without the key', async () => {
    const site = await openSite();
    const { code, printed } = await site.meridian(['whoami']);
    await site.close();

    expect(code).to.equal(0);
    expect(printed)
      .to.match(/client +lab\n/)
      .and.to.match(/role +system\n/);
    expect(printed).to.contain('Organization/').and.not.to.contain('"d"');
  });

  it('says why there is no access, and prints no secret', async () => {
    const site = await openSite();
    const { code, shown } = await site.meridian(['whoami', '--client-id', 'nobody']);
    await site.close();

    expect(code).to.equal(1);
    expect(shown).to.contain("'nobody' no access: invalid_client");
    expect(shown).not.to.match(/eyJ/);
  });
});
