// What an upload tells of people whom its sender does not see: nothing but that words which agree were filed.

import { expect } from 'chai';
import type { Patient, Task } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { throttled } from '#src/fhir/problem.ts';
import { drawNumber } from '#src/health-id/number.ts';
import type { Store } from '#src/store/port.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Answered, type Inside, type Send } from '#test/support/rights.ts';
import {
  clinician,
  documentOf,
  labBundle,
  laboratory,
  mistyped,
  person,
} from './support/uploads.ts';

const network: Caller = {
  ...{ client: 'registry', token: 'test', role: 'network', scopes: ['system/*.cruds'] },
};
const rao: Partial<Patient> = { name: [{ family: 'Rao' }] };

/** The store, and the names of what it was asked to do. */
const counting = (store: Store): { readonly store: Store; readonly asked: string[] } => {
  const asked: string[] = [];
  const noting = <T extends object>(name: string, part: T): T =>
    new Proxy(part, {
      get: (target, method) => {
        const found = Reflect.get(target, method) as unknown;
        if (typeof found !== 'function') return found;
        return (...given: readonly unknown[]): unknown => {
          asked.push(`${name}.${String(method)}`);
          return Reflect.apply(found, target, given);
        };
      },
    });
  const { resources, records, bytes } = store;
  return {
    asked,
    store: {
      ...store,
      resources: { ...resources, ...spread(noting('resources', resources)) },
      records: { ...records, ...spread(noting('records', records)) },
      bytes: { ...bytes, ...spread(noting('bytes', bytes)) },
    },
  };
};

/** The methods of a proxy as members of their own: the code under test spreads a store. */
const spread = <T extends object>(part: T): T =>
  Object.fromEntries(Object.keys(part).map((name) => [name, part[name as keyof T]])) as T;

for (const engine of engines)
  describe(`what uploads tell on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    let atLab: Send;
    let asked: string[];
    let patient: Patient;
    let number: string;
    const missed: Caller[] = [];
    let isThrottled = false;

    beforeEach(async () => {
      opened = await engine.open();
      const counted = counting(opened.store);
      asked = counted.asked;
      missed.length = 0;
      isThrottled = false;
      inside = openInside(counted.store, {
        enrolOnCreate: true,
        meter: {
          spend: () => undefined,
          checkLookUp: () => {
            if (isThrottled) throw throttled('Too many look-ups have found nothing.', 60);
          },
          missedLookUp: (caller) => missed.push(caller),
        },
      });
      atLab = inside.as(laboratory);
      const made = await inside.by('Organization/b')('POST', 'Patient', { body: person() });
      patient = made.json as Patient;
      number = patient.identifier![0]!.value!;
    });
    afterEach(() => opened.close());

    const during = async (ask: () => Promise<Answered>): Promise<readonly string[]> => {
      asked.length = 0;
      const { status } = await ask();
      expect(status).to.equal(202);
      return [...asked];
    };

    const ways: Readonly<Record<string, (value: string) => Promise<Answered>>> = {
      'a document': (value) => atLab('POST', 'DocumentReference', { body: documentOf(value, rao) }),
      'a transaction': (value) => atLab('POST', '', { body: labBundle(value, rao) }),
    };
    for (const [what, ask] of Object.entries(ways))
      it(`does as much for ${what} of a number that nobody has`, async () => {
        await ask(drawNumber());

        const known = await during(() => ask(number));
        const unknown = await during(() => ask(drawNumber()));

        expect(unknown).to.deep.equal(known);
        expect(known.filter((each) => each === 'resources.commit')).to.have.length(1);
      });

    const refused: Readonly<Record<string, readonly [number, (value: string) => object]>> = {
      'is not valid': [422, (value) => ({ ...documentOf(value), status: 'nonsense' })],
      'is mistyped': [422, (value) => documentOf(mistyped(value))],
      'says nothing of the person': [422, (value) => documentOf(value, { name: [] })],
    };
    for (const [what, [status, bodyOf]] of Object.entries(refused))
      it(`does as much for a number that nobody has in what ${what}`, async () => {
        const lists: (readonly string[])[] = [];
        // The first finds out what later ones know: which definitions are stored here.
        for (const value of [drawNumber(), number, drawNumber()]) {
          asked.length = 0;
          const answer = await atLab('POST', 'DocumentReference', { body: bodyOf(value) });
          expect(answer.status).to.equal(status);
          lists.push([...asked]);
        }

        expect(lists[1]).to.deep.equal(lists[2]);
        expect(lists[1]).not.to.include('resources.commit');
      });

    it('looks nothing up for who may not upload', async () => {
      const atClinic = inside.as(clinician);
      await atClinic('GET', 'Patient/none');
      asked.length = 0;
      await atClinic('GET', 'CapabilityStatement');
      const toKnowTheCaller = asked.splice(0);

      for (const value of [number, drawNumber(), mistyped(number)]) {
        const answer = await atClinic('POST', 'DocumentReference', { body: documentOf(value) });
        expect(answer.status).to.equal(403);
      }

      expect([...new Set(asked)].filter((each) => !toKnowTheCaller.includes(each))).to.deep.equal(
        [],
      );
      expect(missed).to.deep.equal([]);
    });

    it('counts what does not fit as look-ups that find nothing, and limits them', async () => {
      await atLab('POST', 'DocumentReference', { body: documentOf(number, rao) });
      await atLab('POST', 'DocumentReference', { body: documentOf(drawNumber(), rao) });
      await atLab('POST', 'DocumentReference', { body: documentOf(number) });
      expect(missed.map(({ client }) => client)).to.deep.equal(['laboratory', 'laboratory']);

      isThrottled = true;
      const answer = await atLab('POST', 'DocumentReference', { body: documentOf(number) });

      expect(answer.status).to.equal(429);
    });

    it('files with the survivor what names a merged number', async () => {
      const other = person({
        ...{ name: [{ family: 'Iyer', given: ['Meera'] }], birthDate: '1990-09-09' },
        telecom: [{ system: 'phone', value: '+44 20 7946 0999' }],
      });
      const made = await inside.by('Organization/b')('POST', 'Patient', { body: other });
      const survivor = made.json as Patient;
      const reference = (id: string) => ({ valueReference: { reference: `Patient/${id}` } });
      await inside.as(network)('POST', 'Patient/$merge', {
        body: {
          resourceType: 'Parameters',
          parameter: [
            { name: 'source-patient', ...reference(patient.id!) },
            { name: 'target-patient', ...reference(survivor.id!) },
          ],
        },
      });

      const answer = await atLab('POST', 'DocumentReference', {
        body: documentOf(number, { name: [{ family: 'Iyer' }] }),
      });

      expect(answer.status, answer.text).to.equal(201);
      expect(answer.text).to.contain(`Patient/${survivor.id!}`);
    });

    it('names no Patient in the Task of one that does not agree', async () => {
      const { json, text } = await atLab('POST', 'DocumentReference', {
        body: documentOf(number, rao),
      });

      expect((json as Task).resourceType).to.equal('Task');
      expect(text).not.to.contain(patient.id!).and.not.to.contain('Sharma');
    });
  });
