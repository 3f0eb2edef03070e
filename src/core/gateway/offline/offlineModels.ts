import { OfflineFailure } from './offlineFailure.ts';

const common = {
  object: 'model',
  created: 1767225600,
  owned_by: 'offline',
  context_window: 4000,
  max_tokens: 0,
  pricing: { input: '0', output: '0', image: '0' },
};

const models = [
  {
    ...common,
    id: 'offline/sketch',
    name: 'Offline sketch',
    description: 'A placeholder drawn on this machine from the words of the prompt. Not a model.',
    type: 'image',
    supported_parameters: ['n', 'size', 'seed', 'background', 'stream', 'partial_images'],
  },
  {
    ...common,
    id: 'offline/sketch-chat',
    name: 'Offline sketch (chat)',
    description: 'The same placeholder, through chat completions.',
    type: 'language',
    tags: ['image-generation'],
    architecture: { input_modalities: ['text', 'image'], output_modalities: ['text', 'image'] },
    supported_parameters: ['size', 'seed', 'stream'],
  },
];

/** GET /models, in the shape of Vercel's list. */
export function modelsResponse(): Response {
  return Response.json({ object: 'list', data: models });
}

/** The request's model. @throws OfflineFailure when there is none of that name */
export function parseModel(value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw new OfflineFailure(400, 'missing_required_parameter', 'You must provide a model.', 'model');
  }
  if (models.some(({ id }) => id === value)) return value;
  throw new OfflineFailure(
    404,
    'model_not_found',
    `The model “${value.slice(0, 100)}” does not exist. The offline gateway has offline/sketch and offline/sketch-chat.`,
    'model',
  );
}
