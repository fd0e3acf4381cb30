import type { LookupAddress, LookupOptions } from 'node:dns';
import { FetchError } from './fetch-error.js';
import { anyAddress, guardedLookup } from './guarded-lookup.js';
import { HostNames } from './host-names.js';

/** A name whose owner answers differently each time. */
class RebindingName extends HostNames {
  asked = 0;
  private readonly answers = [['127.0.0.1', '93.184.216.34', '::1', '2606:2800:21f:cb07::1'], ['127.0.0.1']];

  addresses(): Promise<LookupAddress[]> {
    const answer = this.answers[this.asked++]!;
    return Promise.resolve(answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  }
}

const lookUp = (lookup: ReturnType<typeof guardedLookup>, options: LookupOptions) =>
  new Promise<unknown>((resolve, reject) => {
    lookup('rebinding.example', options, (error, found, family) =>
      error ? reject(error) : resolve(typeof found === 'string' ? { address: found, family } : found),
    );
  });

describe('the look-up of a connection', () => {
  it('yields the public addresses of one answer: there is no second one to be checked against', async () => {
    const names = new RebindingName();
    expect(await lookUp(guardedLookup(names), { all: true })).toEqual([
      { address: '93.184.216.34', family: 4 },
      { address: '2606:2800:21f:cb07::1', family: 6 },
    ]);
    expect(names.asked).toBe(1);
    await expect(lookUp(guardedLookup(names), { all: true })).rejects.toEqual(
      new FetchError('forbidden-address'),
    );
  });

  it('yields one address where one is asked for', async () => {
    expect(await lookUp(guardedLookup(new RebindingName()), {})).toEqual({
      address: '93.184.216.34',
      family: 4,
    });
  });

  it('yields every address of a host that the operator has named', async () => {
    expect(await lookUp(guardedLookup(new RebindingName(), anyAddress), { all: true })).toHaveLength(4);
  });
});
