// The operator's command about invitations: a dry run that sends nothing, a sending, and a second one that has nothing to do.
import { describe, expect, test } from '@jest/globals';
import { createOperatorCommands, type CommandDeps } from '../../bot/commands';
import { NotFoundError } from '../../bot/errors';
import { createMemoryRecords, createFixedClock } from '../fixtures/memoryPorts';
import { memoryManaging } from '../fixtures/managing';
import { sampleSnapshot } from '../fixtures/samplePlan';

function office(over: Partial<ReturnType<typeof sampleSnapshot>> = {}) {
  const records = createMemoryRecords({ send: { ...sampleSnapshot(), ...over } });
  const clock = createFixedClock('2025-01-06T09:00:00.000Z');
  const { inviteBoard, calendar } = memoryManaging({ records, clock });
  // The command needs no more than this.
  const deps = { records, clock, inviteBoard } as unknown as CommandDeps;
  const run = async (args: Readonly<Record<string, unknown>> = {}) => {
    const found = createOperatorCommands(deps).get('invite');
    if (!found) throw new Error('no command invite');
    return found(args);
  };
  return { run, calendar };
}

describe('invite', () => {
  test('says with --dry-run who is invited and what a sending would do', async () => {
    const { run, calendar } = office();
    const { text, exitCode, data } = await run({ dryRun: true });
    expect(exitCode).toBe(0);
    expect(text).toContain('B09, Wednesday 15 January 2025, 10:00 to 12:00');
    expect(text).toContain('X03 Remy Hadlowe, DfE Case Lead: not invited');
    expect(text).toContain('To mend: The invitation to Remy Hadlowe');
    expect(text).toMatch(/A sending would do this:\n {2}An invitation to Wednesday 15 January 2025 goes to 18 people/);
    expect(data).toMatchObject({ meetingRef: 'B09', next: { title: 'Invite now' } });
    expect(calendar.calls).toEqual([]);
  });

  test('sends, and has nothing to do the second time', async () => {
    const { run, calendar } = office();
    expect((await run({ meeting: 'B10' })).text).toMatch(
      /^An invitation to Wednesday 26 February 2025 goes to 18 people/,
    );
    expect((await run({ meeting: 'B10' })).text).toMatch(/^There was nothing to send\./);
    expect((await run({ meeting: 'B10', dryRun: true })).text).toContain('Nothing is left to send.');
    expect(calendar.calls).toEqual(['create B10']);
  });

  test('fails where the calendar cannot be looked at, and says why', async () => {
    const { run, calendar } = office();
    calendar.failNext('find', new NotFoundError('service mailbox', 'in the configuration'));
    const { exitCode, text } = await run({ dryRun: true });
    expect([exitCode, text.includes('There is no service mailbox')]).toEqual([1, true]);
  });

  test('is refused for who is no secretary, and without one on record', async () => {
    await expect(office().run({ by: 'P01' })).rejects.toThrow('The secretary sends invitations.');
    const sample = sampleSnapshot();
    const { secretaryRef: _none, ...facts } = sample.facts;
    const people = sample.people.filter((one) => one.boardRole !== 'secretary');
    await expect(office({ facts, people }).run()).rejects.toThrow(/no secretary on record/);
  });
});
