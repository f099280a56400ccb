// Uploaded pages: our apps live on the origin that gives out what others have uploaded. None of that may run here, or read
// the token an app keeps.  https://owasp.org/www-community/attacks/xss/#stored-xss-attacks

import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { writeApp, type AppPages } from './support/app-pages.ts';

/** The app keeps its token as fhirclient does, and shows what it is given as an app does that knows no better. */
const careless = `
sessionStorage.setItem('token', 'secret');
window.showIn = (name, attribute, address) => {
  const element = document.createElement(name);
  element[attribute] = address;
  document.body.append(element);
  return new Promise((shown) => { element.onload = element.onerror = () => shown(); });
};
window.blobOf = (text, type) => URL.createObjectURL(new Blob([text], { type }));
`;

const steal = `
  const token = sessionStorage.getItem('token') ?? 'nothing';
  localStorage.setItem('stolen', token);
  new Image().src = '/stolen?' + token;
  document.title = 'stolen';`;

const uploads = {
  'text/html': `<!doctype html><title>A letter</title><body onload="${steal.replaceAll('\n', '')}">
    <script>${steal}</script><img src="x" onerror="${steal.replaceAll('\n', '')}"></body>`,
  'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg" onload="${steal.replaceAll('\n', '')}">
    <script>${steal}</script></svg>`,
  'application/xhtml+xml': `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A letter</title></head>
    <body><script>${steal}</script></body></html>`,
} as const;
type UploadType = keyof typeof uploads;

describe('pages that others have uploaded', function () {
  this.timeout(120_000);
  let browser: Browser | undefined;
  let pages: AppPages | undefined;
  let server: TestServer;
  let page: Page;
  const addresses = new Map<UploadType, string>();
  before(async function () {
    browser = await openBrowser(this);
    pages = await writeApp('portal', careless);
    // Open to all: what keeps them from running is not that a browser sends no token along.
    server = await startServer({ env: { APPS_DIR: pages.folder } });
    for (const type of Object.keys(uploads) as UploadType[])
      addresses.set(type, await upload(type));
  });
  after(async () => {
    await browser?.close();
    await server.close();
    await pages?.remove();
  });
  beforeEach(async () => {
    page = await (await browser!.newContext()).newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${server.url}/apps/portal/`);
  });
  afterEach(() => page.context().close());

  const upload = async (type: UploadType): Promise<string> => {
    const answered = await fetch(`${server.base}/Binary`, {
      ...{ method: 'POST', headers: { 'content-type': type }, body: uploads[type] },
    });
    expect(answered.status).to.equal(201);
    const { id } = (await answered.json()) as { readonly id: string };
    return `${server.base}/Binary/${id}`;
  };

  /** Asked on a page of this origin that nobody uploaded. */
  const stolen = async (): Promise<unknown> => {
    const other = await page.context().newPage();
    await other.goto(`${server.url}/apps/portal/`);
    return other.evaluate('localStorage.getItem("stolen")');
  };

  it('would steal the token, were they served as pages', async () => {
    await page.route('**/a-page', (route) =>
      route.fulfill({ contentType: 'text/html', body: uploads['text/html'] }),
    );

    await page.goto(`${server.url}/a-page`);

    expect(await stolen()).to.equal('secret');
  });

  for (const type of Object.keys(uploads) as UploadType[]) {
    it(`are saved and not shown when they are opened: ${type}`, async () => {
      const download = page.waitForEvent('download');
      // The browser stays where it is, and says so by an error.
      await page.goto(addresses.get(type)!).catch(() => undefined);

      expect((await download).url()).to.equal(addresses.get(type));
      expect(await page.title()).to.equal('portal');
      expect(await stolen()).to.equal(null);
    });

    it(`do not run in a frame, as an object or as a picture of the app: ${type}`, async () => {
      // Not every element says that it was refused.
      for (const [name, attribute] of [
        ['img', 'src'],
        ['embed', 'src'],
        ['object', 'data'],
        ['script', 'src'],
      ] as const)
        await page.evaluate(
          `Promise.race([showIn('${name}', '${attribute}', '${addresses.get(type)!}'), new Promise((r) => setTimeout(r, 500))])`,
        );
      const download = page.waitForEvent('download');
      await page.evaluate(`void showIn('iframe', 'src', '${addresses.get(type)!}')`);
      await download;

      expect(await stolen()).to.equal(null);
    });

    it(`do not run from the memory of the app, in a frame or in a window: ${type}`, async () => {
      const text = JSON.stringify(uploads[type]);
      await page.evaluate(`showIn('iframe', 'src', blobOf(${text}, '${type}'))`);
      const opened = page.context().waitForEvent('page');
      await page.evaluate(`void window.open(blobOf(${text}, '${type}'))`);
      await (await opened).waitForLoadState();

      expect(await stolen()).to.equal(null);
      expect(await page.title()).to.equal('portal');
    });

    it(`carry what keeps a browser from running them: ${type}`, async () => {
      for (const suffix of ['', '/_history/1']) {
        const { status, headers } = await fetch(`${addresses.get(type)!}${suffix}`, {
          headers: { accept: 'text/html,*/*' },
        });
        expect(status, suffix).to.equal(200);
        expect(headers.get('content-disposition'), suffix).to.equal('attachment');
        expect(headers.get('content-security-policy'), suffix).to.contain('sandbox');
        expect(headers.get('x-content-type-options'), suffix).to.equal('nosniff');
      }
    });
  }

  it('cannot be a service worker of the app', async () => {
    const answered = await fetch(`${server.base}/Binary`, {
      ...{ method: 'POST', headers: { 'content-type': 'text/javascript' }, body: 'self.x = 1;' },
    });
    const { id } = (await answered.json()) as { readonly id: string };
    const register = (scope: string) =>
      page.evaluate(
        `navigator.serviceWorker.register('/fhir/Binary/${id}', { scope: '${scope}' }).then(() => 'taken', (error) => String(error))`,
      );

    expect(await register('/apps/portal/')).to.contain('SecurityError');
  });
});
