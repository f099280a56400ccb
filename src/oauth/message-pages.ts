// Message pages: what a person reads when something cannot go on, and when they leave.

import { html, trusted } from './pages/html.ts';
import type { Page } from './pages/layout.ts';

/** OAuth's error codes are for developers; the sentence above them is for the person. */
export const errorPage = (error: string, description?: string): Page => ({
  title: 'This cannot go on',
  body: html`<p>
      The app sent something that this server cannot accept, or it took too long. Go back to the app
      and start again; if that does not help, tell the app’s makers what is below.
    </p>
    <p class="hint">
      <code>${error}</code>${description === undefined ? html`` : html`: ${description}`}
    </p>`,
});

export const expiredPage: Page = {
  title: 'Please start again',
  body: html`<p>
    This page has expired or was opened in another browser. Nothing was allowed. Go back to the app
    and open it again.
  </p>`,
};

export const tooLongPage: Page = {
  title: 'The app asked for too much at once',
  body: html`<p>
    The address by which the app sent you here is longer than 8 KB. Nothing was allowed. The maker
    of the app has to ask for fewer things, or for a state that is shorter.
  </p>`,
};

export const busyPage: Page = {
  title: 'Please try again in a moment',
  body: html`<p>
    Very many people sign in at this moment. Nothing was lost; go back and try again.
  </p>`,
};

export const failurePage = (requestId: string): Page => ({
  title: 'Something went wrong on our side',
  body: html`<p>
    Nothing was allowed. Please try again in a moment; the operator finds the reason under
    <code>${requestId}</code>.
  </p>`,
});

/**
 * `form` is the library's own: hidden, with a token against forgery. 'settled': the person has said so already, and the page
 * goes on by itself.
 */
export const signOutPage = (form: string, wish: 'open' | 'settled'): Page => ({
  title: 'Sign out?',
  ...(wish === 'settled' ? { scripts: ['sign-out.js'] } : {}),
  body: html`<p>
      You are signed out of all apps in this browser, but for those you allowed to keep their
      access.
    </p>
    ${trusted(form)}
    <div class="actions">
      <button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
      <button class="second" type="submit" form="op.logoutForm">Stay signed in</button>
    </div>`,
});

export const signedOutPage: Page = {
  title: 'You are signed out',
  body: html`<p>You can close this page.</p>`,
};
