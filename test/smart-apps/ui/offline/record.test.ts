// What of a record a device keeps: all of it, and where it cannot, it says so.

import { expect } from 'chai';
import type { FhirResource } from 'fhir/r4.js';
import type { Ask, Fhir } from '../../../../smart-apps/ui/src/fhir/client.ts';
import { FhirFailure } from '../../../../smart-apps/ui/src/fhir/failure.ts';
import { collectRecord, mostKept } from '../../../../smart-apps/ui/src/offline/record.ts';

const person = { resourceType: 'Patient', id: 'priya' };
const pageOf = (resources: readonly object[], next?: string) => ({
  resourceType: 'Bundle',
  entry: resources.map((resource) => ({ resource })),
  link: next === undefined ? [] : [{ relation: 'next', url: next }],
});

/** Answers by the beginning of the path; everything else is an empty page. */
const serverOf = (answers: Readonly<Record<string, () => unknown>>): Fhir & { asked: string[] } => {
  const asked: string[] = [];
  const ask = async ({ path }: Ask) => {
    asked.push(path);
    const name = Object.keys(answers).find((begin) => path.startsWith(begin));
    const body = name === undefined ? pageOf([]) : answers[name]!();
    return { status: 200, headers: new Headers(), body };
  };
  return { base: '', ask, asked } as unknown as Fhir & { asked: string[] };
};
const patient = { 'Patient/priya': () => person };
const allergy = { resourceType: 'AllergyIntolerance', id: 'a' };

describe('the record that is collected for a device', () => {
  it('has what is on the later pages', async () => {
    const fhir = serverOf({
      ...patient,
      'AllergyIntolerance?': () => pageOf([allergy], 'next-allergies'),
      'next-allergies': () => pageOf([{ ...allergy, id: 'b' }]),
    });

    const { allergies, cut } = await collectRecord(fhir, 'priya');

    expect(allergies.map(({ id }) => id)).to.deep.equal(['a', 'b']);
    expect(cut).to.deep.equal([]);
  });

  it('says of what there is more than it keeps', async () => {
    const many = Array.from({ length: 100 }, () => allergy);
    const endless = () => pageOf(many, 'AllergyIntolerance?more');
    const fhir = serverOf({ ...patient, 'AllergyIntolerance?': endless });

    const { allergies, cut } = await collectRecord(fhir, 'priya');

    expect(allergies).to.have.length(mostKept);
    expect(cut).to.deep.equal(['allergies']);
  });

  it('keeps what could not be read apart from what is not there', async () => {
    const refuse = () => {
      throw new FhirFailure('refused', 403);
    };
    const fhir = serverOf({ ...patient, 'AllergyIntolerance?': refuse });

    const { allergies, unreadable } = await collectRecord(fhir, 'priya');

    expect(allergies).to.deep.equal([]);
    expect(unreadable).to.deep.equal(['allergies']);
  });

  it('throws at every other failure', async () => {
    const fail = () => {
      throw new FhirFailure('network', 0);
    };
    const failure: unknown = await collectRecord(
      serverOf({ ...patient, 'Condition?': fail }),
      'priya',
    ).catch((error: unknown) => error);

    expect(failure).to.be.instanceOf(FhirFailure);
  });

  it('asks for nothing entered in error, and for medicines on hold too', async () => {
    const fhir = serverOf(patient);
    await collectRecord(fhir, 'priya');
    const query = (type: string) =>
      new URLSearchParams(
        fhir.asked.find((path) => path.startsWith(`${type}?`))?.replace(/^.*\?/, ''),
      );

    expect(query('AllergyIntolerance').get('verification-status:not')).to.equal(
      'entered-in-error,refuted',
    );
    expect(query('Observation').get('status:not')).to.equal('entered-in-error,cancelled');
    expect(query('MedicationRequest').get('status')).to.equal('active,on-hold');
  });

  it('carries the name of a medicine that is only referred to', async () => {
    const order: FhirResource = {
      ...{ resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: {} },
      medicationReference: { reference: 'Medication/m' },
    };
    const medicine = { resourceType: 'Medication', id: 'm', code: { text: 'Metformin' } };
    const entry = [{ resource: order }, { resource: medicine, search: { mode: 'include' } }];
    const fhir = serverOf({
      ...patient,
      'MedicationRequest?': () => ({ resourceType: 'Bundle', entry }),
    });

    const { medicines } = await collectRecord(fhir, 'priya');

    expect(medicines[0]?.medicationCodeableConcept?.text).to.equal('Metformin');
  });
});
