// What a resource may name, on every engine: a Provenance is in the record of its targets, so it names none that are hidden.

import { expect } from 'chai';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Inside } from '#test/support/rights.ts';

const ours = 'Organization/ours';
const theirs = 'Organization/theirs';

for (const engine of engines)
  describe(`what a Provenance may be about, on ${engine.name}`, function () {
    this.timeout(120_000);
    let opened: Opened;
    let inside: Inside;
    before(async () => {
      opened = await engine.open();
      inside = openInside(opened.store);
      const put = (path: string, custodian: string, more: object = {}) => {
        const [resourceType = '', id = ''] = path.split('/');
        return inside.by(custodian)('PUT', path, { body: { resourceType, id, ...more } });
      };
      await put('Patient/p', theirs);
      await put('Basic/ours', ours, { code: { text: 'x' } });
      await put('Basic/theirs', theirs, {
        ...{ code: { text: 'x' }, subject: { reference: 'Patient/p' } },
      });
    });
    after(() => opened.close());

    const tell = async (...targets: readonly string[]): Promise<number> => {
      const send = inside.as({
        ...{ client: 'c', token: 't', role: 'system', organization: ours },
        scopes: ['system/*.cruds'],
      });
      const body = {
        ...{ resourceType: 'Provenance', recorded: '2026-11-21T10:00:00Z' },
        ...{
          target: targets.map((reference) => ({ reference })),
          agent: [{ who: { display: 'x' } }],
        },
      };
      return (await send('POST', 'Provenance', { body })).status;
    };

    it('is what its writer may see', async () => {
      expect(await tell('Basic/ours')).to.equal(201);
      expect(await tell('Basic/ours/_history/1')).to.equal(201);
    });

    it('is nothing that is hidden or not there, also beside what may be seen', async () => {
      for (const target of ['Basic/theirs', 'Basic/theirs/_history/1', 'Patient/p', 'Basic/none'])
        expect([await tell(target), await tell('Basic/ours', target)], target).to.deep.equal([
          ...[403, 403],
        ]);
    });
  });
