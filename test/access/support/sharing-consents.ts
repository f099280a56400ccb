// Consents about sharing at random: of the kinds that the rules tell apart, some of them nonsense.

import { kindSystem } from '#src/sharing/kinds.ts';
import type { Chance } from '#test/support/chance.ts';

const to = (reference: string) => ({ reference });
const coded = (system: string, code: string) => ({ coding: [{ system, code }] });

export const restricted = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  code: 'R',
};
const typeSystem = 'http://hl7.org/fhir/resource-types';
const reasons = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

export const randomSharing = (chance: Chance, patient: string): object => ({
  status: chance.below(10) === 0 ? 'inactive' : 'active',
  scope: coded(
    'http://terminology.hl7.org/CodeSystem/consentscope',
    chance.below(10) === 0 ? 'research' : 'patient-privacy',
  ),
  category: [{ text: 'x' }],
  policyRule: { text: 'x' },
  patient: to(patient),
  provision: randomRule(chance),
});

const randomRule = (chance: Chance): object => {
  const type = chance.pick(['permit', 'permit', 'permit', 'deny']);
  // What is denied to everybody by less than whole kinds is denied more widely than said, which is told in words, not here.
  if (type === 'deny' && chance.below(3) === 0)
    return { type, ...chance.pick([{}, withClasses(chance), withData(chance)]) };
  const inside = chance.below(4) === 0 ? { provision: [randomPart(chance)] } : {};
  return { ...randomPart(chance), type, actor: [actorOf(chance)], ...inside };
};

const randomPart = (chance: Chance): object => ({
  type: chance.pick(['permit', 'deny']),
  ...(chance.below(2) === 0 ? { actor: [actorOf(chance)] } : {}),
  ...chance.pick([{}, {}, withClasses(chance), withClasses(chance), withData(chance)]),
  ...chance.pick([
    ...[{}, {}, {}, {}, {}, {}, { code: [coded('http://codes.example', 'x')] }],
    { securityLabel: [restricted] },
    { dataPeriod: { start: '2020-01-01', end: '2021-01-01' } },
  ]),
  ...chance.pick([
    ...[{}, {}, {}, {}, {}, { purpose: [{ system: reasons, code: 'TREAT' }] }],
    { purpose: [{ system: reasons, code: 'HRESCH' }] },
  ]),
  ...chance.pick([
    ...[{}, {}, {}, {}, {}, { period: { start: '2001-01-01' } }],
    ...[{ period: { end: '2001-01-01' } }, { period: { start: '2199-01-01' } }],
  ]),
});

const actorOf = (chance: Chance): object => ({
  role: coded('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP'),
  reference: to(
    chance.pick([
      ...['Organization/h1', 'Organization/h1', 'Organization/h2', 'Organization/h2'],
      ...['Practitioner/d1', 'Practitioner/d2', 'PractitionerRole/r1', 'PractitionerRole/r2'],
    ]),
  ),
});

const withClasses = (chance: Chance): object => ({
  class: [
    chance.pick([
      { system: kindSystem, code: 'results' },
      { system: kindSystem, code: 'medications' },
      { system: kindSystem, code: 'documents' },
      { system: kindSystem, code: 'everything' },
      { system: typeSystem, code: 'Observation' },
      { system: typeSystem, code: 'Encounter' },
    ]),
  ],
});

const withData = (chance: Chance): object => ({
  data: [
    {
      meaning: 'instance',
      reference: to(chance.pick(['DocumentReference/w1', 'Observation/o1', 'Observation/o2'])),
    },
  ],
});
