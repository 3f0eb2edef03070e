// npm run bench:models: what reading a list of 1,000 models and building the rows of Select Model costs, beside
// JSON.parse of the same text, in this process. The contract's bound is 100 ms for both together.
import { parseModels } from '../src/core/gateway/models.ts';
import { modelRows } from '../src/core/gateway/modelRows.ts';
import { parseGateways } from '../src/core/gateway/parseGateways.ts';

const count = 1000;
const rounds = 30;

/** One entry in the shape of OpenRouter's, the richest; every third makes images. */
function entry(index: number): unknown {
  return {
    id: `vendor-${index % 40}/model-${index}`,
    name: `Vendor ${index % 40}: Model ${index}`,
    created: 1763653797 + index,
    description: `A model for measuring, number ${index}. `.repeat(12),
    context_length: 128000,
    architecture: {
      input_modalities: ['text', 'image'],
      output_modalities: index % 3 === 0 ? ['text', 'image'] : ['text'],
      tokenizer: 'Other',
    },
    pricing: { prompt: '0.0000003', completion: '0.0000025', request: '0', image: '0.001238' },
    supported_parameters: ['max_tokens', 'temperature', 'seed', 'top_p'],
  };
}

/** The median of the rounds, in milliseconds. */
function measure(work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const before = performance.now();
    work();
    return performance.now() - before;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

const text = JSON.stringify({ data: Array.from({ length: count }, (_, index) => entry(index)) });
const answer = JSON.parse(text) as unknown;
const models = parseModels(answer) ?? [];
const config = parseGateways({}).gateways[0]!;
const words = {
  imageModels: 'image models',
  unsure: 'the list does not say',
  takesImages: 'takes references',
};
const rows = modelRows(models, config, '', words);

const steps = {
  'JSON.parse': measure(() => JSON.parse(text) as unknown),
  parseModels: measure(() => parseModels(answer)),
  modelRows: measure(() => modelRows(models, config, '', words)),
};
console.log(
  `${models.length} models, ${Math.round(text.length / 1000)} kB of JSON, ${rows.length} rows, medians of ${rounds}`,
);
for (const [name, time] of Object.entries(steps))
  console.log(
    `${name.padEnd(12)} ${time.toFixed(2).padStart(8)} ms  ${(time / steps['JSON.parse']).toFixed(2)} x JSON.parse`,
  );
const both = steps.parseModels + steps.modelRows;
console.log(
  `parse + rows ${both.toFixed(2).padStart(8)} ms  ${(both / steps['JSON.parse']).toFixed(2)} x JSON.parse`,
);
