// What delivery needs to open a chat with somebody who never opened one: the app installed for them in Teams.

export type InstallOutcome =
  /** Teams tells the app of the new chat by itself, a moment later. */
  | 'installed'
  /** They have the app: installing it again opens no chat. */
  | 'already'
  /** Refused, or nobody knows. */
  | 'failed';

/** Installs the app for one person, without their doing. Never throws for what Graph can answer. */
export interface AppInstaller {
  install(entraObjectId: string): Promise<InstallOutcome>;
}
