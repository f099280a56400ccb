// Route of the permissions page: everyone sees what they may do; administrators see it of any user or app.

import express, { type Request, type Response, type Router } from 'express';
import { asUser, findSubject, type Named, type Subject } from '../../access/subject.ts';
import type { PageError } from '../pages/layout.ts';
import { permissionsPage, type Asked } from '../pages/permissions-page.ts';
import { sendPage } from '../pages/send-page.ts';
import { readQuery } from '../sign-in/visit.ts';
import type { BrowserSession } from './browser-session.ts';
import { requireSession, type AccountParts } from './require-session.ts';

export const createPermissionRoutes = (parts: AccountParts): Router => {
  const { records, explain, report, addressOf } = parts.sources;
  const show = async (req: Request, res: Response, { user }: BrowserSession): Promise<void> => {
    // Nobody else is asked whom they mean, nor told whether somebody is there.
    const asked = user.role === 'administrator' ? readAsked(req) : undefined;
    const isOther = asked !== undefined && (asked.user !== '' || asked.client !== '');
    const found = isOther ? await findSubject(namedBy(asked), records) : asUser(user);
    // Before it is shown; also that somebody was looked for who is not there.
    if (isOther)
      await report({
        ...{ kind: 'permissions-shown', user: user.id, address: addressOf(req) },
        ...{ about: nameOf(found, asked), ...(typeof found === 'string' ? { reason: found } : {}) },
      });
    const common = { name: user.name, asked };
    if (typeof found !== 'string')
      sendPage(res, permissionsPage({ ...common, subject: found, rows: explain(found) }));
    else sendPage(res, permissionsPage({ ...common, errors: [faults[found]] }), { status: 404 });
  };
  const router = express.Router();
  router.get('/permissions', requireSession(parts)('any', show, 'permissions'));
  return router;
};

const readAsked = (req: Request): Asked => ({
  user: readQuery(req, 'user').trim(),
  client: readQuery(req, 'client').trim(),
});

const nameOf = (found: Subject | 'no user' | 'no client', { user, client }: Asked): string => {
  const isThere = typeof found !== 'string';
  const theUser = (isThere ? found.user : undefined) ?? user;
  return theUser === '' ? `client/${client}` : `user/${theUser}`;
};

/** An empty field of the form names nobody. */
const namedBy = ({ user, client }: Asked): Named => ({
  user: user === '' ? undefined : user,
  client: client === '' ? undefined : client,
});

const faults: Readonly<Record<'no user' | 'no client', PageError>> = {
  'no user': { text: 'There is no user of that name.', field: 'user' },
  'no client': { text: 'There is no app of that id.', field: 'client' },
};
