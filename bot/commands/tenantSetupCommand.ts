// The command tenant-setup on the command line: its options, what is wrong with them, and where its words go.
import type { Command } from 'commander';
import { createLogger } from '../logger';
import { setUpTenantAsPerson } from './tenantSetup';

/** "Microsoft Graph Command Line Tools", a public client of Microsoft's own that signs in with a code. */
const graphCommandLineTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const usage = 2;

type Options = Readonly<Record<string, string | boolean | undefined>>;

/** Runs here and not in the service, which there is not yet. */
export function addTenantSetup(main: Command, done: (code: number) => void): void {
  main
    .command('tenant-setup')
    .description(
      'Register the product in a tenant and grant it the one site, as an administrator who signs in with a code.',
    )
    .requiredOption('--tenant <id>', 'the tenant')
    .requiredOption('--domain <host>', 'the host of the service, as in board.contoso.example')
    .requiredOption('--site <site>', 'the site of the board, as in contoso.sharepoint.com:/sites/board')
    .option('--name <name>', 'of the app registration', 'Board Assistant')
    .option('--app <id>', 'the client id of a registration that is there already')
    .option('--identity <id>', 'the object id of the managed identity that may act as the application')
    .option('--mailbox <address>', 'the service mailbox, for the steps in Exchange that are printed')
    .option('--without-installation', 'do not ask for the permission to install the app for people')
    .option('--client <id>', 'the public client to sign in through', graphCommandLineTools)
    .option('--dry-run', 'print every call and why; change nothing')
    .option('--json', 'JSON alone on standard output')
    .exitOverride()
    .action(async (options: Options) => done(await run(options)));
}

async function run(options: Options): Promise<number> {
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
