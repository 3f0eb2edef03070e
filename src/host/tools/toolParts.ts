import type { PixelEngine } from '../../core/image/pixelTask.ts';
import type { AgentBudget } from '../agentBudget.ts';
import type { GatewayAccess } from '../gatewayAccess.ts';
import type { Gateways } from '../gateways.ts';
import type { ImageService } from '../imageService.ts';
import type { Log } from '../log.ts';
import type { Platform } from '../platform/platform.ts';
import type { ConfirmedCalls } from './confirmedCalls.ts';

/** What the tools work with. */
export interface ToolParts {
  readonly service: ImageService;
  readonly gateways: Gateways;
  readonly access: GatewayAccess;
  readonly agents: AgentBudget;
  readonly engine: PixelEngine;
  readonly platform: Platform;
  readonly log: Log;
  /** What the person was told of the calls that they were asked about. */
  readonly confirmed: ConfirmedCalls;
}
