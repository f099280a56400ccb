// CodedValue: what a code means, and, for whoever opens it, the codes themselves with their systems.
// https://hl7.org/fhir/R4/datatypes.html#CodeableConcept

import { useId, useState } from 'react';
import { ActionIcon, Code, Group, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { CodeableConcept } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat.ts';
import { nameOfSystem } from './systems.ts';

export interface CodedValueProps {
  readonly concept: CodeableConcept | undefined;
  /** In place of the concept's own words. */
  readonly label?: string;
}

export const CodedValue = ({ concept, label }: CodedValueProps) => {
  const { t } = useTranslation('ui');
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const words = label ?? format.concept(concept);
  const codings = concept?.coding?.filter(({ code }) => code !== undefined) ?? [];
  if (codings.length === 0) return words;
  return (
    <Stack gap={2} component="span" display="inline-flex">
      <Group gap={4} component="span" wrap="nowrap">
        <span>{words}</span>
        <ActionIcon
          size="sm"
          miw={24}
          mih={24}
          color="gray"
          aria-label={t(isOpen ? 'coded.hide' : 'coded.show', { label: words })}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          <IconInfoCircle size={16} aria-hidden />
        </ActionIcon>
      </Group>
      <span id={id} hidden={!isOpen}>
        {codings.map(({ system, code, display }) => (
          <Text key={`${system ?? ''}|${code ?? ''}`} size="sm" component="span" display="block">
            {nameOfSystem(system)} <Code>{code}</Code> {display}
          </Text>
        ))}
      </span>
    </Stack>
  );
};
