// A person without a mouse: moves by the Tab key, and must see where the focus is.

import { expect } from 'chai';
import type { Page } from 'playwright-core';

/** Runs in the page: what has the focus, as a screen reader would call it, and whether it shows. */
const focused = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: '', isVisible: true };
  const labels = [...(element.labels ?? [])].map((label) => label.textContent);
  const name = [element.getAttribute('aria-label'), ...labels, element.textContent].filter(Boolean).join(' ');
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const isVisible = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  return { name: name.replace(/\\s+/g, ' ').trim(), isVisible };
})()`;

/** Presses Tab until this has the focus; each stop on the way must show it. */
export const tabTo = async (page: Page, wanted: RegExp): Promise<void> => {
  const passed: string[] = [];
  for (let stop = 0; stop < 80; stop += 1) {
    const { name, isVisible } = await page.evaluate<{ name: string; isVisible: boolean }>(focused);
    expect(isVisible, `the focus shows on '${name}'`).to.equal(true);
    if (name !== '' && wanted.test(name)) return;
    passed.push(name);
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not reach ${String(wanted)}; it passes: ${passed.join(' | ')}`);
};

export const typeInto = async (page: Page, field: RegExp, text: string): Promise<void> => {
  await tabTo(page, field);
  await page.keyboard.type(text);
};

export const press = async (page: Page, button: RegExp): Promise<void> => {
  await tabTo(page, button);
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
  await page.waitForLoadState();
};
