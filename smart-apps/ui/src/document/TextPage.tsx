// TextPage: plain text, as it was written.

import { useQuery } from '@tanstack/react-query';
import { Loading } from '../states/Loading.tsx';
import classes from './document.module.css';
import { identityOf } from './identity.ts';

export interface TextPageProps {
  readonly blob: Blob;
  readonly label: string;
}

export const TextPage = ({ blob, label }: TextPageProps) => {
  const { data } = useQuery({
    queryKey: ['Binary', 'text', identityOf(blob)],
    queryFn: () => blob.text(),
    gcTime: 0,
  });
  if (data === undefined) return <Loading />;
  return (
    <pre className={classes.text} tabIndex={0} aria-label={label} role="document">
      {data}
    </pre>
  );
};
