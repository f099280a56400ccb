// The rules of sharing by Consent, one by one, on every engine.

import { expect } from 'chai';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Inside } from '#test/support/rights.ts';
import { cases } from './support/cases.ts';
import { caller, consent, load, seenBy, type Given } from './support/world.ts';

for (const engine of engines)
  describe(`sharing by Consent on ${engine.name}`, function () {
    this.timeout(300_000);
    let opened: Opened;
    let inside: Inside;

    before(async () => {
      opened = await engine.open();
      inside = openInside(opened.store);
      await load(inside);
    });
    after(() => opened.close());

    const give = async ({ by = 'Patient/x', ...given }: Given, id: string): Promise<void> => {
      const body = { ...consent(given), id };
      const { status, text } = await inside.by(by ?? undefined)('PUT', `Consent/${id}`, { body });
      expect(status, text).to.be.oneOf([200, 201]);
    };

    for (const [number, { title, given, who, sees }] of cases.entries())
      it(title, async () => {
        const ids = given.map((_, place) => `g${String(number)}-${String(place)}`);
        for (const [place, each] of given.entries()) await give(each, ids[place]!);

        const seen = await seenBy(inside, caller(who));

        for (const id of ids) await inside.by()('DELETE', `Consent/${id}`);
        expect(seen).to.deep.equal([...sees].sort());
      });
  });
