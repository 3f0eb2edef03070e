import * as vscode from 'vscode';
import { platform } from '#platform';
import { History } from './core/history/history.ts';
import { HistoryRecorder } from './core/history/recorder.ts';
import { mostOriginalBytes, Originals } from './core/originals/originals.ts';
import { mostVersionBytes, PreviousVersions } from './core/originals/previousVersions.ts';
import { referenceLanguages } from './core/references/languages.ts';
import { parseAgentJournal } from './core/agent/agentJournal.ts';
import { AgentBudget } from './host/agentBudget.ts';
import { askFurtherModel } from './host/askModel.ts';
import { Budget, parseBudgetRecord } from './host/budget.ts';
import { chooseAgain } from './host/chooseAgain.ts';
import { registerCommands } from './host/commands/registerCommands.ts';
import { FileLookup } from './host/documents/fileLookup.ts';
import { MissingImageActions } from './host/documents/missingImageActions.ts';
import { Drafts } from './host/drafts.ts';
import { GatewayAccess } from './host/gatewayAccess.ts';
import { Gateways } from './host/gateways.ts';
import { ImageFiles } from './host/imageFiles.ts';
import { ImageService } from './host/imageService.ts';
import { KeyStore } from './host/keys.ts';
import { LearnedStores, parseLearnedRecord } from './host/learnedStores.ts';
import { Log } from './host/log.ts';
import { parseStrings, parseStringTable, remembered } from './host/memory.ts';
import { ImagePanelManager } from './host/panel/imagePanelManager.ts';
import { openHistoryDesk } from './host/panel/openHistoryDesk.ts';
import { parsePanelModel } from './host/panel/panelModel.ts';
import { parsePrompts } from './host/panel/promptMemory.ts';
import { RecoveryOffer } from './host/recoveryOffer.ts';
import { ReportDocuments } from './host/reportDocuments.ts';
import { SessionCost } from './host/sessionCost.ts';
import { readAgentLimits } from './host/settings.ts';
import { storageFolder } from './host/storageFolder.ts';
import { registerTools } from './host/tools/registerTools.ts';
import { ImageStore } from './host/workspace/imageStore.ts';
import { MarkdownEditors } from './host/workspace/markdownEditors.ts';
import { ImageReplacer } from './host/workspace/replacing.ts';

/** Builds everything once, in the order of the flow. No I/O and no network: that waits for a command. */
export function activate(context: vscode.ExtensionContext): void {
  const { globalState, globalStorageUri, workspaceState, secrets, extensionUri } = context;
  const log = new Log(() => vscode.window.createOutputChannel('Image Gateway', { log: true }));
  const keys = new KeyStore(secrets, platform, log);
  const learned = new LearnedStores(remembered(globalState, 'learned', parseLearnedRecord));
  const gateways = new Gateways({
    keys,
    platform,
    chosenModels: remembered(globalState, 'models', parseStringTable),
    confirmedOrigins: remembered(globalState, 'confirmedOrigins', parseStrings),
    learned,
    ports: platform.wirePorts?.(vscode.Uri.joinPath(globalStorageUri, 'incoming').fsPath),
    log,
  });
  const access = new GatewayAccess(
    gateways,
    keys,
    log,
    remembered(globalState, 'warnedOrigins', parseStrings),
  );
  const budget = new Budget(remembered(globalState, 'budget', parseBudgetRecord));
  const session = new SessionCost();
  const agents = new AgentBudget(
    remembered(globalState, 'agentJournal', parseAgentJournal),
    remembered(workspaceState, 'agentSession', (stored) => (typeof stored === 'string' ? stored : '')),
  );
  const store = new ImageStore(log);
  // Together they are what the storage may hold .
  const originals = new Originals(
    storageFolder(vscode.Uri.joinPath(globalStorageUri, 'originals')),
    mostOriginalBytes - mostVersionBytes,
  );
  const previous = new PreviousVersions(storageFolder(vscode.Uri.joinPath(globalStorageUri, 'previous')));
  const replacer = new ImageReplacer(previous, platform);
  const recovery = new RecoveryOffer(originals, log);
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const engine = platform.pixelEngine({
    path: dist.fsPath,
    read: async (name) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(dist, name)),
  });
  // Of each workspace its own; what is made without one is together.
  const own = context.storageUri ?? vscode.Uri.joinPath(globalStorageUri, 'noWorkspace');
  const history = new History({
    journal: storageFolder(vscode.Uri.joinPath(own, 'history')),
    thumbnails: storageFolder(vscode.Uri.joinPath(own, 'thumbnails')),
    discardOriginals: (ids) => originals.discard(ids),
  });
  const recorder = new HistoryRecorder({ history, engine, log });
  const files = new ImageFiles({ store, originals, recorder, engine, platform, log });
  const service = new ImageService({
    ...{ gateways, access, files, budget, session, recorder, engine, log, platform },
  });
  const markdownEditors = new MarkdownEditors();
  const memory = remembered(workspaceState, 'panel', parsePanelModel);
  const drafts = new Drafts(files, recorder, platform);
  const prompts = remembered(workspaceState, 'prompts', parsePrompts);
  const shown = remembered(globalState, 'historyShown', (stored) => stored === true);
  const panel = new ImagePanelManager({
    ...{ service, drafts, gateways, log, extensionUri, markdownEditors, memory, prompts, engine, platform },
    ...{ recorder, replacer },
    pickModel: () => askFurtherModel({ gateways, log }),
    chooseAgain: (gateway, model) => chooseAgain(gateways, gateway, model),
    sessionLine: () => session.line(),
    agentsLine: () => agents.line(readAgentLimits()),
    openHistory: (page) => openHistoryDesk({ history, markdownEditors, shown, log }, page),
  });
  const repaint = vscode.Disposable.from(
    session.onDidChange(() => panel.refresh()),
    agents.onDidChange(() => panel.refresh()),
  );
  const tools = registerTools({ service, gateways, access, agents, engine, platform, log });
  const reports = new ReportDocuments();
  const lookup = new FileLookup(platform.sizeOfFile);
  const { version } = context.extension.packageJSON as { readonly version: string };
  const versions = { extension: version, editor: vscode.version, host: platform.host };
  const commands = registerCommands({
    ...{ service, gateways, access, keys, files, originals, history, recorder, recovery, log, panel },
    ...{ previous, replacer },
    ...{ reports, engine, platform, versions, lookup },
  });
  const actions = vscode.languages.registerCodeActionsProvider(
    referenceLanguages.map((language) => ({ language })),
    new MissingImageActions(lookup),
    { providedCodeActionKinds: MissingImageActions.kinds },
  );
  context.subscriptions.push(log, gateways, session, recorder, markdownEditors, panel, repaint);
  context.subscriptions.push(reports, commands, actions, agents, tools);
}
