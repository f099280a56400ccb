// Clerks: who looks after people who register by themselves, as the permit that says whom a Task may name to them.

import type { Authorize } from '../access/authorize.ts';
import type { Caller } from '../access/caller.ts';
import { unrestricted, type Permit } from '../access/permit.ts';

/** `organization` as `Organization/1`; without one they are those of the network, who see everybody. */
export const clerksOf = (
  organization: string | undefined,
  authorize: Authorize,
): Promise<Permit> =>
  organization === undefined
    ? Promise.resolve(unrestricted)
    : authorize({ ...deskCaller, organization });

const deskCaller: Omit<Caller, 'organization'> = {
  ...{ client: 'sign-up', token: 'sign-up', role: 'desk', scopes: ['user/*.cruds'] },
};
