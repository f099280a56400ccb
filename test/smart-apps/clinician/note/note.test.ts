// A visit note: what can be measured, and the transaction it becomes.

import { expect } from 'chai';
import type { Appointment, DocumentReference, Encounter, Observation } from 'fhir/r4.js';
import { entriesOf, type Visited } from '../../../../smart-apps/clinician/src/note/entries.ts';
import { faultsOf, newNote, type Note } from '../../../../smart-apps/clinician/src/note/note.ts';
import {
  impossible,
  nothingMeasured,
  observationsOf,
  type Measured,
} from '../../../../smart-apps/clinician/src/note/vitals.ts';

const key = '6f1c1d3e-0000-4000-8000-0000000000fe';
const measured = (more: Partial<Measured>): Measured => ({ ...nothingMeasured, ...more });
const note = (more: Partial<Note> = {}): Note => ({ ...newNote(key), text: 'Well.', ...more });
const visited = (more: Partial<Visited> = {}): Visited => ({
  ...{ patient: 'p', author: { reference: 'Practitioner/d' }, custodian: undefined },
  ...{ encounter: undefined, appointment: undefined, isOver: true, title: 'Visit note' },
  ...{ at: '2026-11-21T10:20:00.000Z', begun: '2026-11-21T10:00:00.000Z' },
  ...more,
});
const under: Encounter = {
  ...{ resourceType: 'Encounter', id: 'e', meta: { versionId: '3' }, status: 'in-progress' },
  ...{ class: { code: 'AMB' }, period: { start: '2026-11-21T09:00:00.000Z' } },
};
const booked: Appointment = {
  ...{ resourceType: 'Appointment', id: 'a', meta: { versionId: '5' }, status: 'arrived' },
  participant: [{ status: 'accepted' }],
};

const resourceIn = (entries: ReturnType<typeof entriesOf>, type: string): unknown =>
  entries.find(({ resource }) => resource?.resourceType === type)?.resource;

describe('what is measured at a visit', () => {
  for (const [values, faults] of [
    [{}, []],
    [{ systolic: '120', diastolic: '80', temperature: '36,8' }, []],
    [{ systolic: '120' }, ['diastolic']],
    [{ diastolic: '80' }, ['systolic']],
    [{ systolic: '80', diastolic: '120' }, ['diastolic']],
    [{ temperature: '98.6' }, ['temperature']],
    [{ oxygen: '101' }, ['oxygen']],
    [{ weight: 'heavy' }, ['weight']],
  ] as const)
    it(`${JSON.stringify(values)} ${faults.length === 0 ? 'can be' : 'is refused'}`, () => {
      expect(impossible(measured(values))).to.deep.equal(faults);
    });

  it('is in units of UCUM, a blood pressure as one', () => {
    const found = observationsOf(
      measured({ systolic: '120', diastolic: '80', weight: '70.5' }),
      {},
    );

    expect(found.map(({ code }) => code.coding?.[0]?.code)).to.deep.equal(['85354-9', '29463-7']);
    expect(found[0]?.component?.map(({ valueQuantity }) => valueQuantity)).to.deep.equal(
      [120, 80].map((value) => ({
        ...{ value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
      })),
    );
    expect(found[1]?.valueQuantity?.value).to.equal(70.5);
  });
});

describe('a visit note', () => {
  it('begins a visit and ends it, with everything of it in one transaction', () => {
    const problems = [{ what: { text: 'Fever' }, certainty: 'provisional' }] as const;
    const entries = entriesOf(note({ problems, measured: measured({ pulse: '90' }) }), visited());

    expect(entries.map(({ request }) => request?.url)).to.deep.equal([
      ...['Encounter', 'Condition', 'Observation', 'DocumentReference'],
    ]);
    expect(new Set(entries.map(({ fullUrl }) => fullUrl)).size).to.equal(4);
    const { status, period } = resourceIn(entries, 'Encounter') as Encounter;
    expect({ status, period }).to.deep.equal({
      ...{ status: 'finished' },
      period: { start: '2026-11-21T10:00:00.000Z', end: '2026-11-21T10:20:00.000Z' },
    });
    const { encounter } = resourceIn(entries, 'Observation') as Observation;
    expect(encounter).to.deep.equal({ reference: entries[0]!.fullUrl });
  });

  it('ends the visit that is under way, and the appointment, if nobody changed them meanwhile', () => {
    const entries = entriesOf(note(), visited({ encounter: under, appointment: booked }));

    expect(
      entries
        .filter(({ request }) => request?.method === 'PUT')
        .map(({ request, resource }) => [
          request?.url,
          request?.ifMatch,
          (resource as Encounter | Appointment).status,
        ]),
    ).to.deep.equal([
      ['Encounter/e', 'W/"3"', 'finished'],
      ['Appointment/a', 'W/"5"', 'fulfilled'],
    ]);
  });

  it('that is to be gone on with ends nothing and is not signed', () => {
    const entries = entriesOf(
      note(),
      visited({ encounter: under, appointment: booked, isOver: false }),
    );

    const { docStatus, authenticator } = resourceIn(
      entries,
      'DocumentReference',
    ) as DocumentReference;
    expect(entries).to.have.length(1);
    expect([docStatus, authenticator]).to.deep.equal(['preliminary', undefined]);
  });

  it('keeps every letter of its text', () => {
    const text = 'दवा जारी रखें – 5 µg 😀';
    const entries = entriesOf(note({ text }), visited());

    const [{ attachment }] = (resourceIn(entries, 'DocumentReference') as DocumentReference)
      .content as [{ attachment: { data: string; size: number } }];
    expect(Buffer.from(attachment.data, 'base64').toString('utf8')).to.equal(text);
    expect(attachment.size).to.equal(Buffer.byteLength(text));
  });

  it('lacks its text, or names what cannot have been measured', () => {
    const faults = faultsOf(note({ text: ' ', measured: measured({ pulse: '900' }) }));

    expect(faults).to.deep.equal(['vital-pulse', 'note-text']);
  });
});
