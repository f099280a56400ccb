// NotedAllergies: of which kinds somebody noted that there is no allergy, in their own words.

import { Text } from '@mantine/core';
import type { AllergyIntolerance } from 'fhir/r4';
import { useFormat } from '@meridian/ui/format/useFormat.ts';

export interface NotedAllergiesProps {
  readonly noted: readonly AllergyIntolerance[];
}

export const NotedAllergies = ({ noted }: NotedAllergiesProps) => {
  const format = useFormat();
  if (noted.length === 0) return null;
  return (
    <Text size="sm" mb="xs">
      {noted.map(({ code }) => format.concept(code)).join(' · ')}
    </Text>
  );
};
