// document: the summary as a Bundle: the Composition first, then the Patient, then all that is told of and referred to.
// https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-Bundle-uv-ips.html

import { bundleText } from '../../fhir/bundle.ts';
import { readReference } from '../../fhir/reference.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { Context } from '../../interactions/types.ts';
import { compositionOf, softwareOf } from './composition.ts';
import type { FilledSection, Told } from './fill-sections.ts';
import { ipsPatientText } from './ips-patient.ts';
import type { Resolve } from './tell.ts';

export interface Summary {
  readonly patient: Told;
  readonly sections: readonly FilledSection[];
  readonly referenced: readonly Told[];
  /** The Organization that keeps the Patient, if it is among the referenced. */
  readonly custodian: string | undefined;
}

/**
 * Stored records keep their text and their addresses here, so that relative references between them lead from one entry to the
 * other, and those to what stays behind to this server.
 */
export const documentText = (
  { patient, sections, referenced, custodian }: Summary,
  base: string,
  { newId, now }: Pick<Context, 'newId' | 'now'>,
): string => {
  const [documentId, compositionId, softwareId] = [newId(), newId(), newId()];
  const at = new Date(now()).toISOString();
  const told = onceEach([patient, ...sections.flatMap(({ entries }) => entries), ...referenced]);
  const urlOf = ({ version }: Told): string => `${base}/${version.type}/${version.id}`;
  const composition = compositionOf({
    ...{ id: compositionId, patient, sections, all: told, at, urlOf },
    author: urn(softwareId),
    custodian: custodian === undefined ? undefined : `${base}/${custodian}`,
    resolve: resolverIn(told, base),
  });
  return bundleText({
    type: 'document',
    id: documentId,
    lastUpdated: at,
    profile: 'http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips',
    identifier: { system: 'urn:ietf:rfc:3986', value: urn(documentId) },
    timestamp: at,
    entries: [
      { fullUrl: urn(compositionId), text: JSON.stringify(composition) },
      ...told.map((each) => ({
        fullUrl: urlOf(each),
        text:
          each === patient ? ipsPatientText(each.version.text, each.resource) : each.version.text,
      })),
      { fullUrl: urn(softwareId), text: JSON.stringify(softwareOf(softwareId)) },
    ],
  });
};

const urn = (id: string): string => `urn:uuid:${id}`;

const onceEach = (all: readonly Told[]): readonly Told[] =>
  [
    ...new Map(
      // What comes first stays.
      all.toReversed().map((told) => [`${told.version.type}/${told.version.id}`, told]),
    ).values(),
  ].toReversed();

/** Finds what is in the document, or contained in the record that refers to it. */
const resolverIn = (all: readonly Told[], base: string): ((within: Resource) => Resolve) => {
  const known = new Map(
    all.map(({ version: { type, id }, resource }) => [`${type}/${id}`, resource]),
  );
  return (within) => (reference) => {
    if (reference.startsWith('#')) return containedIn(within, reference.slice(1));
    const link = readReference(reference, base);
    return link && known.get(`${link.type}/${link.id}`);
  };
};

const containedIn = ({ contained }: Resource, id: string): Resource | undefined => {
  const list: readonly unknown[] = Array.isArray(contained) ? contained : [];
  return list.filter(isObject).find((each) => each['id'] === id) as Resource | undefined;
};
