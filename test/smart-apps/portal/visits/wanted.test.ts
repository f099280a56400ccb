// Wanted: which services fit what somebody looks for, and what there is to choose from.

import { expect } from 'chai';
import type { HealthcareService, Location } from 'fhir/r4.js';
import {
  choicesOf,
  fitting,
  nothingWanted,
} from '../../../../smart-apps/portal/src/visits/wanted.ts';

const service = (id: string, specialty: string, language: string, place: string) =>
  ({
    ...{ resourceType: 'HealthcareService', id },
    specialty: [{ coding: [{ system: 'urn:s', code: specialty, display: specialty }] }],
    communication: [{ coding: [{ code: language }] }],
    location: [{ reference: `Location/${place}` }],
  }) satisfies HealthcareService;

const places: readonly Location[] = [
  { resourceType: 'Location', id: 'p', address: { city: 'Pune' } },
  { resourceType: 'Location', id: 'c', address: { city: 'Chennai' } },
];
const services = [service('a', 'Heart', 'hi', 'p'), service('b', 'Nerves', 'ta', 'c')];
const known = {
  places,
  priceOf: (id: string) => ({ a: 800 })[id],
};
const idsFor = (wanted: Partial<typeof nothingWanted>) =>
  fitting(services, { ...nothingWanted, ...wanted }, known).map(({ id }) => id);

describe('what is wanted of a visit', () => {
  it('fits everything while nothing is said', () => {
    expect(idsFor({})).to.deep.equal(['a', 'b']);
  });

  it('is held against specialty, language and place, all together', () => {
    expect(idsFor({ specialty: 'urn:s|Heart' })).to.deep.equal(['a']);
    expect(idsFor({ language: 'ta' })).to.deep.equal(['b']);
    expect(idsFor({ city: 'Pune' })).to.deep.equal(['a']);
    expect(idsFor({ city: 'Pune', language: 'ta' })).to.deep.equal([]);
  });

  it('leaves out what costs more, and keeps what has no known price', () => {
    expect(idsFor({ most: '700' })).to.deep.equal(['b']);
    expect(idsFor({ most: '800' })).to.deep.equal(['a', 'b']);
  });

  it('can be chosen from what there is, each once and in order', () => {
    const choices = choicesOf([...services, service('c', 'Heart', 'en', 'p')], places);

    expect(choices.specialties.map(({ label }) => label)).to.deep.equal(['Heart', 'Nerves']);
    expect(choices.languages).to.deep.equal(['en', 'hi', 'ta']);
    expect(choices.cities.map(({ value }) => value)).to.deep.equal(['Chennai', 'Pune']);
  });
});
