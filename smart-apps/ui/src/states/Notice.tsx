// Notice: a whole place that says what is so and what can be done.

import { Anchor, Button, Stack, Text, Title } from '@mantine/core';

export interface NoticeProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly tone?: 'plain' | 'warning';
  /** 1 where it is the whole page. */
  readonly level?: 1 | 2;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  /** To a page outside of the app. */
  readonly link?: { readonly label: string; readonly href: string };
}

export const Notice = ({ title, text, tone = 'plain', level = 2, action, link }: NoticeProps) => (
  <Stack
    role={tone === 'warning' ? 'alert' : undefined}
    align="center"
    gap="sm"
    p="xl"
    maw="34rem"
    mx="auto"
  >
    <Title order={level} size="h4" ta="center">
      {title}
    </Title>
    {text === undefined ? null : <Text ta="center">{text}</Text>}
    {action === undefined ? null : <Button onClick={action.run}>{action.label}</Button>}
    {link === undefined ? null : <Anchor href={link.href}>{link.label}</Anchor>}
  </Stack>
);
