// Visit: who takes part, and how.

import { expect } from 'chai';
import type { Appointment } from 'fhir/r4.js';
import { actorOf, doctorOf, idOf, modeOf } from '../../../../smart-apps/ui/src/visits/visit.ts';

const visitOf = (...actors: readonly (readonly [string, string?])[]): Appointment => ({
  ...{ resourceType: 'Appointment', status: 'booked' },
  extension: [
    { url: 'https://meridian.example/StructureDefinition/visit-mode', valueCode: 'video' },
  ],
  participant: actors.map(([reference, display]) => ({
    ...{ status: 'accepted', actor: { reference, ...(display === undefined ? {} : { display }) } },
  })),
});

describe('a visit', () => {
  it('says whether it is by video, and nothing where it does not say', () => {
    const visit = visitOf();

    expect(modeOf(visit)).to.equal('video');
    expect(modeOf({ ...visit, extension: [] })).to.equal(undefined);
    expect(
      modeOf({ ...visit, extension: [{ ...visit.extension![0]!, valueCode: 'letter' }] }),
    ).to.equal(undefined);
  });

  it('is with the doctor, or with the service where nobody is named', () => {
    const service = ['HealthcareService/s', 'Heart clinic'] as const;

    expect(doctorOf(visitOf(service, ['Practitioner/p', 'Dr. Rao']))).to.equal('Dr. Rao');
    expect(doctorOf(visitOf(['Patient/a', 'Priya'], service))).to.equal('Heart clinic');
    expect(doctorOf(visitOf(['Practitioner/p']))).to.equal('');
  });

  it('tells its patient from those who are only called alike', () => {
    const visit = visitOf(['PatientPortal/x'], ['Patient/p']);

    expect(idOf(actorOf(visit, 'Patient')?.reference)).to.equal('p');
  });
});
