// sensitive: what nobody shares by sharing all: records with certain labels, and those of several patients at once. As index
// values and as the plans that tell such records.
// https://hl7.org/fhir/R4/security-labels.html

import type { Definitions } from '../fhir/definitions/types.ts';
import { isObject, listOf, type Resource } from '../fhir/resource.ts';
import type { Entry } from '../search/entry.ts';
import { compartmentParam } from '../search/build-registry.ts';
import { and, not, nothing, or, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import { codingsOf, type Coding } from './provision.ts';

/** The index param of sensitive labels, the same for all types. No client can search by it. */
const sensitiveParam = 'Resource._sensitive';

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

/** Restricted and very restricted; and the codes below `_InformationSensitivityPolicy`. */
const restricted = 'R V';
const topics =
  'ETH GDIS HIV MST SCA SDV SEX SEXUALITY SPI BH COGN DVD EMOTDIS MH PSY PSYTHPN SUD ETHUD OPIOIDUD STD TBOO VIO ' +
  'SICKLE DEMO DOB GENDER LIVARG MARST RACE REL B EMPL LOCIS SSP ADOL CEL DIA DRGIS EMP PDS PHY PRS';

const sensitiveLabels: readonly Coding[] = [
  ...restricted.split(' ').map((code) => ({ system: confidentiality, code })),
  ...topics.split(' ').map((code) => ({ system: actCode, code })),
];

/** By the resource's own labels, and where its type has a place of its own for them. */
export const sensitiveEntries = (resource: Resource): readonly Entry[] => {
  const { meta, securityLabel, confidentiality: code } = resource;
  const found = [
    ...(isObject(meta) ? codingsOf(meta['security']) : []),
    ...listOf(securityLabel).flatMap(({ coding }) => codingsOf(coding)),
    ...(typeof code === 'string' ? [{ system: confidentiality, code }] : []),
  ];
  return sensitiveLabels
    .filter((label) => found.some((each) => isSame(each, label)))
    .map((label) => ({ kind: 'token', param: sensitiveParam, n: 0, system: '', ...label }));
};

/** The index param of what is in the records of several patients: one of them alone does not share it. */
const severalParam = 'Resource._several';

/** `entries` are those the resource has so far. */
export const severalEntries = (
  { resourceType }: Resource,
  entries: readonly Entry[],
): readonly Entry[] => {
  // Who is linked with whom is in a Patient's own record.
  if (resourceType === 'Patient') return [];
  const patients = entries.filter(
    (entry) =>
      entry.kind === 'reference' &&
      entry.param === compartmentParam &&
      entry.target.startsWith('Patient/'),
  );
  if (patients.length < 2) return [];
  return [{ kind: 'token', param: severalParam, n: 0, system: '', code: 'patients' }];
};

export const several: Plan = { op: 'present', kind: 'token', params: [severalParam] };

/** Records that carry one of these labels. */
export const sensitive: Plan = { op: 'present', kind: 'token', params: [sensitiveParam] };

/** Either: what a Consent that names no label does not open. */
export const withheld: Plan = {
  ...{ op: 'present', kind: 'token', params: [sensitiveParam, severalParam] },
};

/**
 * The records a permit with these labels is about: those of which every sensitive label is named, and those without any where an
 * ordinary confidentiality is named: "N" is what is meant where nothing is said.
 */
export const labelled = (labels: readonly Coding[]): Plan => {
  const [named, others] = [true, false].map((wanted) =>
    sensitiveLabels.filter((label) => labels.some((each) => isSame(each, label)) === wanted),
  );
  return and(
    not(carrying(others!, [sensitiveParam])),
    or(carrying(named!, [sensitiveParam]), ordinaryOf(labels)),
  );
};

/** The records of a type that carry one of the labels, whatever they are. */
export const touched = (labels: readonly Coding[], type: string, definitions: Definitions): Plan =>
  or(
    carrying(labels, valueParams(type, '_security', definitions)),
    carrying(labels, [sensitiveParam]),
    ordinaryOf(labels),
  );

const ordinaryOf = (labels: readonly Coding[]): Plan =>
  labels.some(({ code }) => ordinary.has(code)) ? not(sensitive) : nothing;

const ordinary: ReadonlySet<string> = new Set(['N', 'M', 'L', 'U']);

const carrying = (any: readonly Coding[], params: readonly string[]): Plan =>
  any.length === 0 ? nothing : { op: 'token', params, any };

/** A label without a system is taken for one of these: too much is withheld rather than too little. */
const isSame = (one: Coding, other: Coding): boolean =>
  one.code === other.code && (one.system === undefined || one.system === other.system);
