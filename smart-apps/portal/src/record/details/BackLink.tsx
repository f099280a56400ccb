// BackLink: the way to the list above a page, as it was left when one came from there.

import { Button, useDirection } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useRouter } from 'wouter';
import { cameFrom } from './came-from.ts';

export interface BackLinkProps {
  /** The list above the page; without one the page before, whichever it was. */
  readonly to?: string;
  readonly label?: string;
}

export const BackLink = ({ to, label }: BackLinkProps) => {
  const { t } = useTranslation('record');
  const { base } = useRouter();
  const { dir } = useDirection();
  const Arrow = dir === 'rtl' ? IconArrowRight : IconArrowLeft;
  const isInside = (path: string): boolean => path.startsWith(`${base}/`);
  return (
    <Button
      component={Link}
      href={to ?? '/record'}
      variant="subtle"
      size="compact-md"
      mb="xs"
      px={0}
      data-print="hide"
      leftSection={<Arrow size={18} aria-hidden />}
      onClick={(event: MouseEvent) => {
        // The page before keeps its filters and how far it was read.
        if (!cameFrom((path) => (to === undefined ? isInside(path) : path === `${base}${to}`)))
          return;
        event.preventDefault();
        globalThis.history.back();
      }}
    >
      {label ?? t('back')}
    </Button>
  );
};
