// Other scripts: every page in Hindi and in Urdu on a phone, with letters as readers see them: none is cut off, and lines are high
// enough for the marks above and below. In Urdu, names, numbers and values keep their own order.

import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { restingOverflow } from '../support/check-page.ts';
import { addresses, addressOf } from './support/addresses.ts';
import { cutWords } from './support/cut-words.ts';
import { everything, type Happened } from './support/everything.ts';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

const people = { portal: 'priya', clinician: 'deshpande', desk: 'kulkarni' } as const;

/** Letters of the script, the font that has them, and how high a line must be in sizes of its letters. */
const scripts = {
  hi: { letters: '\\u0900-\\u097f', font: 'Noto Sans Devanagari', least: 1.3 },
  ur: { letters: '\\u0600-\\u06ff', font: 'Noto Nastaliq Urdu', least: 1.9 },
} as const;

describe('in another script,', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  let happened: Happened;
  before(async function () {
    apps = await openApps(this);
    happened = await everything(apps.server);
  });
  after(() => apps?.close());

  for (const app of ['portal', 'clinician', 'desk'] as const)
    describe(`the ${app}`, () => {
      let visit: Visit;
      let page: Page;
      before(async () => {
        visit = await apps!.visit(320);
        page = visit.page;
        await visit.signIn(app, people[app]);
      });
      after(() => visit.close());

      const open = async (language: keyof typeof scripts, place: string): Promise<void> => {
        await page.evaluate(`localStorage.setItem('meridian:language', '${language}')`);
        await page.goto(`${apps!.server.url}/apps/${app}${place}`);
        await page.waitForLoadState('networkidle');
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.locator('.mantine-Loader-root').first().waitFor({ state: 'detached' });
      };

      for (const language of ['hi', 'ur'] as const) {
        const { letters, font, least } = scripts[language];

        it(`is written in the letters of ${language}`, async () => {
          await open(language, '/');
          await page.getByRole('button', { name: /खाता|اکاؤنٹ/ }).click();

          expect(
            await fontsOf(page, `[popover] [lang="${language}"] .mantine-NavLink-label`),
          ).to.include(font);
        });

        for (const [path, address] of Object.entries(addresses[app]))
          it(`shows ${path} whole in ${language}`, async () => {
            await open(language, addressOf(address, happened));

            expect(await restingOverflow(page), 'pixels beyond the screen').to.equal(0);
            expect(await cutWords(page), 'cut').to.deep.equal([]);
            expect(await page.evaluate(lowLines(letters, least)), 'low lines').to.deep.equal([]);
          });
      }
    });

  it('Urdu leaves a phone number, an address and a value in their own order', async () => {
    const visit = await apps!.visit(320);
    const { page } = visit;
    await visit.signIn('portal', people.portal);
    await page.evaluate(`localStorage.setItem('meridian:language', 'ur')`);

    await page.goto(`${apps!.server.url}/apps/portal/profile`);
    await page.getByText('22 Prabhat Road').waitFor();
    expect(await placesOf(page, '22 Prabhat Road', ['22', 'Road'])).to.equal('in order');
    expect(await placesOf(page, '+91', ['+91', '55501'])).to.equal('in order');
    await page.goto(`${apps!.server.url}/apps/portal/results`);
    await page.getByText('6.8').first().waitFor();
    expect(await placesOf(page, '6.8', ['6.8', '%'])).to.equal('in order');
    await visit.close();
  });
});

/** Names of the fonts of which a text is drawn. */
const fontsOf = async (page: Page, selector: string): Promise<readonly string[]> => {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.map(({ familyName }) => familyName);
};

/** Elements with letters of the script on lines less high than that; what is for screen readers only has no size. */
const lowLines = (letters: string, least: number): string =>
  `[...document.querySelectorAll('#root *, [popover] *')]
    .filter((element) => [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && /[${letters}]/.test(data)))
    .filter((element) => {
      const { display, fontSize, lineHeight } = getComputedStyle(element);
      const isSeen = display === 'inline' || element.clientWidth > 2;
      return isSeen && parseFloat(lineHeight) / parseFloat(fontSize) < ${String(least - 0.01)};
    })
    .map((element) => element.className + ': ' + element.textContent.trim().slice(0, 60))`;

/** Of the first text that holds `text`: whether the parts stand from left to right on the screen. */
const placesOf = (page: Page, text: string, [first, last]: readonly [string, string]) =>
  page.evaluate(`(() => {
    const walker = document.createTreeWalker(document.getElementById('root'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data } = walker.currentNode;
      if (!data.includes('${text}') || !data.includes('${last}')) continue;
      const leftOf = (part) => {
        const range = document.createRange();
        range.setStart(walker.currentNode, data.indexOf(part));
        range.setEnd(walker.currentNode, data.indexOf(part) + part.length);
        return range.getBoundingClientRect().left;
      };
      return leftOf('${first}') < leftOf('${last}') ? 'in order' : 'turned round';
    }
    return 'not there';
  })()`);
