/**
 * What the editor says of one setting (`WorkspaceConfiguration.inspect`), as far as it decides whose the
 * value is. `globalLocalValue` and `globalRemoteValue` are fields of the running editor that the typings do
 * not name (VS Code 1.110 and 1.139).
 */
export interface InspectedSetting {
  readonly globalValue?: unknown;
  readonly globalLocalValue?: unknown;
  readonly globalRemoteValue?: unknown;
}

/**
 * The person's own local value of an application-scoped setting; undefined where they have none.
 *
 * The scope alone does not keep others out: the editor filters settings by their key, and neither a dotted
 * key (`imageGateway.gateways.corp.baseUrl`) nor a whole section (`imageGateway`) is a key it knows. Such
 * values of a remote's machine settings, which a dev container brings along, are merged into `globalValue`,
 * and a workspace's stand in `workspaceValue`. Defaults are left out too: another extension can change them
 * by the same dotted keys.
 */
export function ownValueOf(inspected: InspectedSetting | undefined): unknown {
  if (inspected === undefined) return undefined;
  if (inspected.globalLocalValue !== undefined) return inspected.globalLocalValue;
  // In a profile of its own the person's value stands in `globalValue` only, but there a machine's would, too.
  return inspected.globalRemoteValue === undefined ? inspected.globalValue : undefined;
}
