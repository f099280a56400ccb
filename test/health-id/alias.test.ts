// The sharing handle: it leads to the patient wherever access is asked for, until it is taken back, and never to anybody else.

import { expect } from 'chai';
import type { Parameters, Patient } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';
import { createAliases, looksLikeAlias, showAlias, type Aliases } from '#src/health-id/alias.ts';
import { createResolve, type ResolveHealthId } from '#src/health-id/resolve.ts';
import { alias } from '#src/operations/alias.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { openInside, type Inside, type Send } from '#test/support/rights.ts';

const system = 'https://meridian.example/uhid';
const definitions = loadDefinitions();
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const patientCaller: Caller = {
  ...{ client: 'app', token: 'test', user: 'p', role: 'patient', patient: 'one' },
  ...{ fhirUser: 'Patient/one', scopes: ['patient/*.cruds'] },
};
const staff = (role: Caller['role']): Caller => ({
  ...{ client: 'app', token: 'test', user: 'd', role, organization: 'Organization/a' },
  ...{ fhirUser: 'Practitioner/d', scopes: ['user/*.cruds', 'system/*.cruds'] },
});
const person = (id: string): Patient => ({
  ...{ resourceType: 'Patient', id, birthDate: '1980-03-04' },
  name: [{ family: id }],
});

for (const engine of engines)
  describe(`the sharing handle on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let aliases: Aliases;
    let resolve: ResolveHealthId;
    let inside: Inside;
    let own: Send;

    beforeEach(async () => {
      opened = await engine.open();
      const { records, resources } = opened.store;
      aliases = createAliases(records);
      resolve = createResolve({ resources, definitions, system, aliases });
      inside = openInside(opened.store, { operations: [alias(aliases)] });
      own = inside.as(patientCaller);
      for (const id of ['one', 'two'])
        await inside.by('Organization/a')('PUT', `Patient/${id}`, { body: person(id) });
    });
    afterEach(() => opened.close());

    const ask = (action?: string, send = own, id = 'one') =>
      send('POST', `Patient/${id}/$alias`, {
        body: {
          resourceType: 'Parameters',
          ...(action === undefined ? {} : { parameter: [{ name: 'action', valueCode: action }] }),
        },
      });
    const given = async (action?: string): Promise<string> =>
      ((await ask(action)).json as Parameters).parameter![0]!.valueString!;

    it('leads to the patient, as people write it', async () => {
      const shown = await given();

      expect(shown).to.match(/^[A-HJ-NP-Z][A-HJ-NP-Z2-9]{3}(-[A-HJ-NP-Z2-9]{4}){2}$/);
      for (const typed of [shown, shown.toLowerCase(), ` ${shown.replaceAll('-', ' ')} `])
        expect(await resolve(typed)).to.deep.include({ kind: 'known', patient: 'one' });
      expect(await given('issue')).to.equal(shown);
    });

    it('leads nowhere once it was exchanged or taken back, as if it had never been', async () => {
      const first = await given();
      const second = await given('rotate');

      expect(second).to.not.equal(first);
      expect(await resolve(second)).to.deep.include({ kind: 'known', patient: 'one' });
      const revoked = await ask('revoke');
      expect((revoked.json as Parameters).parameter).to.deep.equal([]);
      const never = await createAliases(openMemoryStore().records).rotate('nobody');
      expect([await resolve(first), await resolve(second), await resolve(never)]).to.deep.equal([
        ...[{ kind: 'unknown' }, { kind: 'unknown' }, { kind: 'unknown' }],
      ]);
      expect(await given())
        .to.be.a('string')
        .and.not.be.oneOf([first, second]);
    });

    it('leads to the survivor of a merge', async () => {
      const shown = await given();
      const link = [{ other: { reference: 'Patient/two' }, type: 'replaced-by' }];
      await inside.by()('PUT', 'Patient/one', { body: { ...person('one'), active: false, link } });

      expect(await resolve(shown)).to.deep.include({ kind: 'known', patient: 'two' });
    });

    it('is never given to anybody else, also after it was taken back', async () => {
      const draws = ['A', 'A', 'B'].map((letter) => letter.repeat(12));
      const drawn = createAliases(opened.store.records, () => draws.shift()!);
      const first = await drawn.issue('one');
      await drawn.revoke('one');

      const second = await drawn.issue('two');

      expect([first, second]).to.deep.equal(['A'.repeat(12), 'B'.repeat(12)]);
    });

    it('is one, whoever asks at the same moment', async () => {
      const all = await Promise.all(Array.from({ length: 8 }, () => aliases.issue('one')));
      const inForce = await Promise.all(
        [...new Set(all)].map(async (each) => (await aliases.find(each)).kind),
      );

      expect(inForce).to.deep.equal(['known']);
      await Promise.all(Array.from({ length: 8 }, () => aliases.rotate('one')));
      expect((await aliases.find(all[0]!)).kind).to.equal('unknown');
    });

    it('is no identifier that anybody can search by, nor in the Patient', async () => {
      const shown = await given();
      const plain = shown.replaceAll('-', '');

      const network = inside.as({ ...staff('network') });
      for (const query of [`identifier=${plain}`, `identifier=${shown}`, `_id=${plain}`]) {
        const { status, keys } = await network('GET', `Patient?${query}`);
        expect({ status, keys }, query).to.deep.equal({ status: 200, keys: [] });
      }
      expect((await network('GET', 'Patient?_id=one')).keys).to.deep.equal(['Patient/one']);
      expect((await own('GET', 'Patient/one')).text)
        .to.not.contain(plain)
        .and.not.contain(shown);
    });

    it('is told to the patient and who stands for them alone', async () => {
      const statuses = await Promise.all(
        (['clinician', 'desk', 'system', 'network', 'administrator'] as const).map(
          async (role) => (await ask('issue', inside.as(staff(role)))).status,
        ),
      );

      expect(new Set(statuses)).to.deep.equal(new Set([403]));
      expect((await ask('issue', own, 'two')).status).to.equal(404);
      expect((await ask('issue', own, 'nobody')).status).to.equal(404);
      expect((await ask('steal')).status).to.equal(400);
      const reading = inside.as({ ...patientCaller, scopes: ['patient/Patient.rs'] });
      expect((await ask('issue', reading)).status).to.equal(403);
    });
  });

describe('a sharing handle that is mistyped', () => {
  const aliases = createAliases(openMemoryStore().records);

  it('is found out, whichever letter it is', async () => {
    const handle = await aliases.issue('one');
    for (let at = 0; at < handle.length; at += 1)
      for (const letter of alphabet)
        if (letter !== handle[at]) {
          const typed = handle.slice(0, at) + letter + handle.slice(at + 1);
          expect((await aliases.find(typed)).kind, typed).to.equal('malformed');
        }
  });

  it('is told what is wrong, never who is known', async () => {
    const whys = await Promise.all(
      ['ABC', 'ABCD-EFGH-JKL0', 'ABCDEFGHJKLMN'].map((typed) => aliases.find(typed)),
    );

    expect(whys.map((each) => (each.kind === 'malformed' ? each.why : ''))).to.satisfy(
      (texts: string[]) =>
        /12 letters/.test(texts[0]!) && /no '0'/.test(texts[1]!) && /this has 13/.test(texts[2]!),
    );
  });

  it('is not taken for a health ID', async () => {
    expect(looksLikeAlias(showAlias(await aliases.issue('one')))).to.equal(true);
    expect(looksLikeAlias('12-3456-7890-1234')).to.equal(false);
  });
});
