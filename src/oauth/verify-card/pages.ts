// pages: where anybody checks a health card, and what a card proves and what it does not.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#presenting-health-cards-to-a-verifier

import { assetHref } from '../pages/assets.ts';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/layout.ts';
import type { Finding, Line, ProvenCard, Refusal } from './finding.ts';

export const formPage = (action: string, fault?: string): Page => ({
  title: 'Check a health card',
  width: 'wide',
  scripts: ['scan-card.js'],
  ...(fault === undefined ? {} : { errors: [{ text: fault, field: 'card' }] }),
  body: html`<p>
      Paste what the card’s QR code says (it begins with shc:/), or choose the card’s file. The card
      is checked at once and not kept.
    </p>
    <form method="post" action="${action}" enctype="multipart/form-data" data-scan>
      ${camera}
      <div class="field">
        <label for="card">Text of the card</label>
        <p class="hint" id="card-hint">
          Of a card with several QR codes, paste all texts, one below the other.
        </p>
        ${fault !== undefined && html`<p class="field-error" id="card-error">${fault}</p>`}
        <textarea
          id="card"
          name="card"
          rows="5"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          aria-describedby="card-hint${fault === undefined ? '' : ' card-error'}"
          ${fault !== undefined && html`aria-invalid="true"`}
        ></textarea>
      </div>
      <div class="field">
        <label for="file">Or the card’s file</label>
        <p class="hint" id="file-hint">
          Its name ends in .smart-health-card.
          <span data-with-script hidden>
            A picture of its QR code will do, too; it stays on this device.
          </span>
        </p>
        <input id="file" name="file" type="file" aria-describedby="file-hint" />
        <p role="status" id="picture-state"></p>
      </div>
      <button class="full" type="submit">Check</button>
    </form>`,
});

/** Shown by the script that makes it work, which loads the reader of codes where the browser has none. */
const camera = html`<div
  class="camera"
  data-with-script
  data-reader="${assetHref('qr/decode.js')}"
  hidden
>
  <video id="seen" muted playsinline hidden aria-label="What the camera sees"></video>
  <p role="status" id="camera-state"></p>
  <button class="second full" type="button" id="camera">Scan with the camera</button>
  <p class="or">or</p>
</div>`;

export const findingsPage = (findings: readonly Finding[], action: string): Page => ({
  title: titleOf(findings),
  width: 'wide',
  body: html`${findings.map((finding, at) => describe(finding, at, findings.length))}
    <p><a class="button second full" href="${action}">Check another card</a></p>`,
});

const titleOf = (findings: readonly Finding[]): string => {
  const good = findings.filter(({ outcome }) => outcome === 'genuine').length;
  if (findings.length === 1)
    return good === 1 ? 'This card is genuine' : 'This card proves nothing';
  return `${String(good)} of ${String(findings.length)} cards are genuine`;
};

const describe = (finding: Finding, at: number, count: number): Html => {
  const heading = count > 1 && html`<h2>Card ${at + 1}</h2>`;
  switch (finding.outcome) {
    case 'genuine':
      return html`${heading}${proven(finding.card, finding.isRevocable)}`;
    case 'unreadable':
      return html`${heading}
        <div class="caution"><p>${finding.fault}</p></div>`;
    case 'stranger':
    case 'unreachable':
    case 'unknown-key':
    case 'altered':
    case 'revoked':
    case 'expired':
    case 'early':
      return html`${heading}
        <div class="caution">
          <p>${reasons[finding.outcome]}</p>
          <p>It says it was issued by ${finding.iss}. What else it says is not shown.</p>
        </div>`;
  }
};

const reasons: Readonly<Record<Refusal, string>> = {
  stranger:
    'This server does not know the issuer the card names, so it cannot say whether to trust it.',
  unreachable: 'The card’s issuer could not be asked just now. Try again in a minute.',
  'unknown-key': 'The issuer does not have the key this card was signed with, or has withdrawn it.',
  altered: 'The card was changed after it was signed, or was never signed by the issuer it names.',
  revoked: 'The issuer has revoked this card.',
  expired: 'This card has expired.',
  early: 'This card does not count yet.',
};

const proven = (card: ProvenCard, isRevocable: boolean): Html => html`
  <p class="notice">
    Issued by ${card.iss} on ${dayOf(card.issuedAt)} and not changed since.
    ${isRevocable ? 'It is not revoked.' : 'Its issuer has no way to revoke it.'}
    ${card.expiresAt !== undefined && html`It counts until ${dayOf(card.expiresAt)}.`}
  </p>
  <h2>Who it is for</h2>
  ${lines(card.person)}
  <p>Compare this with another document: the card alone does not say who holds it.</p>
  ${card.records.length > 0 && html`<h2>What it says</h2>`}
  ${card.records.map(
    (record) =>
      html`<h3>${record.title}</h3>
        ${lines(record.lines)}`,
  )}
  <h2>What it proves, and what not</h2>
  <ul>
    <li>It proves that the issuer has recorded this, and that nobody changed it.</li>
    <li>It does not prove that the person before you is the one it is for.</li>
    <li>
      It does not prove that somebody is healthy or immune, and it may not be the whole record.
    </li>
    <li>It is not an identity document.</li>
  </ul>
`;

const lines = (list: readonly Line[]): Html =>
  html`<ul class="list">
    ${list.map(
      ({ label, text }) =>
        html`<li>
          <div>${label}</div>
          <div><strong>${text}</strong></div>
        </li>`,
    )}
  </ul>`;

const dayOf = (milliseconds: number): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(milliseconds);
