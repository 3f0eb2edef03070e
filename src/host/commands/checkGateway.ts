import * as vscode from 'vscode';
import { isImageGatewayError } from '../../core/failure.ts';
import { checkGateway } from '../../core/gateway/checkGateway.ts';
import { checkReport, redactedReport, type ReportFacts } from '../../core/gateway/checkReport.ts';
import { type GatewayConfig, secretsOf } from '../../core/gateway/gatewayConfig.ts';
import { withCancellableProgress } from '../cancellableProgress.ts';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';
import { showFailure } from './runCommand.ts';

/** Check Gateway: asks the current gateway what costs nothing, and shows what it found as a report. Never rejects. */
export function checkGatewayCommand(parts: CommandParts): Command {
  return {
    id: commandIds.checkGateway,
    run: async () => {
      try {
        const config = await parts.access.chooseUsable(parts.gateways.find(), true);
        const title = vscode.l10n.t('Checking {0}', config.name);
        const facts = await withCancellableProgress(title, (signal) => gatherFacts(parts, config, signal));
        await parts.reports.show(vscode.l10n.t('Check Gateway'), checkReport(facts));
        void offerCopy(facts);
      } catch (thrown) {
        if (!isImageGatewayError(thrown)) throw thrown;
        showFailure(thrown, parts.log);
      }
    },
  };
}

async function gatherFacts(
  { gateways, keys, versions }: CommandParts,
  config: GatewayConfig,
  signal: AbortSignal,
): Promise<ReportFacts> {
  const key = await keys.find(config);
  const gateway = await gateways.open(config);
  const check = await checkGateway({
    gateway: {
      // Kept like every other list: Select Model then opens at once.
      listModels: (aborted) => gateways.listModels(config, gateway, aborted, true),
      readAccount: (aborted) => gateway.readAccount(aborted),
    },
    keyless: await gateways.open(config, { withoutKey: true }),
    hasKey: key !== undefined,
    takesKey: config.auth.kind !== 'none',
    signal,
    now: () => performance.now(),
  });
  const learnedRoute = (model: string) => gateways.learnedRoute(config, model);
  return { config, check, learnedRoute, secrets: secretsOf(config, key), versions };
}

async function offerCopy(facts: ReportFacts): Promise<void> {
  const copy = vscode.l10n.t('Copy Redacted Report');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The report on {0} is open. To ask others for help, copy it without key, address and account.',
      facts.config.name,
    ),
    copy,
  );
  if (answer === copy) await vscode.env.clipboard.writeText(redactedReport(facts));
}
