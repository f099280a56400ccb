// Section: a part of the first page under its heading.

import { Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

export const Section = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) => {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h5" mb="sm" id={id}>
        {title}
      </Title>
      {children}
    </section>
  );
};
