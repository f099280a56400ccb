// useRefreshed: what is shown of some types is read again now and then, while somebody looks at it.

import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';

/** A page in the background asks nothing; what is typed or open on the page stays as it is. */
export const useRefreshed = (types: readonly string[], seconds: number): void => {
  const queries = useQueryClient();
  const named = types.join(' ');
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      for (const type of named.split(' ')) void queries.invalidateQueries({ queryKey: [type] });
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [named, seconds, queries]);
};
