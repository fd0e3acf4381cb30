import { JWKS_MAX_AGE, RING_REFRESH, rotationSchedule } from './rotation-schedule.js';

const NOW = new Date('2026-11-20T12:00:00Z');
const secondsUntil = (date: Date): number => (date.getTime() - NOW.getTime()) / 1000;

describe('the schedule of a rotation', () => {
  it('publishes a key for longer than any cache may lack it, before it signs', () => {
    const { activeFrom } = rotationSchedule(NOW, { tokenLife: 60, immediately: false });
    expect(secondsUntil(activeFrom)).toBeGreaterThanOrEqual(JWKS_MAX_AGE + RING_REFRESH);
  });

  it('keeps the key before it until its last token has expired', () => {
    const { activeFrom, previousUntil } = rotationSchedule(NOW, { tokenLife: 3600, immediately: false });
    expect(secondsUntil(previousUntil)).toBeGreaterThanOrEqual(secondsUntil(activeFrom) + 3600);
  });

  it('in an emergency lets it sign at once, while other instances may go on for one reading', () => {
    const { activeFrom, previousUntil } = rotationSchedule(NOW, { tokenLife: 3600, immediately: true });
    expect(activeFrom).toEqual(NOW);
    expect(secondsUntil(previousUntil)).toBeGreaterThanOrEqual(3600 + RING_REFRESH);
  });
});
