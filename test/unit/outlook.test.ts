import '../support/vscodeStandIn.ts';
import assert from 'node:assert/strict';
import type { Gateways } from '../../src/host/gateways.ts';

const { outlookOf } = await import('../../src/host/panel/outlook.ts');

function gatewaysWith(prices: Readonly<Record<string, string | undefined>>): Gateways {
  const models = Object.entries(prices).map(([id, price]) => ({ id, price, supportedParameters: [] }));
  return {
    current: () => ({ id: 'acme', route: 'auto' }),
    knownList: () => ({ models }),
    learnedOf: () => ({ refused: [] }),
  } as unknown as Gateways;
}

describe('5.2 the line of prices', () => {
  const gateways = gatewaysWith({
    token: '$2 / $12 per M tokens',
    image: '$0.04 per image',
    none: undefined,
  });
  const lineOf = (models: readonly string[], count: number) => outlookOf(gateways, models, count).priceLine;

  it('5.2 counts pictures, not tokens', () => {
    assert.equal(lineOf(['image'], 3), '3 × $0.04 per image');
    assert.equal(lineOf(['token'], 3), '$2 / $12 per M tokens');
    assert.equal(lineOf(['image', 'token'], 2), '2 × $0.04 per image + $2 / $12 per M tokens');
  });

  it('5.2 guesses nothing where the price of one model is not known', () => {
    for (const models of [['none'], ['image', 'none'], ['image', 'unlisted'], ['']])
      assert.equal(lineOf(models, 2), 'cost unknown');
  });
});
