/** The ids that other things hold on to (stable once released), typed once; test/unit/manifest.test.ts ties them to package.json. */

export const commandIds = {
  generate: 'imageGateway.generate',
  generateFromSelection: 'imageGateway.generateFromSelection',
  edit: 'imageGateway.edit',
  generateMissing: 'imageGateway.generateMissing',
  openPanel: 'imageGateway.openPanel',
  setApiKey: 'imageGateway.setApiKey',
  removeApiKey: 'imageGateway.removeApiKey',
  selectGateway: 'imageGateway.selectGateway',
  selectModel: 'imageGateway.selectModel',
  checkGateway: 'imageGateway.checkGateway',
  createIconSet: 'imageGateway.createIconSet',
  exportSizes: 'imageGateway.exportSizes',
  copyPromptFromImage: 'imageGateway.copyPromptFromImage',
  generateAgainFromImage: 'imageGateway.generateAgainFromImage',
  restorePrevious: 'imageGateway.restorePrevious',
  recoverImages: 'imageGateway.recoverImages',
  clearStorage: 'imageGateway.clearStorage',
  showLog: 'imageGateway.showLog',
} as const;

/** What our own buttons run, and no menu shows. */
export const internalCommandIds = {
  fillReference: 'imageGateway.fillReference',
} as const;

/** The part of a setting's id before its own name. */
export const settingsSection = 'imageGateway';

export const settingIds = {
  gateway: 'gateway',
  gateways: 'gateways',
  model: 'model',
  outputDirectory: 'output.directory',
  outputFileName: 'output.fileName',
  outputFormat: 'output.format',
  outputMetadata: 'output.metadata',
  insertLink: 'markdown.insertLink',
  publicDirectory: 'publicDirectory',
  linkTemplates: 'link.templates',
  timeoutSeconds: 'request.timeoutSeconds',
  maxImages: 'request.maxImages',
  maxImagesPerHour: 'request.maxImagesPerHour',
  agentImagesPerSession: 'agent.maxImagesPerSession',
  agentImagesPerDay: 'agent.maxImagesPerDay',
  agentCostPerSession: 'agent.maxCostPerSession',
  agentCostPerDay: 'agent.maxCostPerDay',
  agentAssumedCost: 'agent.assumedCostPerImage',
} as const;

/** The language model tools, by what they do. */
export const toolIds = {
  generate: 'imageGateway_generate_image',
  edit: 'imageGateway_edit_image',
} as const;
