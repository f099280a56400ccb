// useNow: the time as it goes on, minute by minute, for what depends on it.

import { useState } from 'react';
import { useInterval } from '@mantine/hooks';

/** Milliseconds since 1970. `onMinute` runs each time it changes. */
export const useNow = (onMinute: () => void): number => {
  const [now, setNow] = useState(() => Date.now());
  useInterval(
    () => {
      setNow(Date.now());
      onMinute();
    },
    60_000,
    { autoInvoke: true },
  );
  return now;
};
