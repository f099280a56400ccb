// Consents: what is shared with whom until when, read from a Consent and written as one. conformance/sharing/consent.md

import type { Consent } from 'fhir/r4';
import { groupsIn, kindSystem, securityLabelsOf } from './kinds.ts';

export interface Shared {
  /** `Organization/1`, `Practitioner/1`; none: everybody. */
  readonly actors: readonly string[];
  /** Sharing kinds, and names of resource types; none: everything. */
  readonly kinds: readonly string[];
  readonly sensitive: readonly string[];
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly isDenial: boolean;
}

export const sharedBy = ({ provision, policyRule, dateTime }: Consent): Shared => ({
  actors: actorsOf(provision),
  kinds: (provision?.class ?? []).flatMap(({ code }) => code ?? []),
  sensitive: groupsIn(provision?.securityLabel),
  since: provision?.period?.start ?? dateTime,
  until: provision?.period?.end,
  isDenial:
    (provision?.type ?? (policyRule?.coding?.[0]?.code === 'OPTOUT' ? 'deny' : 'permit')) ===
    'deny',
});

/** It makes somebody stand for the patient and shares nothing with staff. */
export const isProxys = ({ provision }: Consent): boolean =>
  actorsOf(provision).some((actor) => actor.startsWith('RelatedPerson/'));

/** It counts now; one without an end counts until it is taken back. */
export const isInForce = ({ status, provision }: Consent, now = Date.now()): boolean => {
  const end = provision?.period?.end;
  return status === 'active' && (end === undefined || endOfPeriod(end) > now);
};

export interface Giving {
  /** Logical id. */
  readonly patient: string;
  /** `Organization/1` or `Practitioner/1` */
  readonly to: string;
  readonly kinds: readonly string[];
  readonly sensitive: readonly string[];
  /** An instant. */
  readonly until: string;
}

/** A Consent by the patient, in the form of IHE PCF. */
export const consentOf = (giving: Giving, now = new Date()): Consent => {
  const { patient, to, kinds, sensitive, until } = giving;
  const labels = securityLabelsOf(sensitive);
  const who = { reference: `Patient/${patient}` };
  const at = now.toISOString();
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: hl7('consentscope'), code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: who,
    dateTime: at,
    performer: [who],
    policyRule: { coding: [{ system: hl7('v3-ActCode'), code: 'OPTIN' }] },
    provision: {
      type: 'permit',
      period: { start: at, end: until },
      actor: [
        {
          role: { coding: [{ system: hl7('v3-ParticipationType'), code: 'IRCP' }] },
          reference: { reference: to },
        },
      ],
      purpose: [{ system: hl7('v3-ActReason'), code: 'TREAT' }],
      class: kinds.map((code) => ({ system: kindSystem, code })),
      ...(labels.length === 0 ? {} : { securityLabel: [...labels] }),
    },
  };
};

const hl7 = (name: string): string => `http://terminology.hl7.org/CodeSystem/${name}`;

const actorsOf = (provision: Consent['provision']): readonly string[] =>
  (provision?.actor ?? []).flatMap(({ reference }) => reference.reference ?? []);

/** A day as an end is meant to its last moment. */
const endOfPeriod = (end: string): number =>
  end.includes('T') ? Date.parse(end) : Date.parse(end) + 86_400_000;
