// RecordSections: the ways to the parts of the record that are read by themselves.

import { Button, Group } from '@mantine/core';
import {
  IconAlertTriangle,
  IconReportMedical,
  IconTestPipe,
  IconVaccine,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

const sections = [
  { to: '/results', name: 'results', icon: IconTestPipe },
  { to: '/record/conditions', name: 'conditions', icon: IconReportMedical },
  { to: '/record/allergies', name: 'allergies', icon: IconAlertTriangle },
  { to: '/record/immunizations', name: 'immunizations', icon: IconVaccine },
] as const;

export const RecordSections = () => {
  const { t } = useTranslation('record');
  return (
    <Group component="nav" aria-label={t('sections.title')} gap="xs" mb="md">
      {sections.map(({ to, name, icon: SectionIcon }) => (
        <Button
          key={to}
          component={Link}
          href={to}
          variant="light"
          size="sm"
          leftSection={<SectionIcon size={18} aria-hidden />}
        >
          {t(`sections.${name}`)}
        </Button>
      ))}
    </Group>
  );
};
