// QuickActions: what people come for most, in reach of a thumb.

import { Button, SimpleGrid } from '@mantine/core';
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
      <SimpleGrid cols={2} spacing="sm">
        {actions.map(({ to, name, icon: ActionIcon }) => (
          <Button
            key={to}
            component={Link}
            href={to}
            variant="light"
            h={64}
            px="xs"
            justify="start"
            leftSection={<ActionIcon size={22} aria-hidden />}
            styles={{ label: { whiteSpace: 'normal', overflow: 'visible', lineHeight: 1.25 } }}
          >
            {t(`actions.${name}`)}
          </Button>
        ))}
      </SimpleGrid>
    </Section>
  );
};
