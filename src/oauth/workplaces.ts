// Workplaces: for which organization a user works in an app, where they may work for several.

import { ownApp } from '../access/own-apps.ts';
import { isStaffRole } from '../access/staff.ts';
import type { User } from '../access/user.ts';
import type { FindWorkplaces, Workplace } from '../access/workplaces.ts';
import type { RecordStore } from '../store/port.ts';

/** A user whose `organization` is the one they work for now. */
export type AtWork = User & {
  /** What makes it theirs is a role there, not the account. */
  readonly byRole?: true;
};

export interface Workplaces {
  /** Those to choose from; [] of who is not staff. */
  of(user: User): Promise<readonly Workplace[]>;
  /** The user at the one that is named, else at the only one there is; undefined when that is not theirs, or still to be chosen. */
  settle(user: User, named?: string): Promise<AtWork | undefined>;
}

export const createWorkplaces = (
  find: FindWorkplaces,
  records: Pick<RecordStore, 'find'>,
): Workplaces => {
  const of: Workplaces['of'] = async (user) => {
    const found = await find(user);
    const isAlone = found.every(({ organization }) => organization === user.organization);
    // A hospital whose sign-in says who this is says so for itself only.
    return isAlone || !(await isVouchedFor(user, records))
      ? found
      : found.filter(({ organization }) => organization === user.organization);
  };
  return {
    of,
    settle: async (user, named) => {
      const places = await of(user);
      const [first, ...others] = places;
      if (first === undefined)
        return named === undefined || named === user.organization ? user : undefined;
      const isOnly = others.length === 0;
      const place = named === undefined ? first : placeOf(places, named);
      if (place === undefined || (named === undefined && !isOnly)) return undefined;
      const { organization, by } = place;
      const isOfAccount = organization === user.organization && (isOnly || by === 'account');
      return isOfAccount ? user : { ...user, organization, ...(by === 'role' ? byRole : {}) };
    },
  };
};

const byRole = { byRole: true } as const;

const placeOf = (places: readonly Workplace[], named: string): Workplace | undefined =>
  places.find(({ organization }) => organization === named);

const isVouchedFor = async ({ id }: User, records: Pick<RecordStore, 'find'>): Promise<boolean> =>
  (await records.find('federated-user', { user: id })).length > 0;

/** Whether the user is in this app for their work: not in that for patients, nor where all that is asked for is who they are. */
export const isForWork = ({ role }: User, client: string, scopes: readonly string[]): boolean =>
  isStaffRole(role) &&
  (ownApp(client)?.roles.includes(role) ?? true) &&
  scopes.some((scope) => !ofIdentity.has(scope));

const ofIdentity: ReadonlySet<string> = new Set([
  ...['openid', 'fhirUser', 'profile', 'offline_access', 'online_access'],
]);
