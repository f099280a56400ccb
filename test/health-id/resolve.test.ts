// Resolving a health ID on behalf of the server: who has it, whoever asks, on every engine.

import { expect } from 'chai';
import type { Patient } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';
import { drawNumber, showNumber } from '#src/health-id/number.ts';
import { createResolve, type ResolveHealthId } from '#src/health-id/resolve.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Inside } from '#test/support/rights.ts';

const system = 'https://meridian.example/uhid';
const network: Caller = {
  ...{ client: 'registry', token: 'test', role: 'network', scopes: ['system/*.cruds'] },
};
const person = (family: string): Patient => ({
  ...{ resourceType: 'Patient', birthDate: '1980-03-04' },
  name: [{ family, given: ['Lakshmi'] }],
});

for (const engine of engines)
  describe(`resolving health IDs on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    let resolve: ResolveHealthId;
    let asked: string[];
    beforeEach(async () => {
      opened = await engine.open();
      inside = openInside(opened.store, { enrolOnCreate: true });
      asked = [];
      const { resources } = opened.store;
      resolve = createResolve({
        definitions: loadDefinitions(),
        system,
        resources: {
          read: (keys) => (asked.push('read'), resources.read(keys)),
          search: (plan, window) => (asked.push('search'), resources.search(plan, window)),
        },
      });
    });
    afterEach(() => opened.close());

    const enrolled = async (family: string): Promise<{ id: string; number: string }> => {
      const { json } = await inside.by('Organization/a')('POST', 'Patient', {
        body: person(family),
      });
      const { id, identifier } = json as Patient;
      return { id: id!, number: identifier![0]!.value! };
    };
    const merge = (source: string, target: string) =>
      inside.as(network)('POST', 'Patient/$merge', {
        body: {
          resourceType: 'Parameters',
          parameter: [
            { name: 'source-patient', valueReference: { reference: `Patient/${source}` } },
            { name: 'target-patient', valueReference: { reference: `Patient/${target}` } },
          ],
        },
      });

    it('finds who has the number, written with dashes and spaces', async () => {
      const { id, number } = await enrolled('Sharma');

      const plain = await resolve(number);
      const shown = await resolve(` ${showNumber(number)} `);

      expect(plain).to.include({ kind: 'known', patient: id });
      expect(shown).to.deep.equal(plain);
    });

    it('says what is wrong with a number that is none, without a look', async () => {
      const resolved = await resolve('12-3456-7890-1234');

      expect(resolved)
        .to.include({ kind: 'malformed' })
        .with.property('why')
        .that.contains('digit');
      expect(asked).to.deep.equal([]);
    });

    it('looks as often for a number that nobody has', async () => {
      const { number } = await enrolled('Sharma');
      await resolve(number);
      const known = asked;
      asked = [];

      const resolved = await resolve(drawNumber());

      expect(resolved).to.deep.equal({ kind: 'unknown' });
      expect(asked).to.deep.equal(known);
    });

    it('leads the numbers of merged Patients to who remains', async () => {
      const [one, other] = [await enrolled('Sharma'), await enrolled('Rao')];
      expect((await merge(one.id, other.id)).status).to.equal(200);

      expect(await resolve(one.number)).to.include({ kind: 'known', patient: other.id });
      expect(await resolve(other.number)).to.include({ kind: 'known', patient: other.id });
    });

    it('follows a link to who replaces a Patient that kept its number', async () => {
      const [one, other] = [await enrolled('Sharma'), await enrolled('Rao')];
      const { json } = await inside.by('Organization/a')('GET', `Patient/${one.id}`);
      const link = [{ type: 'replaced-by', other: { reference: `Patient/${other.id}` } }];
      await inside.by()('PUT', `Patient/${one.id}`, { body: { ...(json as Patient), link } });

      expect(await resolve(one.number)).to.include({ kind: 'known', patient: other.id });
    });

    it('does not know who was deleted', async () => {
      const { id, number } = await enrolled('Sharma');
      await inside.by()('DELETE', `Patient/${id}`);

      expect(await resolve(number)).to.deep.equal({ kind: 'unknown' });
    });
  });
