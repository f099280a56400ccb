// IdleNotice: says that the app is about to lock itself. Any key, any press elsewhere and its button keep it open.
// https://www.w3.org/WAI/WCAG22/Understanding/timing-adjustable

import { useRef, type RefObject } from 'react';
import { Button, Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './IdleNotice.module.css';

export interface IdleNoticeProps {
  readonly place: RefObject<HTMLElement | null>;
  readonly secondsLeft: number;
  readonly stay: () => void;
}

export const IdleNotice = ({ place, secondsLeft, stay }: IdleNoticeProps) => {
  const { t } = useTranslation('lock');
  const cameFrom = useRef<EventTarget>(null);
  return (
    <Paper
      {...{ ref: place, component: 'section' as const }}
      {...{ withBorder: true, shadow: 'lg', p: 'md', 'data-print': 'hide' }}
      className={classes.notice}
      aria-label={t('notice')}
      onFocus={({ relatedTarget }) => {
        cameFrom.current = relatedTarget;
      }}
    >
      {/* Read out once; the seconds beside it are not, and can be looked up. */}
      <Text role="alert">{t('soon')}</Text>
      <Group justify="space-between" mt="sm">
        <Text role="timer" size="sm">
          {t('seconds', { count: secondsLeft })}
        </Text>
        <Button
          onClick={() => {
            stay();
            // Who was typing goes on typing.
            if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
          }}
        >
          {t('stay')}
        </Button>
      </Group>
    </Paper>
  );
};
