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
  const wanted = teamsTheme === undefined ? (isDark ? teamsDarkTheme : teamsLightTheme) : ofTeams[teamsTheme];
  const theme = isPrinting ? teamsLightTheme : wanted;
  // What the browser draws itself, such as the sign of a day's calendar, follows the theme too, not the system.
  useEffect(() => {
    document.documentElement.style.colorScheme = theme === teamsLightTheme ? 'light' : 'dark';
  }, [theme]);
  return theme;
}
