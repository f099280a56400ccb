// Commit: the changes of one request, and with them who made them: a Provenance of ours, or the one the client sent.
// https://hl7.org/fhir/R4/provenance.html#header

import type { Permit } from '../access/permit.ts';
import { agentsOf, provenanceOf, targetsOf } from '../audit/provenance.ts';
import { documentOf, parseDocument, stringify } from '../fhir/json.ts';
import { forbidden, invalid, unprocessable } from '../fhir/problem.ts';
import type { Document, Resource } from '../fhir/resource.ts';
import { compartmentParam } from '../search/build-registry.ts';
import type { Change, Version } from '../store/port.ts';
import { stamp } from './stamp.ts';
import type { Context, FhirRequest } from './types.ts';

type Put = Extract<Change, { readonly kind: 'put' }>;

/**
 * Writes all or nothing. What the server writes for itself has nobody to name, and so no Provenance. Throws Conflict, and 400
 * or 422 when the X-Provenance of the request is no good.
 */
export const commit = async (
  changes: readonly Change[],
  { headers }: Pick<FhirRequest, 'headers'>,
  permit: Permit,
  context: Context,
): Promise<void> => {
  await context.store.resources.commit(await withProvenance(changes, { headers }, permit, context));
};

/** The same without writing it: for what is committed together with changes that somebody else keeps. */
export const withProvenance = async (
  changes: readonly Change[],
  { headers }: Pick<FhirRequest, 'headers'>,
  permit: Permit,
  context: Context,
): Promise<readonly Change[]> => {
  const told = changes.filter((change) => change.kind === 'put').filter(isTold);
  const groups = Map.groupBy(told, patientsOf);
  const sent = headers['x-provenance'];
  const provenances: Put[] = [];
  for (const group of groups.values()) {
    const written = group.map(({ version }) => version);
    provenances.push(...(await provenanceFor(written, sent, permit, context)));
  }
  return [...changes, ...provenances];
};

const isTold = ({ version }: Put): boolean => !untold.has(version.type);

/**
 * Whoever reads what became of one patient's record learns nothing of another's: what a transaction writes about several is
 * told by one Provenance for each. What is deleted is in nobody's record any more.
 */
const patientsOf = ({ version, entries }: Put): string => {
  if (version.type === 'Patient') return version.deleted ? '' : `Patient/${version.id}`;
  const patients = entries.flatMap((entry) =>
    entry.kind === 'reference' &&
    entry.param === compartmentParam &&
    entry.target.startsWith('Patient/')
      ? [entry.target]
      : [],
  );
  return [...new Set(patients)].sort().join();
};

/** What is about accesses and writes has none itself. */
const untold: ReadonlySet<string> = new Set(['Provenance', 'AuditEvent']);

const provenanceFor = async (
  written: readonly Version[],
  sent: string | undefined,
  permit: Permit,
  context: Context,
): Promise<readonly Put[]> => {
  const { caller } = permit;
  const at = context.now();
  if (sent === undefined)
    return caller
      ? [putOf(ownDocument(provenanceOf(written, { caller, at })), at, permit, context)]
      : [];
  if (!permit.allows('create', 'Provenance'))
    throw forbidden(
      'X-Provenance makes a Provenance, and your access does not include: create Provenance.',
    );
  const document = await complete(sent, written, permit, context);
  return [putOf(document, at, permit, context)];
};

const ownDocument = (resource: Resource): Document => ({ plain: resource, exact: resource });

/** "The server populates the target with the resources written"; it adds by whom it knows they were. */
const complete = async (
  sent: string,
  written: readonly Version[],
  { caller }: Permit,
  { limits, now, validate }: Context,
): Promise<Document> => {
  const { exact } = parseDocument(sent, limits.depth);
  if (exact.resourceType !== 'Provenance')
    throw invalid(`X-Provenance is a Provenance in JSON, not a ${exact.resourceType}.`);
  if (exact['target'] !== undefined)
    throw invalid('X-Provenance has no target: the server fills in what the request writes.');
  const agents: readonly unknown[] = Array.isArray(exact['agent']) ? exact['agent'] : [];
  const document = documentOf({
    ...exact,
    target: targetsOf(written),
    recorded: exact['recorded'] ?? new Date(now()).toISOString(),
    agent: [...agents, ...(caller ? agentsOf(caller) : [])],
  });
  const issues = await validate(document);
  if (issues.some(({ severity }) => severity === 'error' || severity === 'fatal'))
    throw unprocessable(
      issues.map((issue) => ({ ...issue, diagnostics: `X-Provenance: ${issue.diagnostics}` })),
    );
  return document;
};

const putOf = (document: Document, at: number, permit: Permit, context: Context): Put => {
  const key = { type: 'Provenance', id: context.newId() };
  const { plain, exact } = stamp(document, { id: key.id, version: '1', at });
  return {
    kind: 'put',
    version: {
      ...{ ...key, version: '1', at, deleted: false, method: 'POST' },
      ...(permit.custodian === undefined ? {} : { custodian: permit.custodian }),
      text: stringify(exact),
    },
    entries: context.registry.extract(plain),
    expect: [{ op: 'version', key, version: undefined }],
  };
};
