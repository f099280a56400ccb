// useNow: the time, which goes on while the page is open. Milliseconds since 1970.

import { useEffect, useState } from 'react';

export const useNow = (everySeconds: number): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everySeconds * 1000);
    return () => clearInterval(timer);
  }, [everySeconds]);
  return now;
};
