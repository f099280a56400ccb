// The program that uploads reports by health ID.

import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { checkDigitOf } from '#src/health-id/number.ts';
import { openSite, type Site } from './support/site.ts';

/** A number that nobody has, but that could be. */
const uhidOf = (digits: string): string => `${digits}${checkDigitOf(digits)}`;

describe('cli/upload', () => {
  let site: Site;
  const uhid = uhidOf('1234567890123');
  const person = ['--uhid', uhid, '--birth-date', '1980-02-03'];
  beforeEach(async () => {
    site = await openSite();
  });
  afterEach(() => site.close());

  const documents = async () =>
    (
      await site.server.context.store.resources.search(
        { op: 'type', types: ['DocumentReference'] },
        { sort: [], size: 100 },
      )
    ).items.map(({ text }) => JSON.parse(text) as Record<string, never>);
  it('files a report: its bytes, whose it is and what it is', async () => {
    const bytes = randomBytes(100_000);
    const file = await site.file('blood.pdf', bytes);
    const { code, printed, shown } = await site.meridian([
      ...['upload', ...person, '--family', 'Sharma', '--type', '11502-2', file],
    ]);

    expect(code, shown).to.equal(0);
    expect(printed)
      .to.match(/^filed {6}.*blood\.pdf/)
      .and.to.contain('1 filed');
    const [document] = (await documents()) as any[];
    expect(document.subject.identifier).to.deep.equal({
      ...{ system: 'https://meridian.example/uhid', value: uhid },
    });
    expect(document.contained[0]).to.deep.include({
      ...{ birthDate: '1980-02-03', name: [{ family: 'Sharma' }] },
    });
    expect(document.type.coding[0].code).to.equal('11502-2');
    const { attachment } = document.content[0];
    expect(attachment).to.include({ contentType: 'application/pdf', size: 100_000 });
    const there = await site.server.context.store.resources.read([
      { type: 'Binary', id: attachment.url.replace('Binary/', '') },
    ]);
    expect(there[0]!.custodian).to.match(/^Organization\//);
  });
});
