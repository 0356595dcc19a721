// Setting a tenant up by an administrator who signs in at the terminal: every call with its reason, and what is left to do by hand.
import { randomUUID } from 'node:crypto';
import { teamsClientIds } from '../api/auth';
import type { Logger } from '../logger';
import { signInByDevice } from '../sharepoint/deviceSignIn';
import { createGraph } from '../sharepoint/graphClient';
import { mailboxCommands, setupPermissions } from '../sharepoint/tenantPermissions';
import { setUpTenant, type SetupStep, type TenantFacts } from '../sharepoint/tenantSetup';
import type { CommandResult } from './situation';

export interface TenantSetupSettings {
  readonly tenantId: string;
  /** A public client that the administrator signs in through. */
  readonly clientId: string;
  readonly name: string;
  readonly appId?: string;
  readonly publicDomain: string;
  /** `host:/path` */
  readonly siteUrl: string;
  readonly identityPrincipalId?: string;
  readonly mailbox?: string;
  readonly installsForPeople: boolean;
  readonly dryRun: boolean;
  readonly logger: Logger;
  /** Where the local Microsoft 365 listens; none for a real tenant. */
  readonly localOrigin?: string;
  readonly showCode: (message: string, userCode: string) => void;
  /** Hears each step as it happens. */
  readonly show: (line: string) => void;
}

export async function setUpTenantAsPerson(settings: TenantSetupSettings): Promise<CommandResult> {
  const { tenantId, clientId, logger, localOrigin, dryRun, show, showCode } = settings;
  const local = localOrigin === undefined ? {} : { localOrigin };
  const signIn = { tenantId, clientId, permissions: setupPermissions, show: showCode, ...local };
  const graph = createGraph({
    ...{ mode: localOrigin === undefined ? 'trial' : 'local', tenantId, clientId, logger, ...local },
    credential: { kind: 'person', token: await signInByDevice(signIn) },
  });
  const steps: SetupStep[] = [];
  const wish = { ...settings, clients: teamsClientIds, newId: randomUUID };
  const facts = await setUpTenant(graph, wish, dryRun, (step) => {
    steps.push(step);
    show(stepWords(step));
  });
  return { exitCode: 0, text: closingWords(settings, steps, facts), data: { dryRun, steps, facts } };
}

const kinds: Readonly<Record<SetupStep['kind'], string>> = {
  asked: 'asked ',
  done: 'done  ',
  would: 'would ',
  stands: 'stands',
  look: 'LOOK  ',
};

function stepWords({ kind, why, call }: SetupStep): string {
  if (call === undefined) return `${kinds[kind]}  ${why}`;
  const line = `${kinds[kind]}  ${call.method} ${decodeURIComponent(call.path)}\n        ${why}`;
  return call.body === undefined ? line : `${line}\n${indented(JSON.stringify(call.body, undefined, 2))}`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
}

function closingWords(settings: TenantSetupSettings, steps: readonly SetupStep[], facts: TenantFacts): string {
  const { dryRun, mailbox, publicDomain, tenantId, name } = settings;
  const changes = steps.filter((one) => one.kind === 'done' || one.kind === 'would').length;
  const counted = changes === 1 ? '1 change' : `${changes} changes`;
  const first =
    changes === 0
      ? 'All stands; there was nothing to do.'
      : dryRun
        ? `Nothing was changed. It would make ${counted}.`
        : `${counted} made. Run the command again: it then has nothing to do.`;
  const { appId = '{appId}', servicePrincipalId = '{servicePrincipalId}' } = facts;
  const lines = [first, '', 'For the environment of the service (docs/configuration.md):'];
  lines.push(`  TENANT_ID=${tenantId}`, `  BOT_APP_ID=${appId}`, `  PUBLIC_URL=https://${publicDomain}`);
  if (mailbox === undefined) {
    lines.push('', 'No --mailbox was named: without SERVICE_MAILBOX no e-mail and no invitation leaves.');
    return lines.join('\n');
  }
  lines.push(`  SERVICE_MAILBOX=${mailbox}`, '');
  lines.push('By hand, in Exchange Online PowerShell (Graph has no operation for it), limited to the one mailbox:');
  lines.push(...mailboxCommands({ appId, servicePrincipalId, mailbox, name }).map((one) => `  ${one}`));
  return lines.join('\n');
}
