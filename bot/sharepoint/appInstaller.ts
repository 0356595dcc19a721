// Installs the app for a person through Graph, so that it can speak to somebody who never opened the chat.
import { isKnownError } from '../errors';
import type { Logger } from '../logger';
import type { AppInstaller } from '../services/portsInstall';
import type { Graph } from './graphClient';

/**
 * `catalogueId` is the app's id in the tenant's catalogue, not that of its manifest. An application permission:
 * TeamsAppInstallation.ReadWriteSelfForUser.All (Graph, "Install app for user").
 */
export function createAppInstaller(settings: {
  readonly graph: Pick<Graph, 'create'>;
  readonly catalogueId: string;
  readonly logger: Logger;
}): AppInstaller {
  const { graph, catalogueId, logger } = settings;
  const app = `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${catalogueId}`;
  return {
    async install(entraObjectId) {
      try {
        await graph.create(`users/${entraObjectId}/teamwork/installedApps`, { 'teamsApp@odata.bind': app });
        return 'installed';
      } catch (error) {
        if (!isKnownError(error)) throw error;
        // Not in Microsoft's documents, but what clients see of an app that is installed.
        if (error.kind === 'upstream' && error.status === 409) return 'already';
        logger.warn('app.notInstalled', {}, error);
        return 'failed';
      }
    },
  };
}
