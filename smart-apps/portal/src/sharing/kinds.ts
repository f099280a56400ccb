// Kinds: the words in which a person shares the record, and those for what stays closed unless it is named.
// conformance/sharing/consent.md

import type { Coding } from 'fhir/r4';

export const kindSystem = 'https://meridian.example/CodeSystem/sharing-kind';

/** `everything`, or some of the others. */
export const kinds = [
  'everything',
  'results',
  'vitals',
  'lifestyle',
  'medications',
  'documents',
  'conditions',
  'allergies',
  'immunizations',
  'procedures',
  'visits',
  'appointments',
  'plans',
] as const;

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const sensitivity = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

/** Groups of security labels, as a person thinks of them. */
export const sensitiveGroups: Readonly<Record<string, readonly Coding[]>> = {
  mind: codings(sensitivity, 'MH PSY PSYTHPN BH COGN DVD EMOTDIS'),
  substances: codings(sensitivity, 'ETH ETHUD SUD OPIOIDUD TBOO'),
  sexual: codings(sensitivity, 'HIV STD SEX SEXUALITY'),
  violence: codings(sensitivity, 'SDV VIO SCA'),
  genetic: codings(sensitivity, 'GDIS SICKLE'),
  restricted: codings(confidentiality, 'R V'),
};

/** What carries no label: without it the labelled ones alone would be given. */
const ordinary: Coding = { system: confidentiality, code: 'N' };

/** Labels of the groups, for `$approve-access`. */
export const labelsOf = (groups: readonly string[]): readonly Coding[] =>
  groups.flatMap((group) => sensitiveGroups[group] ?? []);

/** Labels of the groups, for a Consent of one's own. */
export const securityLabelsOf = (groups: readonly string[]): readonly Coding[] =>
  groups.length === 0 ? [] : [ordinary, ...labelsOf(groups)];

/** The groups that a Consent's labels are of. */
export const groupsIn = (labels: readonly Coding[] = []): readonly string[] =>
  Object.keys(sensitiveGroups).filter((group) =>
    sensitiveGroups[group]!.some(({ code }) => labels.some((label) => label.code === code)),
  );

function codings(system: string, codes: string): readonly Coding[] {
  return codes.split(' ').map((code) => ({ system, code }));
}
