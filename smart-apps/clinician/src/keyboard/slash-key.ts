// Slash key: "/" goes to the field that finds patients, from every page; it can be turned off, and stays off on this device.
// https://www.w3.org/TR/WCAG22/#character-key-shortcuts

import { useEffect } from 'react';
import { useHotkeys, useLocalStorage } from '@mantine/hooks';
import { useLocation } from 'wouter';

export const findFieldId = 'find-patient';

export const useSlashKey = () =>
  useLocalStorage({
    key: 'meridian:clinician:slash',
    defaultValue: true,
    getInitialValueInEffect: false,
  });

/** Once, around all pages. Does nothing while somebody types. */
export const useFindBySlash = (): void => {
  const [isOn] = useSlashKey();
  const [path, go] = useLocation();
  useHotkeys(
    isOn
      ? [
          [
            '/',
            () => {
              if (path === '/patients') focusField();
              else go('/patients', { state: focusWanted });
            },
          ],
        ]
      : [],
  );
  useEffect(() => {
    if (path === '/patients' && globalThis.history.state === focusWanted) void whenThere();
  }, [path]);
};

const focusWanted = 'find';

const focusField = (): boolean => {
  const field = document.getElementById(findFieldId);
  field?.focus();
  return field !== null;
};

/** The page is loaded when it is first opened. */
const whenThere = async (): Promise<void> => {
  for (let frame = 0; frame < 120; frame += 1) {
    if (focusField()) return;
    await new Promise(requestAnimationFrame);
  }
};
