// Identity providers: the hospitals whose own sign-in is trusted for their staff, as an administrator entered them.
// https://openid.net/specs/openid-connect-core-1_0.html

import { isStaffRole, type StaffRole } from '../../access/staff.ts';
import { invalid, notFound } from '../../fhir/problem.ts';
import type { RecordStore } from '../../store/port.ts';
import type { Vault } from '../../platform/vault.ts';

export interface IdentityProvider {
  /** Part of addresses: lower case letters, digits and hyphens. */
  readonly id: string;
  /** What the button says: `St. Mary’s`. */
  readonly name: string;
  /** Exactly as its id_tokens say it. */
  readonly issuer: string;
  readonly clientId: string;
  /** The client secret, locked. */
  readonly secret: string;
  /** Whoever types a user name with one of these after the @ is sent there. */
  readonly domains: readonly string[];
  /** Its people act for this Organization: `Organization/1`. */
  readonly organization: string;
  /** The claim that must equal a Practitioner.identifier of this system. */
  readonly link: { readonly claim: string; readonly system: string };
  /** Which claim names the role, and which of its values is which role here; others may not sign in. */
  readonly roleClaim?: string;
  readonly roles: Readonly<Record<string, StaffRole>>;
  /** Where there is no role claim. */
  readonly standardRole?: StaffRole;
  /** Whether its own second factor is enough: it says so (`amr` has `mfa`), or it is known to ask always. */
  readonly secondFactor: 'when-asserted' | 'always' | 'never';
}

export interface IdentityProviders {
  list(): Promise<readonly IdentityProvider[]>;
  byId(id: string): Promise<IdentityProvider | undefined>;
  /** By what stands after the @ of a user name. */
  ofDomain(username: string): Promise<IdentityProvider | undefined>;
  /** Throws 400 naming the element that cannot be. */
  save(draft: IdentityProviderDraft): Promise<IdentityProvider>;
  /** Its people cannot sign in that way any more. Throws 404. */
  remove(id: string): Promise<void>;
  secretOf(provider: IdentityProvider): string;
}

export interface IdentityProviderDraft {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly organization: string;
  readonly link: { readonly claim: string; readonly system: string };
  readonly domains?: readonly string[];
  readonly roleClaim?: string;
  readonly roles?: Readonly<Record<string, StaffRole>>;
  readonly standardRole?: StaffRole;
  readonly secondFactor?: IdentityProvider['secondFactor'];
}

export const createIdentityProviders = (records: RecordStore, vault: Vault): IdentityProviders => {
  // Only `save` writes this kind.
  const list = async (): Promise<readonly IdentityProvider[]> =>
    ((await records.find('identity-provider', {})) as readonly IdentityProvider[]).toSorted(
      (a, b) => a.name.localeCompare(b.name),
    );
  return {
    list,
    byId: async (id) =>
      (await records.get('identity-provider', id)) as IdentityProvider | undefined,
    ofDomain: async (username) => {
      const domain = /@([^@\s]+)$/.exec(username)?.[1]?.toLowerCase();
      if (domain === undefined) return undefined;
      return (await list()).find(({ domains }) => domains.includes(domain));
    },
    save: async (draft) => {
      check(draft);
      const { clientSecret, domains = [], ...rest } = draft;
      const provider: IdentityProvider = {
        ...{ roles: {}, secondFactor: 'when-asserted' as const, ...rest },
        domains: domains.map((domain) => domain.toLowerCase()),
        secret: vault.lock(clientSecret, `identity provider ${draft.id}`),
      };
      await records.put('identity-provider', provider.id, provider);
      return provider;
    },
    remove: async (id) => {
      const removed = await records.take('identity-provider', id);
      if (removed === undefined) throw notFound('IdentityProvider', id);
    },
    secretOf: ({ id, secret }) => vault.unlock(secret, `identity provider ${id}`),
  };
};

interface Check {
  readonly element: string;
  readonly holds: (draft: IdentityProviderDraft) => boolean;
  readonly text: string;
}

const checks: readonly Check[] = [
  {
    element: 'id',
    holds: ({ id }) => /^[a-z0-9][a-z0-9-]{0,62}$/.test(id) && id !== 'done',
    text: "The id has lower case letters, digits and hyphens only, and is not 'done'.",
  },
  { element: 'name', holds: ({ name }) => name.trim() !== '', text: 'The name must not be empty.' },
  {
    element: 'issuer',
    holds: ({ issuer }) => isIssuer(issuer),
    text: 'The issuer is an https address without query and fragment (http only on this machine).',
  },
  {
    element: 'clientId',
    holds: ({ clientId, clientSecret }) => clientId !== '' && clientSecret !== '',
    text: 'A client id and a client secret are needed; the provider gives both.',
  },
  {
    element: 'organization',
    holds: ({ organization }) => /^Organization\/[A-Za-z0-9.-]{1,64}$/.test(organization),
    text: "The organization is a reference such as 'Organization/1'.",
  },
  {
    element: 'link',
    holds: ({ link }) => link.claim !== '' && URL.canParse(link.system),
    text: 'The link names a claim and the system of the Practitioner.identifier it must equal.',
  },
  {
    element: 'roles',
    // Nobody becomes an administrator or a system by what another server says.
    holds: ({ roleClaim, roles = {}, standardRole }) =>
      [...Object.values(roles), ...(standardRole ? [standardRole] : [])].every(isStaffRole) &&
      (standardRole !== undefined || (roleClaim !== undefined && Object.keys(roles).length > 0)),
    text: 'A role claim with roles for its values, or a standard role, is needed: clinician, desk, pharmacist or biller.',
  },
];

const check = (draft: IdentityProviderDraft): void => {
  const broken = checks.find(({ holds }) => !holds(draft));
  if (broken !== undefined) throw invalid(broken.text, broken.element);
};

const isIssuer = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  return (protocol === 'https:' || (protocol === 'http:' && isHere)) && search + hash === '';
};
