// sensitive: the labels of records that nobody shares by sharing all, and the plans that tell such records.
// https://hl7.org/fhir/R4/security-labels.html

import type { Definitions } from '../fhir/definitions/types.ts';
import { and, not, or, type Plan, type TokenLeaf } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import { isShareable } from './kinds.ts';
import type { Coding } from './provision.ts';

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

/** Restricted and very restricted; and the codes below `_InformationSensitivityPolicy`. */
const restricted = ['R', 'V'];
const topics =
  'ETH GDIS HIV MST SCA SDV SEX SEXUALITY SPI BH COGN DVD EMOTDIS MH PSY PSYTHPN SUD ETHUD OPIOIDUD STD TBOO VIO ' +
  'SICKLE DEMO DOB GENDER LIVARG MARST RACE REL B EMPL LOCIS SSP ADOL CEL DIA DRGIS EMP PDS PHY PRS';

const sensitiveLabels: readonly Coding[] = [
  ...restricted.map((code) => ({ system: confidentiality, code })),
  ...topics.split(' ').map((code) => ({ system: actCode, code })),
];

/** Records that carry a label of these, on the resource or where its type has a place of its own. */
export const sensitive = (definitions: Definitions): Plan => carrying(sensitiveLabels, definitions);

/**
 * The records a rule with these labels is about: those of which every sensitive label is named, and those without any where an
 * ordinary confidentiality is named: "N" is what is meant where nothing is said.
 */
export const labelled = (labels: readonly Coding[], definitions: Definitions): Plan => {
  const [named, others] = [true, false].map((wanted) =>
    sensitiveLabels.filter((label) => labels.some((each) => isSame(each, label)) === wanted),
  );
  const isOrdinary = labels.some(({ code }) => ordinary.has(code));
  return and(
    not(carrying(others!, definitions)),
    or(carrying(named!, definitions), isOrdinary ? not(sensitive(definitions)) : or()),
  );
};

/** Records that carry one of the labels; where an ordinary confidentiality is among them, those without any sensitive one, too. */
export const touched = (labels: readonly Coding[], definitions: Definitions): Plan =>
  or(
    carrying(labels, definitions),
    labels.some(({ code }) => ordinary.has(code)) ? not(sensitive(definitions)) : or(),
  );

const ordinary: ReadonlySet<string> = new Set(['N', 'M', 'L', 'U']);

const isSame = (one: Coding, other: Coding): boolean =>
  one.code === other.code && (one.system === undefined || one.system === other.system);

const carrying = (labels: readonly Coding[], definitions: Definitions): Plan => {
  if (labels.length === 0) return or();
  const params = paramsOf(definitions);
  const leaf: TokenLeaf = { op: 'token', params, any: labels };
  // An element of type code carries no system.
  const bare = labels.filter(({ system }) => system === undefined || system === confidentiality);
  const inComposition: TokenLeaf = {
    ...{ op: 'token', params: valueParams('Composition', 'confidentiality', definitions) },
    any: bare.map(({ code }) => ({ code })),
  };
  return or(leaf, bare.length > 0 ? inComposition : or());
};

const cache = new WeakMap<Definitions, readonly string[]>();

/** The same for all types, so that those that are shared alike have the same plan. */
const paramsOf = (definitions: Definitions): readonly string[] => {
  const known = cache.get(definitions);
  if (known) return known;
  const types = definitions.resourceTypes.filter(
    (type) => type === 'Patient' || isShareable(type, definitions),
  );
  const params = [
    ...types.flatMap((type) => valueParams(type, '_security', definitions)),
    ...valueParams('DocumentReference', 'security-label', definitions),
  ];
  cache.set(definitions, params);
  return params;
};
