// Regions: the parts of all records that the decision table names, as plans for one caller.

import { compartmentParameters } from '../fhir/compartment.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import { compartmentParam } from '../search/build-registry.ts';
import { and, everything, not, nothing, or, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import { addresseesOf, authorsOf } from './parties.ts';
import type { Region } from './roles.ts';
import { sharingTaskSystem } from './sharing-task.ts';

/** For whom the regions are: ids and references of the caller, as far as the token says them. */
export interface Standpoint {
  /** Logical id of the patient whose record is the own one. */
  readonly patient?: string | undefined;
  /** The caller as a reference: `Practitioner/1`. */
  readonly self?: string | undefined;
  readonly organization?: string | undefined;
  readonly definitions: Definitions;
}

/** The resources of the type in the region. `attached` follows from other types, `shared` from Consents. */
export const regionPlan = (region: Region, type: string, standpoint: Standpoint): Plan => {
  switch (region) {
    case 'everything':
      return everything;
    case 'own record':
      return recordOf(standpoint.patient, type, standpoint.definitions);
    case 'oneself':
      return type === 'Patient' ? patientsBy(standpoint.patient) : nothing;
    case 'own contribution':
      return ownContribution(type, standpoint);
    case 'kept':
      return keptBy(standpoint.organization);
    case 'addressed':
      return addressed(type, standpoint);
    case 'patients in care':
      return patientsInCare(standpoint);
    case 'patients with prescriptions':
      return patientsOf(['MedicationRequest'], standpoint);
    case 'patients with charges':
      return patientsOf(['Account', 'ChargeItem', 'Claim', 'Coverage', 'Invoice'], standpoint);
    case 'emergencies':
      return emergenciesFor(standpoint);
    case 'worklists':
      return and(
        or(keptBy(standpoint.organization), addressed(type, standpoint)),
        not(emergencies(standpoint)),
      );
    case 'attached':
    case 'shared':
      return nothing;
  }
};

/** What belongs to the record of a patient: the compartment, and what names the patient as its own outside of it. */
export const recordOf = (
  patient: string | undefined,
  type: string,
  definitions: Definitions,
): Plan => {
  if (patient === undefined) return nothing;
  // Not those whose link names the patient, though they are in the compartment.
  if (type === 'Patient') return patientsBy(patient);
  const targets = [`Patient/${patient}`];
  const inCompartment: Plan = { op: 'reference', params: [compartmentParam], targets };
  // Provenance of what is in the record belongs to it, too.
  if (type === 'Provenance')
    return or(inCompartment, { op: 'to', params: ['Provenance.target'], plan: inCompartment });
  if (compartmentParameters(definitions, 'Patient', type).length > 0) return inCompartment;
  const parameter = definitions.searchParameters(type).get('patient');
  if (parameter?.type !== 'reference') return nothing;
  return { op: 'reference', params: valueParams(type, 'patient', definitions), targets };
};

const patientsBy = (id: string | undefined): Plan =>
  id === undefined ? nothing : { op: 'id', ids: [id] };

/** What a patient writes has the patient as its custodian; somebody else cannot be named as its author. */
const ownContribution = (type: string, { patient, self, definitions }: Standpoint): Plan => {
  if (patient === undefined) return nothing;
  const isKept = keptBy(`Patient/${patient}`);
  if (type === 'Binary') return isKept;
  const params = authorsOf(type, definitions);
  const isAuthor: Plan =
    params.length === 0
      ? everything
      : or(not({ op: 'present', kind: 'reference', params }), {
          ...{ op: 'reference', params },
          targets: [self ?? `Patient/${patient}`],
        });
  return and(recordOf(patient, type, definitions), isKept, isAuthor);
};

const keptBy = (custodian: string | undefined): Plan =>
  custodian === undefined ? nothing : { op: 'custodian', organizations: [custodian] };

/** To the organization, to the caller, or to a role, service or place of the organization. */
const addressed = (type: string, { self, organization, definitions }: Standpoint): Plan => {
  const params = addresseesOf(type, definitions);
  const targets = [self, organization].filter((each) => each !== undefined);
  if (params.length === 0 || targets.length === 0) return nothing;
  const named: Plan = { op: 'reference', params, targets };
  if (organization === undefined) return named;
  const parts = ['PractitionerRole', 'HealthcareService', 'Location'];
  const ofOrganization: Plan = {
    op: 'reference',
    params: parts.flatMap((part) => valueParams(part, 'organization', definitions)),
    targets: [organization],
  };
  return or(named, {
    ...{ op: 'to', params },
    plan: and({ op: 'type', types: parts }, ofOrganization),
  });
};

const patientsInCare = (standpoint: Standpoint): Plan => {
  const { organization, definitions } = standpoint;
  if (organization === undefined) return nothing;
  const ofCare: Plan = {
    op: 'from',
    params: ['Encounter', 'EpisodeOfCare'].flatMap((type) =>
      valueParams(type, 'patient', definitions),
    ),
    plan: and({ op: 'type', types: ['Encounter', 'EpisodeOfCare'] }, keptBy(organization)),
  };
  const booked: Plan = {
    op: 'from',
    params: valueParams('Appointment', 'actor', definitions),
    plan: concerning('Appointment', standpoint),
  };
  return or(keptBy(organization), ofCare, booked);
};

const emergenciesFor = (standpoint: Standpoint): Plan => {
  const { organization } = standpoint;
  const reviews = emergencies(standpoint);
  return organization === undefined ? reviews : and(reviews, keptBy(organization));
};

const emergencies = ({ definitions }: Standpoint): Plan => ({
  ...{ op: 'token', params: valueParams('Task', 'code', definitions) },
  any: [{ system: sharingTaskSystem, code: 'review-emergency' }],
});

/** Patients kept, and those whom something kept or addressed is about. */
const patientsOf = (types: readonly string[], standpoint: Standpoint): Plan => {
  if (standpoint.organization === undefined) return nothing;
  const about: Plan = {
    op: 'from',
    params: [compartmentParam],
    plan: or(...types.map((type) => concerning(type, standpoint))),
  };
  return or(keptBy(standpoint.organization), about);
};

const concerning = (type: string, standpoint: Standpoint): Plan =>
  and(
    { op: 'type', types: [type] },
    or(keptBy(standpoint.organization), addressed(type, standpoint)),
  );
