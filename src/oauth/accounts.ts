// Accounts: the users as oidc-provider wants them, and what an id_token says of them.
// https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims

import type { Account, FindAccount, Provider } from 'oidc-provider';
import type { User } from '../access/user.ts';
import type { RecordStore } from '../store/port.ts';
import type { GrantContext } from './grant-context.ts';
import { splitScope } from './scope-rules.ts';
import { isForWork, type Workplaces } from './workplaces.ts';

export interface AccountSources {
  readonly records: RecordStore;
  readonly fhirBase: string;
  readonly provider: () => Provider;
  readonly workplaces: Workplaces;
  readonly contextOf: (grantId: string) => Promise<GrantContext | undefined>;
}

/** undefined when there is no such user, or none who may sign in. */
export const findUser = async (records: RecordStore, id: string): Promise<User | undefined> => {
  const found = (await records.get('user', id)) as User | undefined;
  return found?.status === 'active' ? found : undefined;
};

/** Also asked at every refresh, so that a disabled user, an online session and work that ended stop there. */
export const createFindAccount =
  ({ records, fhirBase, provider, workplaces, contextOf }: AccountSources): FindAccount =>
  async (_ctx, sub, token) => {
    const user = await findUser(records, sub);
    if (!user || !(await isStillOnline(token, provider()))) return undefined;
    const { grantId, clientId = '', scope } = (token ?? {}) as Partial<Granted>;
    const context = grantId === undefined ? undefined : await contextOf(grantId);
    if (context && actsAsStaff(user, context) && isForWork(user, clientId, splitScope(scope))) {
      const named = context.organization ?? user.organization;
      if (!(await workplaces.settle(user, named))) return undefined;
    }
    const fhirUser = context?.fhirUser ?? user.fhirUser;
    return {
      accountId: sub,
      claims: () => ({
        sub,
        name: user.name,
        ...(fhirUser === undefined ? {} : { fhirUser: `${fhirBase}/${fhirUser}` }),
      }),
    } satisfies Account;
  };

interface Granted {
  readonly grantId: string;
  readonly clientId: string;
  readonly scope: string;
}

const actsAsStaff = ({ role }: User, context: GrantContext): boolean =>
  (context.role ?? role) === role;

interface Lasting {
  readonly kind: string;
  readonly scope?: string;
  readonly sessionUid?: string;
}

/** "online_access: … usable … as long as the user remains online". */
const isStillOnline = async (token: object | undefined, provider: Provider): Promise<boolean> => {
  const lasting = token as Lasting | undefined;
  if (lasting?.kind !== 'RefreshToken') return true;
  if (lasting.scope?.split(' ').includes('offline_access')) return true;
  return (await provider.Session.findByUid(lasting.sessionUid ?? '')) !== undefined;
};
