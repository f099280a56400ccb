// link: the guardian and the dependant become so, and the guardian's account is told.

import { commit } from '../../interactions/commit.ts';
import type { Context, FhirResponse } from '../../interactions/types.ts';
import { outcomeOf } from '../../fhir/outcome.ts';
import { notFound } from '../../fhir/problem.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import { planGuardianship, type PlannedGuardianship } from '../../health-id/guardianship.ts';
import type { Key } from '../../store/port.ts';
import type { Claim, DependantParts, Exchange } from './parts.ts';
import { readGuardianPatient } from './read-claim.ts';

type ClaimOf = Pick<Claim, 'guardian' | 'relationship'>;
type LinkParts = Pick<DependantParts, 'attach' | 'majorityAge'>;

/** For a Patient there is: 201. */
export const link = async (
  patient: string,
  claim: ClaimOf,
  { request, permit, context }: Exchange,
  parts: LinkParts,
): Promise<FhirResponse> => {
  const [found] = await context.store.resources.read([{ type: 'Patient', id: patient }]);
  if (!found || found.deleted) throw notFound('Patient', patient);
  const { birthDate } = JSON.parse(found.text) as Resource;
  const planned = await planLink(patient, birthDate, claim, { permit, context, parts });
  await commit(planned.changes, request, permit, context);
  return linked(found, planned.relatedPerson, claim, parts);
};

interface Around {
  readonly permit: Exchange['permit'];
  readonly context: Context;
  readonly parts: Pick<DependantParts, 'majorityAge'>;
}

export const planLink = async (
  dependant: string,
  birthDate: unknown,
  { guardian, relationship }: ClaimOf,
  { permit, context, parts }: Around,
): Promise<PlannedGuardianship> => {
  const [name] = namesOf(await readGuardianPatient(guardian, context));
  return planGuardianship(
    {
      ...{ dependant, guardian, relationship, name },
      birthDate: typeof birthDate === 'string' ? birthDate : '',
    },
    { caller: permit.caller, majorityAge: parts.majorityAge, context },
  );
};

/** After the commit: from now on the guardian finds the person among those they can choose. */
export const linked = async (
  patient: Required<Key>,
  relatedPerson: string,
  { guardian }: ClaimOf,
  { attach }: Pick<LinkParts, 'attach'>,
): Promise<FhirResponse> => {
  const related = `RelatedPerson/${relatedPerson}`;
  await attach({ guardian: `Patient/${guardian}`, relatedPerson: related });
  const parameter = [
    { name: 'patient', valueReference: { reference: `Patient/${patient.id}` } },
    { name: 'related-person', valueReference: { reference: related } },
  ];
  const text = JSON.stringify({ resourceType: 'Parameters', parameter });
  return { status: 201, text, isWhole: true, shown: [patient] };
};

/** The same whatever is still to come: a code, a clerk, or nothing. */
export const pending = (ticket: string): FhirResponse => {
  const outcome = outcomeOf([
    {
      ...({ severity: 'information', code: 'informational' } as const),
      diagnostics:
        'If the person can be asked, a code was sent to the contact of theirs; send it with this ticket to $confirm-dependant. Otherwise a clerk looks first.',
    },
  ]);
  const parameter = [
    { name: 'outcome', resource: outcome },
    { name: 'ticket', valueString: ticket },
  ];
  const text = JSON.stringify({ resourceType: 'Parameters', parameter });
  return { status: 202, text, isWhole: true, shown: [] };
};

const namesOf = ({ name }: Resource): readonly object[] =>
  Array.isArray(name) ? name.filter(isObject) : [];
