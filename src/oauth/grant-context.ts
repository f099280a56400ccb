// Grant context: whom and what a grant is about, settled at consent and put into every token that comes from it.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token

import type { Caller, Role } from '../access/caller.ts';
import type { FhirContextItem } from '../access/launch.ts';
import { isStaffRole } from '../access/staff.ts';
import type { User } from '../access/user.ts';
import type { RecordStore } from '../store/port.ts';
import { recordId } from './record-id.ts';
import { seconds } from './lifetimes.ts';

export interface GrantContext {
  /** What is revoked together is dropped together. */
  readonly grantId: string;
  /** Logical ids. */
  readonly patient?: string;
  readonly encounter?: string;
  /** As whom the user acts where it is not simply themself: a parent is the RelatedPerson of this child. */
  readonly role?: Role;
  readonly fhirUser?: string;
  /** Which of theirs the user works for. */
  readonly organization?: string;
  readonly byRole?: true;
  readonly fhirContext?: readonly FhirContextItem[];
  readonly intent?: string;
  readonly needPatientBanner?: boolean;
}

/** Kind of record. */
export const contextKind = 'grant-context';

export const saveContext = (records: RecordStore, context: GrantContext): Promise<void> =>
  records.put(
    contextKind,
    recordId(context.grantId),
    context,
    new Date(Date.now() + seconds.Grant * 1000),
  );

export const contextOf = async (
  records: RecordStore,
  grantId: string,
): Promise<GrantContext | undefined> =>
  (await records.get(contextKind, recordId(grantId))) as GrantContext | undefined;

/** What a token says of its caller besides client, scopes and itself. */
export type CallerInToken = Omit<Caller, 'client' | 'scopes' | 'token' | 'grant'>;

/** Made anew for each token; when the role of a user changes, what they granted before ends (`users`). */
export const callerOf = (user: User, context: Partial<GrantContext>): CallerInToken => {
  const fhirUser = context.fhirUser ?? user.fhirUser;
  const role = context.role ?? user.role;
  // Who stands for their child does not do so as the hospital they work for.
  const organization = role === user.role ? (context.organization ?? user.organization) : undefined;
  const byRole = organization !== undefined && context.byRole === true;
  return {
    role,
    user: user.id,
    ...(fhirUser === undefined ? {} : { fhirUser }),
    ...(organization === undefined ? {} : { organization }),
    ...(byRole ? { byRole } : {}),
    ...(context.patient === undefined ? {} : { patient: context.patient }),
    ...(context.encounter === undefined ? {} : { encounter: context.encounter }),
  };
};

/** The members of the token reply, which introspection tells as well. */
export const replyOf = (
  user: User,
  context: Partial<GrantContext>,
  { fhirBase, styleUrl }: { readonly fhirBase: string; readonly styleUrl: string },
): Readonly<Record<string, unknown>> => {
  const fhirUser = context.fhirUser ?? user.fhirUser;
  const { patient, encounter, intent, needPatientBanner } = context;
  const { role, organization } = callerOf(user, context);
  const worksFor = isStaffRole(role) ? organization : undefined;
  const fhirContext = [
    ...(context.fhirContext ?? []),
    ...(worksFor === undefined ? [] : [{ reference: worksFor, role: worksForRole }]),
  ];
  return withoutUndefined({
    patient,
    encounter,
    fhirUser: fhirUser === undefined ? undefined : `${fhirBase}/${fhirUser}`,
    fhirContext: fhirContext.length === 0 ? undefined : fhirContext,
    intent,
    need_patient_banner: patient === undefined ? undefined : (needPatientBanner ?? true),
    smart_style_url: styleUrl,
  });
};

/**
 * "URI identifying the role of this fhirContext item. Relative role URIs can only be used if they are defined in this
 * specification; other roles require the use of absolute URIs."
 */
export const worksForRole = 'https://meridian.example/fhirContext/works-for';

const withoutUndefined = (members: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
