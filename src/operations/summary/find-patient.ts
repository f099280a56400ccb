// find-patient: whose summary is asked for, by id or by an identifier; who is hidden is not there.
// https://hl7.org/fhir/uv/ips/STU2/OperationDefinition-summary.html

import type { Permit } from '../../access/permit.ts';
import { restrict } from '../../access/restrict.ts';
import { gone, invalid, multipleMatches, notFound, Problem } from '../../fhir/problem.ts';
import { locate } from '../../interactions/locate.ts';
import { checkMay } from '../../interactions/may.ts';
import { findSurvivor } from '../../interactions/survivor.ts';
import type { Context, FhirRequest } from '../../interactions/types.ts';
import { escape } from '../../search/escape.ts';
import { planCriteria } from '../../search/plan-criteria.ts';
import type { Version } from '../../store/port.ts';
import { countMisses } from '../count-misses.ts';

/** Throws 404 or 410; 400 when it is not said whose, 412 when an identifier is that of several. */
export const findPatient = (
  { id, base }: Pick<FhirRequest, 'id' | 'base'>,
  identifier: string | undefined,
  permit: Permit,
  context: Context,
): Promise<Version> => {
  if (id !== undefined && identifier !== undefined)
    throw invalid("Leave 'identifier' out: the address names the Patient.", 'identifier');
  if (id !== undefined) return findById(id, permit, context);
  if (identifier !== undefined) return findByNumber({ identifier, base }, permit, context);
  throw invalid("Name the Patient in the address, or by 'identifier': system|value.", 'identifier');
};

/** Who was merged is led to the Patient that remains. */
const findById = async (id: string, permit: Permit, context: Context): Promise<Version> => {
  const current = await locate({ type: 'Patient', id }, permit, context);
  if (!current) throw notFound('Patient', id);
  if (current.deleted) throw gone('Patient', id);
  return (await findSurvivor(current, permit, context)) ?? current;
};

interface ByNumber {
  readonly identifier: string;
  readonly base: string;
}

const findByNumber = async (
  { identifier, base }: ByNumber,
  permit: Permit,
  context: Context,
): Promise<Version> => {
  checkMay(['search'], 'Patient', permit);
  const [, system, value = identifier] = /^([^|]*)\|(.*)$/s.exec(identifier) ?? [];
  if (value === '') throw invalid("'identifier' must be system|value.", 'identifier');
  const token = system === undefined ? escape(value) : `${escape(system)}|${escape(value)}`;
  const scope = { ...context, base, now: context.now() };
  const criteria = `identifier=${encodeURIComponent(token)}`;
  const plan = restrict(await planCriteria('Patient', criteria, scope), ['Patient'], permit);
  const found = await countMisses(permit, context, async () => {
    return (await context.store.resources.search(plan, { sort: [], size: 2 })).items;
  });
  if (found.length > 1)
    throw multipleMatches('Several Patients have this identifier; ask by the id of one of them.');
  if (!found[0]) throw unknownNumber();
  return found[0];
};

const unknownNumber = (): Problem =>
  new Problem(404, [
    {
      ...{ severity: 'error', code: 'not-found', expression: ['identifier'] },
      diagnostics: 'No Patient with this identifier is known.',
    },
  ]);
