// Scanning health cards in a real browser: with its camera, from pictures, code by code, and what is said when it cannot be.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { writeNumeric } from '#src/health-id/card/numeric.ts';
import { openBrowser } from '../support/browser.ts';
import { pictureOf } from '../support/qr-code.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { checkPage } from './support/check-page.ts';
import { writeFilm } from './support/film.ts';
import { newCard } from './support/new-card.ts';

describe('scanning a health card', function () {
  this.timeout(180_000);
  let server: TestServer;
  let browser: Browser;
  let film: string;
  const closers: (() => Promise<void>)[] = [];

  before(async function () {
    const folder = await mkdtemp(join(tmpdir(), 'meridian-film-'));
    film = join(folder, 'camera.y4m');
    closers.push(() => rm(folder, { recursive: true }));
    // A browser without windows has nobody to ask whether the camera may be used.
    browser = await openBrowser(this, [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ]);
    closers.push(() => browser.close());
    server = await startServer({ host: 'localhost' });
    closers.push(() => server.close());
  });
  after(async () => {
    for (const close of closers.toReversed()) await close();
  });

  const open = async (context: BrowserContext): Promise<Page> => {
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    await page.goto(`${server.url}/verify`);
    return page;
  };
  const choose = async (page: Page, buffer: Buffer, mimeType = 'image/png') => {
    await page.setInputFiles('#file', { name: 'card', mimeType, buffer });
    await page.click('button:text-is("Check")');
  };
  const genuine = 'h1:text-is("This card is genuine")';
  const isFilming = `document.querySelector('#seen').srcObject !== null`;

  it('opens the camera by the keyboard, reads the card and shows what it proves', async () => {
    await writeFilm(film, writeNumeric(await newCard(server)));
    const page = await open(await browser.newContext());
    await page.focus('#camera');
    await page.keyboard.press('Enter');

    await page.waitForSelector(genuine);
    expect(await page.textContent('main')).to.include('Anna Rao');
  });

  it('gathers the codes of a long card, whichever comes first, and tells how many are read', async () => {
    const codes = writeNumeric(await newCard(server, 120));
    await writeFilm(film, codes.toReversed());
    const context = await browser.newContext();
    const heard: string[] = [];
    await context.exposeFunction('hear', (text: string) => heard.push(text));
    await context.addInitScript(`addEventListener('DOMContentLoaded', () => {
      const state = document.querySelector('#camera-state');
      new MutationObserver(() => hear(state.textContent)).observe(state ?? document, { childList: true });
    })`);
    const page = await open(context);
    await page.click('#camera');

    await page.waitForSelector(genuine);
    expect(codes).to.have.length(3);
    expect(heard.join(' ')).to.include('1 of 3 codes read. Show the next one.');
    expect(heard.join(' ')).to.include('2 of 3 codes read. Show the next one.');
  });

  it('goes on past codes that are no cards, and is off when it is stopped or the page is left', async () => {
    await writeFilm(film, ['https://example.org/1']);
    const page = await open(await browser.newContext());
    await page.evaluate(`{
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (asked) => (globalThis.given = await open(asked));
    }`);
    await page.click('#camera');
    await page.waitForSelector('text=This QR code is not that of a health card.');
    await checkPage(page, 'verify-camera');
    await page.click('button:text-is("Stop the camera")');
    await page.waitForSelector('text=The camera is off.');

    expect(await page.evaluate(isFilming)).to.be.false;
    expect(await page.evaluate('given.getTracks()[0].readyState')).to.equal('ended');

    await page.click('#camera');
    await page.waitForSelector('#seen');
    await page.evaluate(`dispatchEvent(new PageTransitionEvent('pagehide'))`);
    expect(await page.evaluate('given.getTracks()[0].readyState')).to.equal('ended');
  });

  it('says so when the camera is refused, and leaves the other ways', async () => {
    await writeFilm(film, writeNumeric(await newCard(server)));
    const page = await open(await browser.newContext());
    await page.evaluate(`navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException('', 'NotAllowedError');
    }`);
    await page.click('#camera');
    await page.waitForSelector('text=This page may not use the camera.');
    await checkPage(page, 'verify-refused');
    await page.fill('#card', await newCard(server));
    await page.click('button:text-is("Check")');

    await page.waitForSelector(genuine);
  });

  it('says so where there is no camera at all', async () => {
    const page = await open(await browser.newContext());
    await page.evaluate(`Object.defineProperty(navigator, 'mediaDevices', { value: undefined })`);
    await page.click('#camera');

    await page.waitForSelector('text=This browser does not let this page use a camera.');
  });

  it('reads a picture, which stays on the device', async () => {
    const [code = ''] = writeNumeric(await newCard(server));
    const page = await open(await browser.newContext());
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await choose(page, await pictureOf(code));

    await page.waitForSelector(genuine);
    expect(sent.join('')).to.include(code).and.to.not.include('PNG');
  });

  it('reads a long card picture by picture', async () => {
    const codes = writeNumeric(await newCard(server, 120));
    const page = await open(await browser.newContext());
    for (const [at, code] of codes.entries()) {
      await choose(page, await pictureOf(code));
      if (at < 2) await page.waitForSelector(`text=${String(at + 1)} of 3 codes read.`);
    }

    await page.waitForSelector(genuine);
  });

  it('says which picture it cannot open, and in which there is no code', async () => {
    const page = await open(await browser.newContext());
    await choose(page, Buffer.from('no picture'));
    await page.waitForSelector('text=This picture cannot be opened.');
    const empty = await page.screenshot();
    await choose(page, empty);
    await page.waitForSelector('text=No QR code of a health card was found');

    await checkPage(page, 'verify-picture');
  });

  it('prefers the reader of the browser, and loads its own only where that fails', async () => {
    const [code = ''] = writeNumeric(await newCard(server));
    for (const [detect, loads] of [
      [`[{ rawValue: '${code}' }]`, false],
      [`Promise.reject(new Error('service unavailable'))`, true],
    ] as const) {
      const context = await browser.newContext();
      await context.addInitScript(`globalThis.BarcodeDetector = class {
        static async getSupportedFormats() { return ['qr_code']; }
        async detect() { return ${detect}; }
      }`);
      const page = await open(context);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await choose(page, await pictureOf(code));

      await page.waitForSelector(genuine);
      expect(asked.some((url) => url.endsWith('/decode.js'))).to.equal(loads);
    }
  });
});
