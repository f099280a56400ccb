// consent-for: the Consent a patient gives when a request for access is approved.
// https://profiles.ihe.net/ITI/PCF/StructureDefinition-IHE.PCF.consentBasic.html

import type { Resource } from '../fhir/resource.ts';
import { purposeSystem, type Asked } from './asked.ts';
import { kindSystem } from './kinds.ts';

export interface Label {
  readonly system: string;
  readonly code: string;
}

export interface Giving {
  readonly asked: Asked;
  /** Whether all of the organization may see it, or who asked alone. */
  readonly to: 'organization' | 'person';
  /** Of sensitive records that are given as well. */
  readonly labels: readonly Label[];
  /** Logical id. */
  readonly patient: string;
  /** Who says so besides the patient: the `RelatedPerson/1` who answered for them. */
  readonly proxy?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Where the patient told a one-time code, and to whom. */
  readonly desk?: { readonly organization: string; readonly person?: string };
}

export const consentFor = ({ asked, to, labels, patient, proxy, at, desk }: Giving): Resource => {
  const reference = `Patient/${patient}`;
  const time = new Date(at).toISOString();
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: scopes, code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference },
    dateTime: time,
    // The patient is among them whoever answers, so that the patient can take it back.
    performer: [{ reference }, ...(proxy === undefined ? [] : [{ reference: proxy }])],
    policyRule: { coding: [{ system: actCodes, code: 'OPTIN' }] },
    ...(desk === undefined ? {} : { verification: [verificationOf(desk, reference, time)] }),
    provision: {
      type: 'permit',
      period: asked.period,
      actor: [
        {
          role: { coding: [{ system: participations, code: 'IRCP' }] },
          reference: {
            reference: to === 'person' && asked.person ? asked.person : asked.organization,
          },
        },
      ],
      purpose: [{ system: purposeSystem, code: asked.purpose }],
      class: asked.kinds.map((code) => ({ system: kindSystem, code })),
      // Those without a label are named by "N": without it the labelled ones alone would be given.
      ...(labels.length === 0 ? {} : { securityLabel: [ordinary, ...labels] }),
    },
  };
};

const ordinary: Label = {
  ...{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'N' },
};
const scopes = 'http://terminology.hl7.org/CodeSystem/consentscope';
const actCodes = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const participations = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';

/** Says that it was by a code, at whose desk, and who took it. */
const verificationOf = (
  { organization, person }: NonNullable<Giving['desk']>,
  patient: string,
  time: string,
): object => ({
  extension: [
    { url: deskUrl, valueReference: { reference: organization } },
    ...(person === undefined ? [] : [{ url: takerUrl, valueReference: { reference: person } }]),
  ],
  verified: true,
  verifiedWith: { reference: patient },
  verificationDate: time,
});

export const deskUrl = 'https://meridian.example/StructureDefinition/code-desk';
export const takerUrl = 'https://meridian.example/StructureDefinition/code-taker';
