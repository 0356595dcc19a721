// The command tenant-setup on the command line: its options, what is wrong with them, and where its words go.
import { createLogger } from '../logger';
import { setUpTenantAsPerson } from './tenantSetup';

/** "Microsoft Graph Command Line Tools", a public client of Microsoft's own that signs in with a code. */
export const graphCommandLineTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const usage = 2;

type Options = Readonly<Record<string, string | boolean | undefined>>;

interface SetupOption {
  readonly flags: string;
  readonly says: string;
  readonly isNeeded?: boolean;
  readonly otherwise?: string;
}

/** As the command line shows them. */
export const tenantSetupOptions: readonly SetupOption[] = [
  { flags: '--tenant <id>', says: 'the tenant', isNeeded: true },
  { flags: '--domain <host>', says: 'the host of the service, as in board.contoso.example', isNeeded: true },
  {
    flags: '--site <site>',
    says: 'the site of the board, as in contoso.sharepoint.com:/sites/board',
    isNeeded: true,
  },
  { flags: '--name <name>', says: 'of the app registration', otherwise: 'Board Assistant' },
  { flags: '--app <id>', says: 'the client id of a registration that is there already' },
  { flags: '--identity <id>', says: 'the object id of the managed identity that may act as the application' },
  { flags: '--mailbox <address>', says: 'the service mailbox, for the steps in Exchange that are printed' },
  { flags: '--without-installation', says: 'do not ask for the permission to install the app for people' },
  { flags: '--client <id>', says: 'the public client to sign in through', otherwise: graphCommandLineTools },
  { flags: '--dry-run', says: 'print every call and why; change nothing' },
  { flags: '--json', says: 'JSON alone on standard output' },
];

/** Runs here and not in the service, which there is not yet. Returns the exit code. */
export async function runTenantSetup(options: Options): Promise<number> {
  const problems = problemsOf(options);
  for (const one of problems) console.error(one);
  if (problems.length > 0) return usage;
  const given = (name: string): string => String(options[name] ?? '');
  const maybe = <K extends string>(key: K, name: string) =>
    options[name] === undefined ? {} : ({ [key]: given(name) } satisfies Record<string, string>);
  const { text, data, exitCode } = await setUpTenantAsPerson({
    ...{ tenantId: given('tenant'), clientId: given('client'), name: given('name'), publicDomain: given('domain') },
    ...{ siteUrl: given('site'), dryRun: options['dryRun'] === true, logger: createLogger('silent') },
    ...maybe('appId', 'app'),
    ...maybe('identityPrincipalId', 'identity'),
    ...maybe('mailbox', 'mailbox'),
    installsForPeople: options['withoutInstallation'] !== true,
    showCode: (message) => console.error(message),
    show: (line) => (options['json'] === true ? console.error(line) : console.log(line)),
  });
  console.log(options['json'] === true ? JSON.stringify(data, undefined, 2) : `\n${text}`);
  return exitCode;
}

/** What is wrong with the options, each in a line; nothing when the command can begin. */
export function problemsOf(options: Options): readonly string[] {
  const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  const rules: readonly (readonly [string, RegExp, string])[] = [
    ['tenant', guid, 'the GUID of the tenant'],
    ['domain', /^(?!-)[a-z0-9.-]+\.[a-z]{2,}$/i, 'the host of the service, such as board.contoso.example'],
    ['site', /^[a-z0-9.-]+:\/[^/\s]\S*$/i, 'the site, as in contoso.sharepoint.com:/sites/board'],
    ['client', guid, 'the GUID of a public client'],
    ['app', guid, 'the client id of a registration that is there'],
    ['identity', guid, 'the object id of the managed identity'],
    ['mailbox', /^[^@\s']+@[^@\s']+$/, 'the address of the service mailbox'],
  ];
  return rules.flatMap(([name, pattern, what]) => {
    const value = options[name];
    return value === undefined || (typeof value === 'string' && pattern.test(value))
      ? []
      : [`--${name} must be ${what}`];
  });
}
