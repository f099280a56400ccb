// useOpening: opens an app for a patient, in a tab of its own or in a frame of this page.

import type { UseMutationResult } from '@tanstack/react-query';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { launchApp, type LaunchableApp, type Opening } from './apps.ts';

export interface Whom {
  /** Logical ids. */
  readonly patient: string;
  readonly encounter: string | undefined;
}

export interface Openings {
  /** `onBlocked` gets the address where the browser opens no tab by itself. */
  readonly openTab: (onBlocked: (address: string) => void) => void;
  readonly openFrame: (onOpened: (address: string) => void) => void;
  readonly opening: UseMutationResult<string, Error, Opening>;
}

export const useOpening = ({ client }: Pick<LaunchableApp, 'client'>, whom: Whom): Openings => {
  const opening = useWrite(launchApp, []);
  return {
    opening,
    openTab: (onBlocked) => {
      // A browser lets a tab be opened by a click only, not by an answer that comes later.
      const tab = globalThis.open('', '_blank');
      opening.mutate(
        { client, ...whom, place: 'tab' },
        {
          onSuccess: (address) => {
            if (tab === null) return onBlocked(address);
            // The app has no hold on the page that opened it.
            tab.opener = null;
            tab.location.replace(address);
          },
          onError: () => tab?.close(),
        },
      );
    },
    openFrame: (onOpened) =>
      opening.mutate({ client, ...whom, place: 'frame' }, { onSuccess: onOpened }),
  };
};
