// PageTitle: the heading of a page, which is the title of the tab too, and takes the focus when the page opens.

import { useEffect, useRef, type ReactNode } from 'react';
import { Group, Title } from '@mantine/core';

export const PageTitle = ({
  children,
  actions,
}: {
  readonly children: string;
  readonly actions?: ReactNode;
}) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} – Meridian`;
    // Screen readers begin to read where the focus is. WCAG 2.2, 2.4.3.
    heading.current?.focus({ preventScroll: true });
  }, [children]);
  return (
    <Group justify="space-between" mb="md">
      <Title order={1} size="h3" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        {children}
      </Title>
      {actions}
    </Group>
  );
};
