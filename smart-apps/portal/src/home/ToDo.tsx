// ToDo: one thing that waits for the person, with the way to where it is done.

import { Anchor, Card, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

export interface ToDoProps {
  readonly to: string;
  readonly title: string;
  readonly text?: string | undefined;
  readonly children?: ReactNode;
}

export const ToDo = ({ to, title, text, children }: ToDoProps) => (
  <Card withBorder padding="sm">
    <Anchor component={Link} href={to} fw={600}>
      {title}
    </Anchor>
    {text ? <Text size="sm">{text}</Text> : null}
    {children}
  </Card>
);
