// Pages that only say something: signed out, help, faults, each with a way on.

import { oauthMount } from './assets.ts';
import { html } from './html.ts';
import type { Page } from './layout.ts';

export const goodbyePage = (reason: 'asked' | 'idle'): Page => ({
  title: 'You are signed out',
  body: html`<p>
      ${
        reason === 'asked'
          ? 'Close the browser too if others use this device.'
          : 'Nothing was done for a while, so we signed you out. What you had saved is kept.'
      }
    </p>
    <p><a class="button full" href="${oauthMount}/account">Sign in again</a></p>`,
});

/** The interaction ended or belongs to another browser. */
export const lostPage: Page = {
  title: 'This sign-in has ended',
  body: html`<p>
      It took too long, was finished in another window, or was begun in another browser. Nothing was
      lost.
    </p>
    <p>Go back to the app you came from and sign in again, or:</p>
    <p><a class="button full" href="${oauthMount}/account">Start again</a></p>`,
};

export interface RefusedView {
  readonly title: string;
  readonly text: string;
  /** `/oauth/interaction/<uid>`, where there is one to go on with. */
  readonly base?: string | undefined;
}

export const refusedPage = ({ title, text, base }: RefusedView): Page => ({
  title,
  body: html`<p>${text}</p>
    <p><a class="button full" href="${base ?? `${oauthMount}/account`}">Start again</a></p>`,
});

export const helpPage: Page = {
  title: 'Help with signing in',
  width: 'wide',
  body: html`<h2>I have forgotten my password</h2>
    <p>
      <a href="${oauthMount}/forgotten">Ask for a new one</a>. The message goes to the mail address
      or phone number your hospital has of you.
    </p>
    <h2>I have to wait before I can try again</h2>
    <p>
      After several wrong passwords each further try has to wait a little longer, so that nobody can
      guess yours. Others cannot lock you out of a browser you have used before.
    </p>
    <h2>My phone with the codes is lost</h2>
    <p>
      Use one of your recovery codes. If you have none left, go to your hospital’s desk with
      something that proves who you are; they can remove the second step.
    </p>
    <h2>My name is not known here</h2>
    <p>
      Patients get their invitation from their hospital or
      <a href="${oauthMount}/sign-up">register themselves</a>. Staff sign in with the button of
      their hospital, or are invited by its administrator.
    </p>
    <h2>My account</h2>
    <p>
      <a href="${oauthMount}/account"
        >Change your password, your second step and the apps with access</a
      >.
    </p>`,
};
