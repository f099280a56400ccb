// What the seed makes up: the same for the same origin, never the same thing twice, and nothing before its time.

import { expect } from 'chai';
import type {
  Appointment,
  DocumentReference,
  FhirResource,
  Observation,
  Patient,
} from 'fhir/r4.js';
import { clinics, timeAt } from '../../seed/clinics.ts';
import { pdfOf } from '../../seed/pdf.ts';
import { createProgress } from '../../seed/progress.ts';
import { directories, recordOf } from '../../seed/records.ts';

const origin = { seed: 'meridian', day: '2026-11-21' };
const partsOf = (from: number, to: number, of = origin) =>
  Array.from({ length: to - from + 1 }, (_, at) => recordOf(from + at, of)).flat();
const all: readonly FhirResource[] = partsOf(1, 200).flatMap(({ resources }) => resources);
const ofType = <T extends FhirResource>(type: T['resourceType']): readonly T[] =>
  all.filter((each): each is T => each.resourceType === type);
const nameOf = ({ resourceType, id }: FhirResource): string => `${resourceType}/${id!}`;

describe('seed/records', () => {
  it('says the same again for the same seed and day', () => {
    expect(JSON.stringify(partsOf(1, 50))).to.equal(JSON.stringify(partsOf(1, 50)));
  });

  it('says of a patient the same however many there are besides', () => {
    expect(recordOf(17, origin)).to.deep.equal(partsOf(10, 20).filter(isOf('seed-17')));
  });

  it('makes other people of another word', () => {
    expect(recordOf(1, { ...origin, seed: 'other' })).to.not.deep.equal(recordOf(1, origin));
  });

  it('gives nothing the same name twice', () => {
    const names = all.map(nameOf);

    expect(new Set(names).size).to.equal(names.length);
  });

  it('names every reference it makes', () => {
    const listed = directories(origin).flatMap(({ resources }) => resources);
    const names = new Set([...listed, ...all].map(nameOf));
    const text = JSON.stringify([listed, all]);
    const references = [...text.matchAll(/"reference":"([^"]+)"/g)].map(([, found]) => found!);

    expect(references.filter((reference) => !names.has(reference))).to.deep.equal([]);
  });

  it('never gives a health ID', () => {
    const systems = ofType<Patient>('Patient').flatMap(({ identifier = [] }) =>
      identifier.map(({ system }) => system!),
    );

    expect([...new Set(systems)].sort()).to.deep.equal([
      'https://kaveri.example/mrn',
      'https://lakeside.example/mrn',
      'https://meridian.example/seed',
      'https://sahyadri.example/mrn',
    ]);
  });

  it('measures nobody before they are born, and nobody after the day', () => {
    const births = new Map(ofType<Patient>('Patient').map((each) => [each.id, each.birthDate!]));
    const wrong = ofType<Observation>('Observation').filter(({ subject, effectiveDateTime }) => {
      const day = effectiveDateTime!.slice(0, 10);
      return day <= births.get(subject!.reference!.slice(8))! || day > origin.day;
    });

    expect(wrong).to.deep.equal([]);
  });

  it('shows values that change over the visits', () => {
    const values = ofType<Observation>('Observation')
      .filter(({ id }) => /^seed-\d+-1-\d+-hba1c$/.test(id!))
      .map(({ subject, valueQuantity }) => [subject!.reference!, valueQuantity!.value!] as const);
    const byPatient = Map.groupBy(values, ([patient]) => patient);

    expect(byPatient.size).to.be.greaterThan(5);
    for (const [patient, series] of byPatient)
      expect(series.at(-1)![1], patient).to.be.lessThan(series[0]![1]);
  });

  it('keeps what each hospital wrote with that hospital, and sharing with the patient', () => {
    for (const { custodian, resources } of partsOf(1, 200))
      for (const each of resources)
        if (each.resourceType === 'Encounter')
          expect(each.serviceProvider!.reference).to.equal(custodian);
        else if (each.resourceType === 'Consent' && each.id!.endsWith('-sharing'))
          expect(each.patient!.reference).to.equal(custodian);
  });

  it('gives every proxy an end', () => {
    const proxies = all.filter(
      (each) => each.resourceType === 'Consent' && /-proxy$/.test(each.id!),
    );

    expect(proxies.length).to.be.greaterThan(20);
    for (const each of proxies) expect(each).to.have.nested.property('provision.period.end');
  });

  it('has a price for each service whose visits can be booked', () => {
    const listed = directories(origin).flatMap(({ resources }) => resources);
    const idsOf = (type: string) =>
      listed.filter(({ resourceType }) => resourceType === type).map(({ id }) => id);

    expect(idsOf('Schedule')).to.have.length(18);
    expect(idsOf('HealthcareService')).to.deep.equal(idsOf('Schedule'));
    expect(idsOf('ChargeItemDefinition')).to.deep.equal(idsOf('Schedule'));
  });

  it('books no time of a doctor twice', () => {
    const times = ofType<Appointment>('Appointment')
      .filter(({ status }) => status === 'booked')
      .map(({ slot }) => slot![0]!.reference);

    expect(new Set(times).size).to.equal(times.length);
  });
});

const isOf =
  (patient: string) =>
  ({ resources }: ReturnType<typeof recordOf>[number]): boolean =>
    resources.some(({ id = '' }) => id === patient || id.startsWith(`${patient}-`));

describe('seed/clinics', () => {
  it('leaves out Sundays and holidays, and every second time', () => {
    const [clinic] = clinics;
    const times = Array.from({ length: 11 }, (_, nth) => timeAt(clinic!, '2027-01-23', nth));

    // A Saturday; the 26th is Republic Day.
    expect([...new Set(times.map(({ day }) => day))]).to.deep.equal([
      ...['2027-01-23', '2027-01-25', '2027-01-27'],
    ]);
    expect(times.slice(0, 2).map(({ from }) => from)).to.deep.equal([570, 620]);
  });
});

describe('seed/documents', () => {
  it('holds PDFs whose table says where each object begins', () => {
    const text = Buffer.from(pdfOf(['A (line)', 'नमस्ते'])).toString('latin1');
    const places = [...text.matchAll(/^(\d{10}) 00000 n /gm)].map(([, place]) => Number(place));

    expect(places).to.have.length(5);
    for (const [at, place] of places.entries())
      expect(text.slice(place)).to.match(new RegExp(`^${String(at + 1)} 0 obj`));
    expect(text.slice(Number(/startxref\n(\d+)/.exec(text)![1]))).to.match(/^xref/);
    expect(text).to.contain('(A \\(line\\))');
  });

  it('says how long each document is', () => {
    for (const { content } of ofType<DocumentReference>('DocumentReference')) {
      const { data, size } = content[0]!.attachment;
      expect(Buffer.from(data!, 'base64')).to.have.length(size!);
    }
  });
});

describe('seed/progress', () => {
  const write = (isTTY: boolean): string => {
    let text = '';
    const screen = { isTTY, write: (more: string | Uint8Array) => Boolean((text += String(more))) };
    const show = createProgress(screen);
    for (const patients of [1, 2, 50, 100]) show({ patients, of: 100, written: patients * 40 });
    return text;
  };

  it('draws a bar where somebody watches', () => {
    expect(write(true).split('\r')).to.have.length(5);
    expect(write(true)).to.contain('50 %  50 of 100 patients, 2000 new resources');
  });

  it('writes few lines into a log', () => {
    expect(write(false).trim().split('\n')).to.have.length(2);
  });
});
