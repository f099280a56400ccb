// Link: who a person of a hospital's sign-in is here. By issuer and subject only, never by e-mail; the first time by the
// administrator's rule: a claim equals a Practitioner.identifier.

import type { JWTPayload } from 'jose';
import type { StaffRole } from '../../access/staff.ts';
import type { User } from '../../access/user.ts';
import { Problem } from '../../fhir/problem.ts';
import type { RecordStore } from '../../store/port.ts';
import { recordId } from '../record-id.ts';
import type { Users } from '../users/users.ts';
import type { IdentityProvider } from './identity-providers.ts';

/**
 * Ids (`Practitioner/1`) of the practitioners in service whom the organization keeps with this identifier. Every hospital may
 * write Practitioners, and could give one of its own the number of another hospital's.
 */
export type FindPractitioners = (numbered: {
  readonly system: string;
  readonly value: string;
  /** `Organization/1` */
  readonly organization: string;
}) => Promise<readonly string[]>;

export type Linked =
  | { readonly user: User; readonly isNew: 'new' | 'known' }
  | { readonly refused: 'unknown' | 'ambiguous' | 'no-role' | 'disabled' };

export interface LinkOptions {
  readonly records: RecordStore;
  readonly users: Users;
  readonly findPractitioners: FindPractitioners;
  readonly now: () => number;
}

type Claims = JWTPayload & { readonly iss: string; readonly sub: string };

interface FederatedUser {
  readonly user: string;
}

export const linkUser = async (
  { records, users, findPractitioners, now }: LinkOptions,
  provider: IdentityProvider,
  claims: Claims,
): Promise<Linked> => {
  const role = roleOf(provider, claims);
  if (role === undefined) return { refused: 'no-role' };
  const id = recordId(JSON.stringify([claims.iss, claims.sub]));
  const known = (await records.get('federated-user', id)) as FederatedUser | undefined;
  if (known !== undefined) return renew(users, known.user, { role, provider, claims });
  const found = await findByRule(findPractitioners, provider, claims);
  const [practitioner] = found;
  if (practitioner === undefined) return { refused: 'unknown' };
  if (found.length > 1) return { refused: 'ambiguous' };
  const user = await createOnce(users, {
    // Says nothing about the person, and is the same for two sign-ins at once.
    username: `${provider.id}:${id
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')
      .slice(0, 24)}`,
    ...{ name: nameOf(claims), role, fhirUser: practitioner, organization: provider.organization },
  });
  const { iss: issuer, sub } = claims;
  const createdAt = new Date(now()).toISOString();
  await records.add('federated-user', id, { user: user.id, issuer, sub, createdAt });
  return user.status === 'active' ? { user, isNew: 'new' } : { refused: 'disabled' };
};

/** Who works as what is the hospital's to say, each time. */
const renew = async (
  users: Users,
  id: string,
  { role, provider, claims }: { role: StaffRole; provider: IdentityProvider; claims: Claims },
): Promise<Linked> => {
  const kept = await users.byId(id);
  if (kept?.status !== 'active') return { refused: 'disabled' };
  const { organization } = provider;
  const name = nameOf(claims, kept.name);
  const user = await users.change(id, (current) => ({ ...current, role, name, organization }));
  return { user, isNew: 'known' };
};

const createOnce = async (users: Users, draft: Parameters<Users['create']>[0]): Promise<User> => {
  try {
    return await users.create(draft);
  } catch (error) {
    const other = error instanceof Problem ? await users.byName(draft.username) : undefined;
    if (other === undefined) throw error;
    return other;
  }
};

const findByRule = async (
  find: FindPractitioners,
  { link, organization }: IdentityProvider,
  claims: Claims,
): Promise<readonly string[]> => {
  const value = claims[link.claim];
  if (typeof value !== 'string' || value.trim() === '') return [];
  return find({ system: link.system, value: value.trim(), organization });
};

/** The first of the claim's values that has a role here. */
const roleOf = (provider: IdentityProvider, claims: Claims): StaffRole | undefined => {
  const { roleClaim, roles, standardRole } = provider;
  if (roleClaim === undefined) return standardRole;
  const values = [claims[roleClaim]].flat().filter((value) => typeof value === 'string');
  const value = values.find((one) => Object.hasOwn(roles, one));
  return value === undefined ? standardRole : roles[value];
};

const nameOf = ({ name }: Claims, otherwise = 'Colleague'): string =>
  typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 200) : otherwise;
