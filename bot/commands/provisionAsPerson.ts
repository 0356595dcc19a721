// Provisioning by an administrator who signs in at the terminal: apart from the service and its narrower rights.
import type { Logger } from '../logger';
import { signInByDevice } from '../sharepoint/deviceSignIn';
import { createGraph } from '../sharepoint/graphClient';
import { provision } from '../sharepoint/provision';
import { bindingInForce } from '../sharepoint/settingsList';
import { provisionWords } from './site';
import type { CommandResult } from './situation';

export interface AdministratorSettings {
  readonly tenantId: string;
  /** An app registration that allows public client flows, with the delegated permission Sites.Manage.All. */
  readonly clientId: string;
  /** `host:/path` */
  readonly siteUrl: string;
  readonly boardId: string;
  readonly dryRun: boolean;
  readonly logger: Logger;
  /** Where the local Microsoft 365 listens; none for a real tenant. */
  readonly localOrigin?: string;
  readonly show: (message: string, userCode: string) => void;
}

export async function provisionAsPerson(settings: AdministratorSettings): Promise<CommandResult> {
  const { tenantId, clientId, siteUrl, boardId, dryRun, logger, localOrigin, show } = settings;
  const local = localOrigin === undefined ? {} : { localOrigin };
  const token = await signInByDevice({ tenantId, clientId, permissions: ['Sites.Manage.All'], show, ...local });
  const graph = createGraph({
    ...{ mode: localOrigin === undefined ? 'trial' : 'local', tenantId, clientId, logger, ...local },
    credential: { kind: 'person', token },
  });
  const binding = await bindingInForce({ graph, siteUrl, boardId });
  const result = await provision({ graph, siteUrl, binding, dryRun });
  return { exitCode: 0, text: provisionWords(result), data: result };
}
