// Upload: a create or a transaction whose patient is named by health ID, as the entries it consists of.
// https://profiles.ihe.net/ITI/MHD/ITI-105.html, https://profiles.ihe.net/ITI/MHD/ITI-65.html

import type { Permit } from '../../access/permit.ts';
import { forbidden, Problem } from '../../fhir/problem.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import { atEntry } from '../../interactions/bundle/at-entry.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import { checkMayWrite } from '../../interactions/may.ts';
import { readAll } from '../../interactions/transaction.ts';
import type { Context, FhirRequest } from '../../interactions/types.ts';
import { readIdentification, refuse, type Identification } from './identification.ts';
import { isPatient, namingsIn } from './named.ts';

export interface Upload {
  readonly request: FhirRequest;
  readonly kind: 'create' | 'transaction';
  /** What is written. */
  readonly entries: readonly Entry[];
  /** Patients of the Bundle that only say who is meant. */
  readonly persons: readonly Entry[];
  readonly identification: Identification;
}

/**
 * Throws 422 for a document of a front desk or of IHE's Simplified Publish that names nobody: it would lie where nobody finds it.
 */
export const checkNamesSomebody = ({ body }: FhirRequest, { caller }: Permit): void => {
  if (body?.plain.resourceType !== 'DocumentReference') return;
  const { subject, meta } = body.plain;
  const isSimplified = meta?.profile?.some((each) => each.startsWith(simplified)) === true;
  if (caller?.role !== 'desk' && !isSimplified) return;
  if (isObject(subject) && typeof subject['reference'] === 'string') return;
  throw refuse(
    'required',
    'Name the patient: by health ID in subject.identifier, or by a reference to a Patient that you see.',
    'DocumentReference.subject',
  );
};

const simplified =
  'https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.SimplifiedPublish.DocumentReference';

/** Whether a person is named by health ID in it at all. */
export const namesByHealthId = ({ body }: FhirRequest, system: string): boolean => {
  if (body === undefined) return false;
  const all =
    body.plain.resourceType === 'Bundle' ? sentIn(body.plain) : [{ resource: body.plain }];
  const reports = all.filter(({ resource }) => !isPatient(resource));
  if (reports.some(({ resource }) => namingsIn(resource, system).length > 0)) return true;
  const isForReports = reports.some(({ resource }) => reportTypes.has(resource.resourceType));
  return isForReports && all.some((each) => isPerson(each, system));
};

interface Sent {
  readonly resource: Resource;
  readonly method?: unknown;
}

const sentIn = ({ entry }: Resource): readonly Sent[] =>
  (Array.isArray(entry) ? entry : []).flatMap((each: unknown) => {
    if (!isObject(each) || !isObject(each['resource'])) return [];
    const { resource, request } = each;
    if (typeof resource['resourceType'] !== 'string') return [];
    const method = isObject(request) ? request['method'] : undefined;
    // A cast because its type was just looked at.
    return [{ resource: resource as Resource, method }];
  });

/** A Patient that carries a number cannot be created: beside reports it says whose they are. By PUT it is an update of its own. */
const isPerson = ({ resource, method }: Sent, system: string): boolean =>
  method === 'POST' && isPatient(resource) && namingsIn(resource, system).length > 0;

/** Throws 403 before anything else, then 400 and 422 for what cannot be uploaded. Nothing is looked up. */
export const readUpload = (
  request: FhirRequest,
  system: string,
  permit: Permit,
  context: Context,
): Upload => {
  checkUploader(permit);
  const isBundle = request.body!.plain.resourceType === 'Bundle';
  const all = isBundle ? readAll(request, context) : [entryOf(request)];
  const isNaming = ({ request: { body, method } }: Entry): boolean =>
    isBundle && body !== undefined && isPerson({ resource: body.plain, method }, system);
  const [persons, entries] = [all.filter(isNaming), all.filter((entry) => !isNaming(entry))];
  const upload = { request, kind: isBundle ? 'transaction' : 'create', entries, persons } as const;
  for (const entry of entries) checkEntry(entry, upload, permit);
  for (const entry of entries) checkNaming(entry, upload, system);
  const sent = all.flatMap((entry) => {
    const resource = entry.request.body?.plain;
    return resource ? [{ resource, path: pathOf(entry, upload.kind) }] : [];
  });
  return { ...upload, identification: readIdentification(sent, system) };
};

const entryOf = (request: FhirRequest): Entry => ({
  place: 0,
  request: { ...request, path: request.body!.plain.resourceType },
});

/** FHIRPath of the resource of an entry. */
export const pathOf = ({ place, request }: Entry, kind: Upload['kind']): string =>
  kind === 'create'
    ? (request.body?.plain.resourceType ?? '')
    : `Bundle.entry[${String(place)}].resource`;

/** Uploading is for who brings reports in: it finds people whom the caller does not see. */
const checkUploader = ({ caller }: Permit): void => {
  if (caller && uploaders.has(caller.role)) return;
  throw forbidden(
    'Naming a patient by health ID alone is for systems and front desks that upload reports; refer to a Patient that you see.',
  );
};

const uploaders: ReadonlySet<string> = new Set(['system', 'desk', 'network']);

const checkEntry = (entry: Entry, { kind }: Pick<Upload, 'kind'>, permit: Permit): void => {
  const { method, path } = entry.request;
  const [type = ''] = path.split('/');
  if (!methods.has(method) || !types.has(type))
    throw refuse(
      'not-supported',
      `${method} ${type} cannot be part of an upload by health ID. It holds ${[...types].join(', ')}, created or updated.`,
      kind === 'create' ? type : `Bundle.entry[${String(entry.place)}].request`,
    );
  try {
    checkMayWrite({ method, type }, permit);
  } catch (error) {
    throw error instanceof Problem && kind === 'transaction' ? atEntry(entry.place, error) : error;
  }
};

/** What else comes along is not about the patient: the sender could come to see the Patient by it. */
const checkNaming = (entry: Entry, { kind }: Pick<Upload, 'kind'>, system: string): void => {
  const resource = entry.request.body?.plain;
  if (!resource || reportTypes.has(resource.resourceType)) return;
  if (namingsIn(resource, system).length === 0) return;
  throw refuse(
    'not-supported',
    `A ${resource.resourceType} cannot name the patient by health ID.`,
    pathOf(entry, kind),
  );
};

const methods: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Reports, and what they are made of. Not what makes a Patient one in somebody's care or a customer (Encounter, Appointment,
 * MedicationRequest, Claim …): whoever could upload that would come to see the Patient by it.
 */
const types: ReadonlySet<string> = new Set(
  'DocumentReference DiagnosticReport Observation Specimen Media ImagingStudy List Binary Practitioner PractitionerRole Organization Device Provenance'.split(
    ' ',
  ),
);

/** Types that an upload may make be about the patient. */
export const reportTypes: ReadonlySet<string> = new Set(
  'DocumentReference DiagnosticReport Observation Specimen Media ImagingStudy List'.split(' '),
);
