// The IPS 2.0 material: its profiles to validate with, its examples to summarise, and what its Composition says of sections.

import { expect } from 'chai';
import type {
  Bundle,
  Composition,
  FhirResource,
  OperationOutcome,
  StructureDefinition,
} from 'fhir/r4.js';
import { readShared } from '#test/support/shared.ts';
import type { Client } from '#test/support/client.ts';
import { bundleOf, resourceOf } from '#test/support/client.ts';

export const ips = 'http://hl7.org/fhir/uv/ips/StructureDefinition';

/** Types of entries and the profiles of which each must meet one. */
export const profilesOf: Readonly<Record<string, readonly string[]>> = {
  AllergyIntolerance: ['AllergyIntolerance-uv-ips'],
  Condition: ['Condition-uv-ips'],
  Device: ['Device-uv-ips'],
  DeviceUseStatement: ['DeviceUseStatement-uv-ips'],
  DiagnosticReport: ['DiagnosticReport-uv-ips'],
  Flag: ['Flag-alert-uv-ips'],
  ImagingStudy: ['ImagingStudy-uv-ips'],
  Immunization: ['Immunization-uv-ips'],
  Medication: ['Medication-uv-ips'],
  MedicationRequest: ['MedicationRequest-uv-ips'],
  MedicationStatement: ['MedicationStatement-uv-ips'],
  Organization: ['Organization-uv-ips'],
  Patient: ['Patient-uv-ips'],
  Practitioner: ['Practitioner-uv-ips'],
  PractitionerRole: ['PractitionerRole-uv-ips'],
  Procedure: ['Procedure-uv-ips'],
  Specimen: ['Specimen-uv-ips'],
  Observation: [
    ...['Observation-results-laboratory-pathology-uv-ips', 'Observation-results-radiology-uv-ips'],
    ...['Observation-tobaccouse-uv-ips', 'Observation-alcoholuse-uv-ips'],
    ...['Observation-pregnancy-status-uv-ips', 'Observation-pregnancy-outcome-uv-ips'],
  ],
};

const definitions = (): readonly FhirResource[] =>
  readShared('ips', 'ips-2.0.0-conformance.ndjson.gz')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as FhirResource);

/** Stores the profiles and value sets, so that $validate knows them. */
export const storeProfiles = async (client: Client): Promise<void> => {
  const stored = definitions().filter(
    (each) =>
      each.resourceType === 'ValueSet' ||
      (each.resourceType === 'StructureDefinition' && each.derivation === 'constraint'),
  );
  const entry = stored.map((resource) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id!}` },
  }));
  const answer = await client.post('', { resourceType: 'Bundle', type: 'transaction', entry });
  bundleOf(answer);
};

/** A resource as it stands in a Bundle. */
interface Checked {
  readonly resourceType: string;
}

/** What is wrong with a resource by a profile of IPS, or by R4 alone. */
export const faultsOf = async (
  client: Client,
  resource: Checked,
  profile?: string,
): Promise<readonly string[]> => {
  const by = profile === undefined ? '' : `?profile=${ips}/${profile}`;
  const answer = await client.post(`${resource.resourceType}/$validate${by}`, resource);
  const { issue } = resourceOf(answer) as OperationOutcome;
  return issue
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ diagnostics = '' }) => diagnostics);
};

interface SectionSlice {
  readonly code: string;
  readonly isRequired: boolean;
  /** Resource types its entries may be of. */
  readonly types: readonly string[];
}

/** The slices of Composition.section, read from the profile. */
export const sectionSlices = (): readonly SectionSlice[] => {
  const profile = definitions().find(
    ({ id }) => id === 'Composition-uv-ips',
  ) as StructureDefinition;
  const elements = profile.snapshot!.element;
  return elements
    .filter(({ id = '' }) => /^Composition\.section:\w+$/.test(id))
    .map(({ id, min }) => {
      const code = elements.find((each) => each.id === `${id!}.code`)!;
      const entry = elements.find((each) => each.id === `${id!}.entry`)!;
      const targets = entry.type!.flatMap(({ targetProfile = [] }) => targetProfile);
      return {
        code: code.patternCodeableConcept!.coding![0]!.code!,
        isRequired: min === 1,
        types: targets.map((target) => target.slice(target.lastIndexOf('/') + 1)),
      };
    });
};

/** What $validate does not look at: the slices of the Bundle and of the Composition. */
export const checkDocument = ({ entry = [], type }: Bundle): void => {
  const [first, ...others] = entry.map(({ resource }) => resource!);
  const composition = first as Composition;
  expect(type).to.equal('document');
  expect(composition.resourceType).to.equal('Composition');
  expect(others.filter(({ resourceType }) => resourceType === 'Composition')).to.deep.equal([]);
  expect(others.filter(({ resourceType }) => resourceType === 'Patient').length).to.equal(1);
  for (const each of entry) expect(each).to.have.all.keys('fullUrl', 'resource');
  const byUrl = new Map(entry.map(({ fullUrl, resource }) => [fullUrl, resource!]));
  const { section = [], subject, author, custodian } = composition;
  for (const { reference } of [subject!, ...author, ...(custodian ? [custodian] : [])])
    expect(byUrl.has(reference), reference).to.equal(true);
  for (const slice of sectionSlices()) {
    const found = section.filter(({ code }) => code!.coding![0]!.code === slice.code);
    expect(found.length, slice.code).to.be.within(slice.isRequired ? 1 : 0, 1);
    for (const { entry: told = [], emptyReason } of found) {
      if (slice.isRequired) expect(told.length > 0).to.equal(emptyReason === undefined);
      const types = told.map(({ reference }) => byUrl.get(reference)?.resourceType);
      if (!slice.types.includes('Resource')) expect(slice.types).to.include.members(types);
    }
  }
  const known = sectionSlices().map(({ code }) => code);
  expect(known).to.include.members(section.map(({ code }) => code!.coding![0]!.code));
};

/** The entries of a section, by its code. */
export const toldIn = ({ entry = [] }: Bundle, code: string): readonly string[] =>
  ((entry[0]!.resource as Composition).section ?? [])
    .filter((section) => section.code!.coding![0]!.code === code)
    .flatMap((section) => section.entry ?? [])
    .map(({ reference }) => reference!);
