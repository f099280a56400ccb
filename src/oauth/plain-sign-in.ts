// Plain sign-in: a user name and a password on one page, until the real pages take its place.

import express, { type RequestHandler } from 'express';
import type { Provider } from 'oidc-provider';
import { html } from './pages/html.ts';
import { sendPage } from './pages/send-page.ts';
import { matchesPassword } from './users/password-hash.ts';
import type { Users } from './users/users.ts';

export const plainSignIn =
  (users: Users) =>
  (provider: Provider): RequestHandler => {
    const router = express.Router();
    router.get('/interaction/:uid/login', (req, res) => {
      sendPage(res, {
        title: 'Sign in',
        body: html`<form method="post" action="${req.baseUrl}/interaction/${req.params.uid}/login">
          <div class="field">
            <label for="username">User name</label
            ><input id="username" name="username" autocomplete="username" />
          </div>
          <div class="field">
            <label for="password">Password</label
            ><input id="password" name="password" type="password" autocomplete="current-password" />
          </div>
          <button type="submit">Sign in</button>
        </form>`,
      });
    });
    router.post(
      '/interaction/:uid/login',
      express.urlencoded({ extended: false }),
      async (req, res) => {
        const { username, password } = req.body as Readonly<Record<string, string | undefined>>;
        const user = await users.byName(username ?? '');
        const isRight = await matchesPassword(password ?? '', user?.password);
        if (isRight && user)
          await provider.interactionFinished(req, res, {
            login: { accountId: user.id, amr: ['pwd'] },
          });
        else res.redirect(303, req.originalUrl);
      },
    );
    return router;
  };
