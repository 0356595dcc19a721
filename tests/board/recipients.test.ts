// What those are called to whom a message goes: people by name, the board's channel by its own.
import { channelRef, recipientName } from '../../bot/board/recipients';
import { aPerson } from '../fixtures/builders';

const people = [aPerson({ ref: 'P1', name: 'Alex Reed' }), aPerson({ ref: 'P2', name: 'Sam Hill' })];
const withChannel = (name?: string) => {
  const chosen = { channelId: '19:a', byRef: 'P1', at: '2025-06-02T09:00:00.000Z', ...(name ? { name } : {}) };
  return { people, running: { planned: [], channel: { key: 'channel@b', channel: chosen, meetings: [] } } };
};

test('a person has their name, and nobody of the board has none', () => {
  expect([recipientName({ people }, 'P2'), recipientName({ people }, 'P3')]).toEqual(['Sam Hill', undefined]);
});

test('the channel has its name when it is known', () => {
  expect(recipientName(withChannel('Board papers'), channelRef)).toBe('Channel Board papers');
  expect(recipientName(withChannel(), channelRef)).toBe("The board's channel");
  expect(recipientName({ people }, channelRef)).toBe("The board's channel");
});
