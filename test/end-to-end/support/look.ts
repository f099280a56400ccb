// Looks at a page of the server: axe finds nothing, nothing has to be scrolled sideways, no script or style was refused.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** With SCREENSHOTS set to a folder, a picture is kept there. */
export const lookAt = async (page: Page, name: string): Promise<void> => {
  const width = page.viewportSize()?.width ?? 0;
  const folder = process.env['SCREENSHOTS'];
  if (folder !== undefined)
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  // By the debugger's way in, which the page's policy does not concern.
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{ readonly violations: readonly Violation[] }>(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)} })`,
  );
  const scrollWidth = await page.evaluate<number>('document.documentElement.scrollWidth');

  expect(violations.map(wordsOf), `${name} at ${width}`).to.deep.equal([]);
  expect(scrollWidth, `${name} is no wider than ${width}`).to.be.at.most(width);
};

const wordsOf = ({ id, nodes }: Violation): string =>
  `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`;

/** What the browser complains of: refused by the policy, not found, thrown. */
export const collectComplaints = (page: Page): readonly string[] => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
};
