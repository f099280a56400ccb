// What holds for every page: no accessibility fault axe can see, nothing cut off on a narrow screen, nothing the policy blocked.
// https://github.com/dequelabs/axe-core/blob/develop/doc/API.md

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { expect } from 'chai';
import type { Page } from 'playwright-core';

interface Found {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** SCREENSHOTS names a folder for pictures of what was checked. */
const pictures = process.env['SCREENSHOTS'];

/** Narrowest as WCAG 1.4.10 asks (320), a phone, a desk; each colour scheme at least once. */
const views = [
  { width: 320, colorScheme: 'light' },
  { width: 375, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
] as const;

export const checkPage = async (page: Page, name: string): Promise<void> => {
  for (const { width, colorScheme } of views) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    const where = `${name} at ${width} px, ${colorScheme}`;
    expect(await restingOverflow(page), `${where}: wider than the screen`).to.equal(0);
    expect(await axeFaults(page), where).to.deep.equal([]);
    if (pictures !== undefined) await picture(page, `${name}-${width}-${colorScheme}`);
  }
};

/** Pixels beyond the screen, once what slides or is drawn anew when there is less room has come to rest. */
export const restingOverflow = async (page: Page): Promise<number> => {
  for (let tries = 0; ; tries += 1) {
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    if (overflow === 0 || tries === 50) return overflow;
    await page.waitForTimeout(100);
  }
};

const axeFaults = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const options = JSON.stringify({ runOnly: { type: 'tag', values: standards } });
  const { violations } = await page.evaluate<{ violations: readonly Found[] }>(
    `axe.run(document, ${options})`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html}: ${failureSummary}`),
  );
};

const picture = async (page: Page, name: string): Promise<void> => {
  await mkdir(pictures!, { recursive: true });
  await page.screenshot({ path: join(pictures!, `${name}.png`), fullPage: true });
};
