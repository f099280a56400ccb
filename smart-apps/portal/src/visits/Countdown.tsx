// Countdown: how long a time is still held; read out when it becomes short, not each second.

import { useEffect, useState } from 'react';
import { Alert, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Whole seconds, at last 0; undefined where nothing runs out. */
export const useSecondsUntil = (moment: number | undefined): number | undefined => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return moment === undefined ? undefined : Math.max(0, Math.ceil((moment - now) / 1000));
};

export const Countdown = ({ seconds }: { readonly seconds: number | undefined }) => {
  const { t } = useTranslation('visits');
  if (seconds === undefined) return null;
  const minutes = Math.floor(seconds / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = minutes >= 60 ? `${String(Math.floor(minutes / 60))}:` : '';
  const clock = `${hours}${two(minutes % 60)}:${two(seconds % 60)}`;
  return (
    <Alert color={seconds < 120 ? 'orange' : 'blue'} role="timer" aria-live="off">
      {t('confirm.held', { clock })}
      <VisuallyHidden role="status">
        {seconds < 120 ? t('confirm.heldShort', { count: minutes + 1 }) : ''}
      </VisuallyHidden>
    </Alert>
  );
};
