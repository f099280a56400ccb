// The frame of the pages: everything is escaped, a fault is said first, and nothing may be added to what is sent.

import { createServer, type RequestListener } from 'node:http';
import { expect } from 'chai';
import express from 'express';
import { agent as request } from 'supertest';
import { assetHref, serveAssets } from '#src/oauth/pages/assets.ts';
import { html } from '#src/oauth/pages/html.ts';
import { layout } from '#src/oauth/pages/layout.ts';
import { sendPage } from '#src/oauth/pages/send-page.ts';

const body = html`<p>Welcome.</p>`;

describe('the frame of a page', () => {
  it('escapes text in elements and attributes', () => {
    const evil = `"><script>alert('&')</script>`;

    const { markup } = html`<p title="${evil}">${evil}</p>`;

    expect(markup).not.to.match(/<script|alert\('/);
    expect(markup).to.include('&#34;&#62;&#60;script');
  });

  it('keeps markup and lists of markup, and leaves out what is absent', () => {
    const items = ['a', 'b'].map((text) => html`<li>${text}</li>`);

    const { markup } = html`<ul>
        ${items}
      </ul>
      ${undefined}${false}`;

    expect(markup.replaceAll(/\s/g, '')).to.equal('<ul><li>a</li><li>b</li></ul>');
  });

  it('names the fault in the title and links it to its field', () => {
    const page = layout({
      title: 'Sign in',
      body,
      errors: [{ text: 'Wrong.', field: 'password' }],
    });

    expect(page).to.include('<title>Error: Sign in – Meridian</title>');
    expect(page).to.match(/role="alert"[^]*<a href="#password">Wrong\.<\/a>/);
  });

  it('says its language and begins with a way to skip to the content', () => {
    const page = layout({ title: 'Anmelden', lang: 'de', body });

    expect(page).to.include('<html lang="de">');
    expect(page).to.match(/<body>\s*<a class="skip" href="#main">/);
  });

  it('has neither scripts nor styles inside the page', () => {
    const page = layout({ title: 'Sign in', body, scripts: ['passkey.js'] });

    expect(page).not.to.match(/<style| style=|<script>| on[a-z]+=/);
  });

  it('is kept by nobody, framed by nobody, and loads only from here', async () => {
    const answer = await request(
      createServer((_req, res) => {
        sendPage(res, { title: 'Sign in', body }, { leadsTo: 'https://app.example/cb?x=1' });
      }),
    ).get('/');

    expect(answer.headers['cache-control']).to.equal('no-store');
    expect(answer.headers['content-security-policy']).to.include("default-src 'none'");
    expect(answer.headers['content-security-policy']).to.include("frame-ancestors 'none'");
    expect(answer.headers['content-security-policy']).to.include(
      "form-action 'self' https://app.example;",
    );
  });

  it('lets no address break out of the policy', async () => {
    const answer = await request(
      createServer((_req, res) => {
        sendPage(res, { title: 'x', body }, { leadsTo: "app;script-src *://x/y'unsafe" });
      }),
    ).get('/');

    expect(answer.headers['content-security-policy']).to.include("form-action 'self';");
  });
});

describe('the assets', () => {
  const app = express().use(serveAssets) as RequestListener;

  it('are kept for ever under a name that changes with their content', async () => {
    const answer = await request(app).get(assetHref('style.css'));

    expect(answer.status).to.equal(200);
    expect(answer.headers['content-type']).to.equal('text/css; charset=utf-8');
    expect(answer.headers['cache-control']).to.include('immutable');
  });

  it('hold the library for passkeys, so that no page loads from another site', async () => {
    const answer = await request(app).get(assetHref('webauthn.js'));

    expect(answer.text).to.include('SimpleWebAuthnBrowser');
  });

  it('answer nothing else', async () => {
    const answer = await request(app).get('/oauth/assets/..%2f..%2fpackage.json');

    expect(answer.status).to.equal(404);
  });
});
