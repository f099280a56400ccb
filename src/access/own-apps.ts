// Own apps: the SMART apps this server brings along, and whom each is for. They are named here and nowhere else: no registration
// and no administrator can add to them.

import type { Role } from './caller.ts';
import type { User } from './user.ts';

export interface OwnApp {
  /** The client_id, and the last part of its address: `/apps/portal/`. */
  readonly id: string;
  readonly name: string;
  /** For whom it is, in a sentence. */
  readonly about: string;
  /** As whom a user must act in it; everybody else is refused. */
  readonly roles: readonly Role[];
  /** All it may ever ask for. */
  readonly scope: string;
  /** Its pages show those of other apps in a frame. */
  readonly framesApps?: true;
}

const person = 'openid fhirUser profile online_access';

export const ownApps: readonly OwnApp[] = [
  {
    ...{ id: 'portal', name: 'Meridian Portal', roles: ['patient', 'proxy'] },
    about: 'For patients and those who care for them: your record, appointments and sharing.',
    scope: `${person} launch launch/patient patient/*.cruds user/*.cruds`,
  },
  {
    ...{ id: 'clinician', name: 'Meridian Clinician', roles: ['clinician'] },
    about: 'For doctors and nurses: your day, your patients’ charts, notes and prescriptions.',
    scope: `${person} launch user/*.cruds`,
    framesApps: true,
  },
  {
    ...{ id: 'desk', name: 'Meridian Desk', roles: ['desk'] },
    about: 'For the front desk of a hospital: registration, the day’s list, reports by health ID.',
    scope: `${person} launch user/*.cruds`,
  },
];

/** undefined for every app that is not ours. */
export const ownApp = (client: string): OwnApp | undefined =>
  ownApps.find(({ id }) => id === client);

/** Those a user may open: at work, and at home where they stand for somebody. */
export const ownAppsOf = ({
  role,
  relatedPersons = [],
}: Pick<User, 'role' | 'relatedPersons'>): readonly OwnApp[] => {
  const acts: readonly Role[] = relatedPersons.length > 0 ? [role, 'proxy'] : [role];
  return ownApps.filter(({ roles }) => roles.some((each) => acts.includes(each)));
};

/** Where it is, as a path of this server. */
export const pathOf = ({ id }: Pick<OwnApp, 'id'>): string => `/apps/${id}/`;
