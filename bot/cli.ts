// The operator's commands: each is sent to the running service on this computer, so that one process alone opens the database.
import { readFile, writeFile } from 'node:fs/promises';
import { Command, CommanderError, Option } from 'commander';
import { z } from 'zod';
import { readNamedFile } from './commands/namedFile';
import { exportFile, importFile, type CommandAnswer, type Terminal } from './commands/planFiles';
import { provisionAsPerson } from './commands/provisionAsPerson';
import { graphCommandLineTools, runTenantSetup, tenantSetupOptions } from './commands/tenantSetupCommand';
import { readOperatorFile } from './config';
import { createLogger } from './logger';

// Exit codes: 0 done whatever it reports, 1 refused or failed, 2 usage.
const exit = { done: 0, failed: 1, usage: 2 } as const;
const answerWithinMs = 120_000;

const operatorFile = z.object({ url: z.url(), token: z.string() });
const answer = z.object({ exitCode: z.number(), text: z.string(), data: z.unknown() });
const problem = z.object({
  type: z.string().optional(),
  title: z.string(),
  status: z.number(),
  detail: z.string().optional(),
  instance: z.string().optional(),
});

const terminal: Terminal = { out: (text) => console.log(text), aside: (text) => console.error(text) };

type Arguments = Readonly<Record<string, string | boolean | undefined>>;

async function send(command: string, args: Arguments, take?: (data: unknown) => Promise<void>): Promise<number> {
  const good = await ask(command, args);
  if (!good) return exit.failed;
  await take?.(good.data);
  console.log(args['json'] === true ? JSON.stringify(good.data, undefined, 2) : good.text);
  return good.exitCode;
}

/** The service's answer; undefined when there is none or it refused, which is said here. */
async function ask(command: string, args: Readonly<Record<string, unknown>>): Promise<CommandAnswer | undefined> {
  const operator = await readOperator();
  if (operator === undefined) {
    console.error('Board Assistant is not running on this computer. Start it first (npm start), then try again.');
    return undefined;
  }
  let response: Response;
  try {
    response = await fetch(`${operator.url}/operator/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${operator.token}` },
      body: JSON.stringify(args),
      signal: AbortSignal.timeout(answerWithinMs),
    });
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    console.error(
      late
        ? `The service did not answer within ${answerWithinMs / 1000} seconds. Look at its log before you try again.`
        : 'Board Assistant does not answer on this computer. Start it (npm start), then try again.',
    );
    return undefined;
  }
  const body: unknown = await response.json();
  const good = answer.safeParse(body);
  if (good.success) return good.data;
  const refused = problem.safeParse(body);
  console.error(refused.success ? wordsOf(refused.data) : 'The service answered in a way that is not understood.');
  return undefined;
}

/** What fails on our side is told to people in words for people; whoever runs commands may look into the log. */
function wordsOf({ type, title, status, detail, instance }: z.infer<typeof problem>): string {
  if (status < 500) return detail ?? title;
  const id = instance?.replace('urn:uuid:', '');
  const wait = type?.endsWith(':busy') === true ? [detail ?? ''] : [];
  return [`${title}.`, ...wait, ...(id === undefined ? [] : [`The log of the service says why: look for ${id}.`])].join(
    '\n',
  );
}

async function readOperator(): Promise<z.infer<typeof operatorFile> | undefined> {
  try {
    return operatorFile.parse(JSON.parse(await readFile(readOperatorFile(), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function program(done: (code: number) => void): Command {
  const main = new Command('board')
    .description('Commands for the operator of a board. Each has --help.')
    .exitOverride()
    .showHelpAfterError('(add --help for what it takes)');
  const meeting = (): Option => new Option('--meeting <ref>', 'the meeting; the next one when absent');
  const at = (): Option => new Option('--at <moment>', 'judge as of this local time, for example 2025-01-06T17:30');
  const command = (name: string, description: string): Command =>
    main
      .command(name)
      .description(description)
      .addOption(new Option('--board <id>', 'the board, where the service looks after several'))
      .option('--json', 'JSON alone on standard output')
      .exitOverride()
      .action(async (options: Arguments) => done(await send(name, options)));
  command('assess', 'Judge the board by the published rules, as of now or of a moment.')
    .addOption(meeting())
    .addOption(at());
  command('clauses', 'The notice clause by clause: state, proof, gaps and what would close them.')
    .addOption(meeting())
    .addOption(at());
  command('remind', 'Ask the owners with something outstanding, with the latest step that is due.')
    .addOption(meeting())
    .option('--dry-run', 'list who would get what and why; send nothing')
    .option('--test-to <address>', 'with --owner: send what the owner would get to the secretary or an administrator')
    .option('--owner <ref>', 'with --test-to: the person whose message is shown');
  command('delivery', 'Who got which message, by which route, and why not.').addOption(meeting());
  command('resend', 'Send a message again that was not sent, or that may have arrived.')
    .addOption(meeting())
    .requiredOption('--person <ref>', 'to whom')
    .requiredOption('--step <step>', 'which message: request, reminder, ..., as delivery --json names it')
    .option('--by <who>', 'the secretary who asks for it, by reference or name; the secretary of the board when absent')
    .option('--may-arrive-twice', 'although it may have arrived before');
  command('cycle', 'The whole plan of a meeting: each step, why that day, who gets it, what became of it.')
    .addOption(meeting())
    .option('--confirm', 'agree to the days of a plan that waits for the secretary')
    .option('--skip <step>', 'with --why: leave this step out for good, such as reminder; the record says who and why')
    .option('--why <text>', 'with --skip: the reason, in a line')
    .option('--by <person>', 'who agrees or leaves out; the secretary when not given');
  command('invite', 'Send the invitations of a meeting, or what is missing of them, as events in the calendar.')
    .addOption(meeting())
    .option('--by <ref>', 'the secretary who sends, by reference; the secretary of the board when absent')
    .option('--dry-run', 'say who is invited, who answered and what a sending would do; send nothing');
  command('compile', 'Make a draft of the action and impact log, or freeze and file it.')
    .addOption(meeting())
    .addOption(
      new Option('--kind <kind>', 'which of the two logs of a meeting').choices(['before', 'after']).default('before'),
    )
    .addOption(at())
    .option('--freeze', 'freeze it and file document, workbook, CSV and JSON')
    .option('--corrects <code>', 'with --freeze: the code of the frozen log that it corrects, such as 4F2A')
    .option('--reason <words>', 'with --freeze: why it is corrected')
    .option('--dry-run', 'with --freeze: say what would be filed; file nothing');
  command('release', 'Show the draft of a log and exactly what would be filed; with --seen, release what was shown.')
    .addOption(meeting())
    .addOption(
      new Option('--kind <kind>', 'which of the two logs of a meeting').choices(['before', 'after']).default('before'),
    )
    .option('--seen <code>', 'the code of the draft that was looked at; without it nothing is released')
    .option('--by <ref>', 'the secretary who releases, by reference; the secretary of the board when absent')
    .option('--reason <words>', 'why a frozen log is corrected')
    .option('--dry-run', 'show it; release nothing');
  command('diff', 'Say what moved between any two frozen logs: new, gone, better, worse.')
    .option('--from <log>', 'B08, B08-before or "B08-after, 4F2A"; the frozen log before --to when absent')
    .requiredOption('--to <log>', 'the later log, written the same way');
  command('pack', 'Make a paper from the frozen log of a meeting and file it.')
    .addOption(meeting())
    .addOption(
      new Option('--kind <kind>', 'which paper').choices(['board', 'self-assessment', 'deep-dive']).default('board'),
    )
    .option('--area <ref>', 'the area of a deep dive')
    .option('--dry-run', 'say what would be filed; file nothing');
  command('verify', 'Compare what is filed for a meeting with its frozen record; findings give exit code 1.').addOption(
    meeting(),
  );
  command('provision', 'Create or complete the lists, columns and the library in SharePoint.')
    .option('--dry-run', 'print the plan; change nothing')
    .option(
      '--sign-in',
      'as an administrator who signs in with a code, without the service; needs the tenant and the site',
    )
    .option('--tenant <id>', 'with --sign-in: the tenant')
    .option('--client <id>', 'with --sign-in: the public client to sign in through', graphCommandLineTools)
    .option('--site <site>', 'with --sign-in: the site, as in contoso.sharepoint.com:/sites/board')
    .action(async ({ signIn, tenant, client, site, ...options }: Arguments) =>
      done(signIn === true ? await signedIn({ tenant, client, site, ...options }) : await send('provision', options)),
    );
  const setup = main
    .command('tenant-setup')
    .description(
      'Register the product in a tenant and grant it the one site, signed in with a code as an administrator.',
    )
    .exitOverride()
    .action(async (options: Arguments) => done(await runTenantSetup(options)));
  for (const { flags, says, isNeeded, otherwise } of tenantSetupOptions)
    setup.addOption(new Option(flags, says).default(otherwise).makeOptionMandatory(isNeeded === true));
  command('doctor', 'Check rights, lists, columns and rows; each finding says how to mend it.')
    .option(
      '--propose <file>',
      'write the binding that is proposed for lists, columns and words of other names; look at it, then use "settings set"',
    )
    .action(async ({ propose, ...options }: Arguments) => {
      const file = typeof propose === 'string' ? propose : undefined;
      done(await send('doctor', options, async (data) => writeProposal(file, data)));
    });
  command('import', 'Take in an action plan, a risk register or measures from a workbook; findings give exit code 1.')
    .argument('<file>', 'an .xlsx workbook')
    .option('--dry-run', 'show how the columns are read, what would change, and what is found; write nothing')
    .option('--by <ref>', 'the person who imports; the secretary of the board when absent')
    .option('--blank', 'let empty cells empty what the board holds')
    .option('--reason <text>', 'why dates are to move, where their rows do not say it: each becomes a request')
    .option('--confirm-texts', 'the texts that are warned of tell of no child or family')
    .option('--words', 'show the status words that are known')
    .action(async (file: string, options: Arguments) => done(await importFile(file, options, ask, terminal)));
  command('export', 'Write the plan into a workbook that an import takes back.')
    .argument('<file>', 'the .xlsx workbook to write')
    .addOption(new Option('--meeting <ref>', 'name the meeting for which it is in every sheet'))
    .option('--overwrite', 'replace a workbook that is there')
    .action(async (file: string, options: Arguments) => done(await exportFile(file, options, ask, terminal)));
  command('person', 'Find what is held of a person, or forget somebody who has left.')
    .option('--find <who>', 'by address, reference or whole name')
    .option('--forget <who>', 'say what would be taken out; with --carry-out take it out, which cannot be taken back')
    .option('--carry-out', 'with --forget: do it');
  const behalf = (one: Command): Command =>
    one
      .option('--by <person>', 'the secretary, where the board has several on record')
      .option('--dry-run', 'say what it does; change nothing');
  behalf(command('pause', 'Stop all messages of the board; answers are still taken.'))
    .requiredOption('--why <words>', 'why, in a line')
    .option('--until <date>', 'the last day without messages, as 2025-01-20; until you resume when absent');
  behalf(command('resume', 'Let messages go out again: what is still right, and nothing older.'));
  behalf(command('hand-over', 'Give actions, risks, mitigations, measures or decisions a new owner.'))
    .requiredOption('--refs <refs>', 'what, as APA1.04,R03')
    .requiredOption('--to <person>', 'the new owner, by ref, name or address')
    .option('--from <date>', 'the first day on which it is theirs; today when absent');
  behalf(command('leaves', 'Give everything of a person who leaves to others, in one step.'))
    .requiredOption('--person <person>', 'who leaves, by ref, name or address')
    .requiredOption('--last-day <date>', 'their last day on the board, as 2025-01-31')
    .option('--to <person>', 'who takes over')
    .option('--nobody', 'nobody takes over yet; the findings will say so')
    .option('--now', 'successors take over today, not on the day after the last');
  settingsCommands(main, done);
  return main;
}

/** Runs here, not in the service: the rights are the person's, and end with the command. */
async function signedIn({ tenant, client, site, board, dryRun, json }: Arguments): Promise<number> {
  if (typeof tenant !== 'string' || typeof client !== 'string' || typeof site !== 'string') {
    console.error('With --sign-in, name --tenant and --site.');
    return exit.usage;
  }
  const { text, data, exitCode } = await provisionAsPerson({
    ...{ tenantId: tenant, clientId: client, siteUrl: site, boardId: typeof board === 'string' ? board : '' },
    ...{ dryRun: dryRun === true, logger: createLogger('silent') },
    show: (message) => console.error(message),
  });
  console.log(json === true ? JSON.stringify(data, undefined, 2) : text);
  return exitCode;
}

const proposed = z.array(z.looseObject({ proposal: z.looseObject({ binding: z.unknown() }).optional() }));

/** The binding alone, as "settings set" takes it. */
async function writeProposal(file: string | undefined, data: unknown): Promise<void> {
  if (file === undefined) return;
  const found = proposed.parse(data).find((one) => one.proposal !== undefined)?.proposal;
  if (found === undefined)
    console.error('There is no binding to propose: no list, column or word was found that is like what is missing.');
  else await writeFile(file, `${JSON.stringify(found.binding, undefined, 2)}\n`);
}

const settingNames = ['board', 'policy', 'binding', 'clauses'];

function settingsCommands(main: Command, done: (code: number) => void): void {
  const settings = main.command('settings').description("The board's settings: show, check, set.").exitOverride();
  const key = (): Option => new Option('--key <key>', 'which setting').choices(settingNames);
  const command = (action: string, description: string): Command =>
    settings
      .command(action)
      .description(description)
      .addOption(new Option('--board <id>', 'the board, where the service looks after several'))
      .option('--json', 'JSON alone on standard output')
      .exitOverride();
  const run = async (action: string, { file, ...options }: Arguments): Promise<void> => {
    const content = typeof file === 'string' ? { content: (await readNamedFile(file)).toString('utf8') } : {};
    done(await send('settings', { ...options, ...content, action }));
  };
  command('show', 'Print the settings as they are, or one of them.')
    .addOption(key())
    .action((options: Arguments) => run('show', options));
  command('check', 'Say what does not fit in a file of settings, or of one with --key; changes nothing.')
    .argument('<file>', 'JSON')
    .addOption(key())
    .action((file: string, options: Arguments) => run('check', { ...options, file }));
  command('set', 'Keep one setting from a file, when it fits and nobody changed it meanwhile.')
    .addOption(key().makeOptionMandatory())
    .requiredOption('--file <file>', 'JSON')
    .option('--by <ref>', 'the secretary or chair on whose behalf, by reference; the administrator when absent')
    .option('--this-board', 'for this board alone, where several boards share a site')
    .option('--dry-run', 'say what would change; write nothing')
    .action((options: Arguments) => run('set', options));
  command('schema', 'Print the JSON Schema of the settings.').action((options: Arguments) => run('schema', options));
}

async function main(): Promise<number> {
  let code: number = exit.done;
  try {
    await program((one) => (code = one)).parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exit.done : exit.usage;
  }
  return code;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = exit.failed;
  },
);
