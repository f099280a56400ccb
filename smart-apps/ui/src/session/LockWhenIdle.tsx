// LockWhenIdle: what is inside is there as long as somebody uses it. A minute before its end a notice says so.

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IdleNotice } from './IdleNotice.tsx';
import { useIdle, type IdleSettings } from './useIdle.ts';

export const LockWhenIdle = ({
  children,
  ...settings
}: IdleSettings & { readonly children: ReactNode }) => {
  // The words are fetched now, while there is a network, and nothing waits for them.
  useTranslation('lock', { useSuspense: false });
  const { secondsLeft, stay, notice } = useIdle(settings);
  return (
    <>
      {children}
      {secondsLeft === undefined ? null : (
        <IdleNotice place={notice} secondsLeft={secondsLeft} stay={stay} />
      )}
    </>
  );
};
