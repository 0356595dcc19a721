// The theme: that of Teams inside Teams, else that of the system; on paper the light one.
import { teamsDarkTheme, teamsHighContrastTheme, teamsLightTheme, type Theme } from '@fluentui/react-components';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { usePrinting } from './printing';
import type { TeamsHost, TeamsTheme } from './teams';

const ofTeams: Readonly<Record<TeamsTheme, Theme>> = {
  default: teamsLightTheme,
  dark: teamsDarkTheme,
  contrast: teamsHighContrastTheme,
};

const isDarkQuery = '(prefers-color-scheme: dark)';

export function useTheme(teams: TeamsHost | undefined): Theme {
  const [teamsTheme, setTeamsTheme] = useState(teams?.theme);
  useEffect(() => teams?.onTheme(setTeamsTheme), [teams]);
  const isDark = useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(isDarkQuery);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => window.matchMedia(isDarkQuery).matches,
  );
  const isPrinting = usePrinting();
  if (isPrinting) return teamsLightTheme;
  if (teamsTheme !== undefined) return ofTeams[teamsTheme];
  return isDark ? teamsDarkTheme : teamsLightTheme;
}
