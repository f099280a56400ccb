// A person without a mouse: moves by the Tab key, and must see where the focus is.

import { expect } from 'chai';
import type { Page } from 'playwright-core';

/**
 * Runs in the page: what has the focus, as a screen reader would call it, and whether it shows: marked, on the screen, and not all
 * of it behind something else. What no key reaches need not be marked. WCAG 2.2, 2.4.7 and 2.4.11.
 */
const focused = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: '', isVisible: true };
  const labels = [...(element.labels ?? [])].map((label) => label.textContent);
  const name = [element.getAttribute('aria-label'), ...labels, element.textContent].filter(Boolean).join(' ');
  const said = name.replace(/\\s+/g, ' ').trim();
  if (element.tabIndex < 0) return { name: said, isVisible: true };
  // Of a switch it is the track beside the hidden control.
  const isMarked = [element, element.nextElementSibling].filter(Boolean).some((each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  });
  const { left, top, width, height } = element.getBoundingClientRect();
  const isShown = [0.1, 0.5, 0.9].some((down) => [0.1, 0.5, 0.9].some((along) => {
    const hit = document.elementFromPoint(left + width * along, top + height * down);
    return hit !== null && (element.contains(hit) || hit.contains(element) || [...(element.labels ?? [])].some((label) => label.contains(hit)));
  }));
  return { name: said, isVisible: isMarked && isShown };
})()`;

/** Presses Tab, or another key, until this has the focus; each stop on the way must show it. */
export const tabTo = async (page: Page, wanted: RegExp, key = 'Tab'): Promise<void> => {
  const passed: string[] = [];
  for (let stop = 0; stop < 80; stop += 1) {
    const { name, isVisible } = await page.evaluate<{ name: string; isVisible: boolean }>(focused);
    expect(isVisible, `the focus shows on '${name}'`).to.equal(true);
    if (name !== '' && wanted.test(name)) return;
    passed.push(name);
    await page.keyboard.press(key);
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
