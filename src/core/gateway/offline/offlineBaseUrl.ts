/** The base URL of the offline gateway: a name that can never be resolved (RFC 6761, `.invalid`). */
export const offlineBaseUrl = 'https://offline.invalid/v1';
