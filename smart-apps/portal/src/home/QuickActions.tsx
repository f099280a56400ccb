// QuickActions: what people come for most, in reach of a thumb.

import { Box, Button } from '@mantine/core';
import { IconCalendarPlus, IconId, IconPill, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Section } from './Section.tsx';

const actions = [
  { to: '/visits/new', name: 'book', icon: IconCalendarPlus },
  { to: '/medicines', name: 'medicines', icon: IconPill },
  { to: '/documents/new', name: 'upload', icon: IconUpload },
  { to: '/card', name: 'card', icon: IconId },
] as const;

export const QuickActions = () => {
  const { t } = useTranslation('home');
  return (
    <Section title={t('actions.title')}>
      <Box
        style={{
          display: 'grid',
          gap: 'var(--mantine-spacing-sm)',
          // Two beside each other, or one where the letters need it.
          gridTemplateColumns: 'repeat(auto-fit, minmax(max(9.5rem, 40%), 1fr))',
        }}
      >
        {actions.map(({ to, name, icon: ActionIcon }) => (
          <Button
            key={to}
            component={Link}
            href={to}
            variant="light"
            px="xs"
            justify="start"
            vars={() => ({ root: { '--button-height': '4rem' } })}
            styles={{ label: { textAlign: 'start' } }}
            leftSection={<ActionIcon size={22} aria-hidden />}
          >
            {t(`actions.${name}`)}
          </Button>
        ))}
      </Box>
    </Section>
  );
};
