// Parties: by which search parameters a resource says who brought it in and whom it is meant for.

import type { Definitions } from '../fhir/definitions/types.ts';
import { valueParams } from '../search/value-params.ts';

type Codes = Readonly<Record<string, readonly string[]>>;

/** Who says so. What a patient writes may name nobody else here. */
const authors: Codes = {
  Observation: ['performer'],
  DocumentReference: ['author'],
  QuestionnaireResponse: ['author'],
  Communication: ['sender'],
  CommunicationRequest: ['requester'],
  Consent: ['consentor'],
  Task: ['requester'],
  Basic: ['author'],
};

/** To whom it is sent. Being named here lets an organization see it, whoever keeps it. */
const addressees: Codes = {
  Appointment: ['actor'],
  AppointmentResponse: ['actor'],
  Task: ['owner'],
  Communication: ['recipient'],
  CommunicationRequest: ['recipient'],
  ServiceRequest: ['performer'],
  DeviceRequest: ['performer'],
  SupplyRequest: ['supplier'],
  MedicationRequest: ['intended-dispenser'],
  DocumentManifest: ['recipient'],
  Account: ['owner'],
  ChargeItem: ['performing-organization', 'requesting-organization'],
  Claim: ['provider', 'insurer'],
  ClaimResponse: ['requestor', 'insurer'],
  Coverage: ['payor'],
  CoverageEligibilityRequest: ['provider'],
  CoverageEligibilityResponse: ['requestor'],
  ExplanationOfBenefit: ['provider'],
  Invoice: ['issuer'],
  PaymentNotice: ['provider'],
};

/** Under which params the index keeps them; [] for a type without. */
export const authorsOf = (type: string, definitions: Definitions): readonly string[] =>
  paramsOf(authors, type, definitions);
export const addresseesOf = (type: string, definitions: Definitions): readonly string[] =>
  paramsOf(addressees, type, definitions);

const paramsOf = (table: Codes, type: string, definitions: Definitions): readonly string[] =>
  Object.hasOwn(table, type)
    ? table[type]!.flatMap((code) => valueParams(type, code, definitions))
    : [];

/** For the test that every parameter exists. */
export const partyParameters: readonly (readonly [type: string, code: string])[] = [
  authors,
  addressees,
].flatMap((table) =>
  Object.entries(table).flatMap(([type, codes]) => codes.map((code) => [type, code] as const)),
);
