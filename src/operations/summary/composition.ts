// composition: the first page of a patient summary: whose it is, who made it, and its sections.
// https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-Composition-uv-ips.html

import type { Composition, CompositionSection, Device } from 'fhir/r4.js';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { FilledSection, Told } from './fill-sections.ts';
import { generated, narrativeOf, paragraph } from './narrative.ts';
import { tell, type Resolve } from './tell.ts';

export const compositionProfile =
  'http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips';

export interface SummaryParts {
  readonly id: string;
  readonly patient: Told;
  readonly sections: readonly FilledSection[];
  /** All that is in the document. */
  readonly all: readonly Told[];
  /** Full urls. */
  readonly author: string;
  readonly custodian: string | undefined;
  readonly at: string;
  readonly urlOf: (told: Told) => string;
  readonly resolve: (within: Resource) => Resolve;
}

export const compositionOf = (parts: SummaryParts): Composition => {
  const { id, patient, sections, author, custodian, at, urlOf } = parts;
  return {
    resourceType: 'Composition',
    id,
    meta: { profile: [compositionProfile] },
    language: 'en',
    text: generated(frontPage(parts)),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` },
    status: 'final',
    type: {
      coding: [{ system: loinc, code: '60591-5', display: 'Patient summary Document' }],
    },
    subject: { reference: urlOf(patient) },
    date: at,
    author: [{ reference: author }],
    title: 'International Patient Summary',
    confidentiality: confidentialityOf(parts.all),
    ...(custodian === undefined ? {} : { custodian: { reference: custodian } }),
    section: sections.map((section) => sectionOf(section, parts)),
  };
};

const loinc = 'http://loinc.org';

const sectionOf = (
  filled: FilledSection,
  { urlOf, resolve }: Pick<SummaryParts, 'urlOf' | 'resolve'>,
): CompositionSection => {
  const { section, entries } = filled;
  const { code, display, title } = section;
  return {
    title,
    code: { coding: [{ system: loinc, code, display }] },
    text: narrativeOf(filled, resolve),
    ...(entries.length > 0
      ? { entry: entries.map((told) => ({ reference: urlOf(told) })) }
      : { emptyReason }),
  };
};

/** Never `nilknown`: that nothing was found does not say that there is nothing. */
const emptyReason = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason',
      code: 'unavailable',
      display: 'Unavailable',
    },
  ],
};

const frontPage = ({ patient, at }: SummaryParts): string => {
  const { name, birthDate, gender, identifier } = patient.resource;
  const say = (value: unknown): string => tell(value, () => undefined);
  const first: unknown = Array.isArray(name) ? name[0] : undefined;
  const numbers = Array.isArray(identifier) ? identifier.filter(isObject) : [];
  return [
    `Patient summary of ${say(first) || 'a patient whose name is unknown'}`,
    `Born: ${say(birthDate) || 'unknown'}. Gender: ${say(gender) || 'unknown'}.`,
    `Numbers: ${numbers.map(({ value }) => say(value)).join(', ') || 'none'}.`,
    `Put together on ${at} from the records shared with whoever asked for it.`,
  ]
    .map(paragraph)
    .join('');
};

/** From open to closed. */
const levels = ['U', 'L', 'M', 'N', 'R', 'V'] as const;
type Level = (typeof levels)[number];

/** "The level of confidentiality of the Composition": that of the most confidential record in it. */
const confidentialityOf = (all: readonly Told[]): Level => {
  const labels = all.flatMap(({ resource }) => resource.meta?.security ?? []);
  const found = labels
    .filter(({ system }) => system?.endsWith('/v3-Confidentiality'))
    .map(({ code }) => levels.findIndex((level) => level === code));
  return levels[Math.max(levels.indexOf('N'), ...found)]!;
};

/** Nobody wrote the summary: this software did. */
export const softwareOf = (id: string): Device => ({
  resourceType: 'Device',
  id,
  text: generated(paragraph('Meridian, a FHIR R4 health record server')),
  deviceName: [{ name: 'Meridian', type: 'manufacturer-name' }],
  type: { text: 'Health record server' },
});
