// The CloudAdapter: authentication of the channel, no hidden repeats of what we send, failed turns in the log.
import { X509Certificate } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  TurnContext,
} from 'botbuilder';
import type { Activity, InvokeResponse } from 'botbuilder';
import { FederatedServiceClientCredentialsFactory } from 'botframework-connector';
import type { ServiceClientCredentialsFactory } from 'botframework-connector';
import { z } from 'zod';
import { NotAuthorisedError, UpstreamError } from '../errors';
import type { Logger } from '../logger';
import { watchChannelKeys } from './channelKeys';
import type { TeamsConfig } from './config';
import type { IncomingActivity } from './gate';

/** Time one request to the channel may take. */
const requestTimeoutMs = 15_000;

/** botbuilder's adapter with two ways in: an admitted activity, and a conversation that we begin. */
export class TeamsAdapter extends CloudAdapter {
  /**
   * Throws NotAuthorisedError when the token does not hold, UpstreamError when the channel's keys cannot be read; returns
   * what an invoke is answered.
   */
  async receive(
    authorization: string,
    activity: IncomingActivity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    let begun = false;
    try {
      return await this.processActivity(authorization, admitted.parse(activity), async (context) => {
        begun = true;
        await logic(context);
      });
    } catch (cause) {
      if (begun || cause instanceof UpstreamError) throw cause;
      throw new NotAuthorisedError('The token does not hold.', 'unknownCaller', { cause });
    }
  }
}

/** The gate has checked the envelope; the rest of an activity is read defensively where it is used. */
const admitted = z.custom<Activity>((value) => typeof value === 'object' && value !== null && 'conversation' in value);

/** The adapter for this configuration; `config` has been checked (checkTeamsConfig). */
export function createTeamsAdapter(config: TeamsConfig, logger: Logger): TeamsAdapter {
  watchChannelKeys(config.channel?.openIdMetadataUrl);
  const adapter = new TeamsAdapter(
    new ConfigurationBotFrameworkAuthentication(authentication(config), credentials(config)),
  );
  adapter.use(async (context, next) => {
    sendOnce(context);
    await next();
  });
  adapter.onTurnError = (context, error) => {
    logger.error('turn failed', { activityType: context.activity.type }, error);
    return Promise.resolve();
  };
  return adapter;
}

function authentication(config: TeamsConfig): Record<string, string | boolean> {
  const channel = config.channel;
  return {
    ...(config.appId ? { MicrosoftAppId: config.appId } : {}),
    ...(config.tenantId ? { MicrosoftAppTenantId: config.tenantId } : {}),
    ...(channel
      ? {
          ToChannelFromBotLoginUrl: channel.loginUrl,
          ToChannelFromBotOAuthScope: channel.oauthScope,
          ToBotFromChannelTokenIssuer: channel.tokenIssuer,
          OAuthUrl: channel.oauthUrl,
          ToBotFromChannelOpenIdMetadataUrl: channel.openIdMetadataUrl,
          ToBotFromEmulatorOpenIdMetadataUrl: channel.openIdMetadataUrl,
          CallerId: 'urn:botframework:azure',
          ValidateAuthority: true,
        }
      : {}),
  };
}

function credentials(config: TeamsConfig): ServiceClientCredentialsFactory {
  const { credential, appId, tenantId } = config;
  if (!appId || !credential) return new ConfigurationServiceClientCredentialFactory({});
  const app = { MicrosoftAppId: appId, ...(tenantId ? { MicrosoftAppTenantId: tenantId } : {}) };
  if (credential.kind === 'managedIdentity') {
    return credential.clientId === appId
      ? new ConfigurationServiceClientCredentialFactory({ ...app, MicrosoftAppType: 'UserAssignedMSI' })
      : new FederatedServiceClientCredentialsFactory(appId, credential.clientId, tenantId);
  }
  const proof =
    credential.kind === 'secret'
      ? { MicrosoftAppPassword: credential.secret }
      : {
          // The SDK names a certificate by its SHA-1 thumbprint, without colons.
          CertificateThumbprint: new X509Certificate(credential.certificate).fingerprint.replaceAll(':', ''),
          CertificatePrivateKey: credential.privateKey,
        };
  return new ConfigurationServiceClientCredentialFactory({ ...app, MicrosoftAppType: 'SingleTenant', ...proof });
}

/** What is known of the requests that one turn sent to the channel. */
export interface SendTrace {
  /** True once a request had its token and was handed to the network. */
  handedOver: boolean;
  retryAfter?: string;
  /** Waited for right before a request is handed to the network. */
  departure?: () => Promise<void>;
}

const traceKey = Symbol('send trace');

export function traceOf(context: TurnContext): SendTrace | undefined {
  const trace: unknown = context.turnState.get(traceKey);
  return isTrace(trace) ? trace : undefined;
}

function isTrace(value: unknown): value is SendTrace {
  return typeof value === 'object' && value !== null && 'handedOver' in value;
}

interface PipelineRequest {
  readonly url: string;
  abortSignal?: AbortSignal;
  agent?: HttpAgent;
}
interface PipelineResponse {
  readonly headers: { get(name: string): string | undefined };
}
interface Pipeline {
  removePolicy(options: { name: string }): readonly unknown[];
  addPolicy(
    policy: {
      name: string;
      sendRequest(
        request: PipelineRequest,
        next: (request: PipelineRequest) => Promise<PipelineResponse>,
      ): Promise<PipelineResponse>;
    },
    options: { afterPhase: string },
  ): void;
}
const connector = z.looseObject({ client: z.looseObject({ pipeline: z.custom<Pipeline>(isPipeline) }) });

function isPipeline(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'removePolicy' in value && 'addPolicy' in value;
}

/**
 * A connection for each message: the SDK keeps idle ones for as long as the channel does, and a message written just
 * when the channel closes one is lost in a "socket hang up" that leaves its fate unknown.
 */
const agents = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

/**
 * Takes the connector's own retry out of this turn: it posts an activity again after a reset, 503 or 504, and the person
 * gets it twice. Not public API of botbuilder 4.23.3; a test with a real connector pins it.
 */
function sendOnce(context: TurnContext): void {
  const client: unknown = context.turnState.get(context.adapter.ConnectorClientKey);
  if (client === undefined) return; // An adapter without a connector (tests).
  const { pipeline } = connector.parse(client).client;
  const trace: SendTrace = { handedOver: false };
  context.turnState.set(traceKey, trace);
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.addPolicy(
    {
      name: 'sendOnce',
      async sendRequest(request, next) {
        await trace.departure?.();
        trace.handedOver = true;
        // The SDK's own time-out ends with the headers and leaves its timer behind after an error.
        const deadline = new AbortController();
        const timer = setTimeout(() => deadline.abort(), requestTimeoutMs);
        request.abortSignal = deadline.signal;
        request.agent ??= request.url.startsWith('https:') ? agents.https : agents.http;
        try {
          const response = await next(request);
          const retryAfter = response.headers.get('retry-after');
          if (retryAfter !== undefined) trace.retryAfter = retryAfter;
          return response;
        } finally {
          clearTimeout(timer);
        }
      },
    },
    { afterPhase: 'Sign' },
  );
}
