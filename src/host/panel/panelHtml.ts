import * as vscode from 'vscode';

/** Where the page's script and style sheet live: the only place the page may load from. */
export function pageRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'page');
}

/** The page's HTML. Nothing from outside stands in it; the page asks for its state when it is ready. */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const root = pageRoot(extensionUri);
  const script = webview.asWebviewUri(vscode.Uri.joinPath(root, 'main.js')).toString();
  const style = webview.asWebviewUri(vscode.Uri.joinPath(root, 'panel.css')).toString();
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const policy = [
    `default-src 'none'`,
    // Pictures reach the page as bytes and are shown as blobs: it can load none by itself.
    `img-src blob:`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language.replace(/[^A-Za-z-]/g, '')}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${style}">
<title>Image Gateway</title>
</head>
<body><script nonce="${nonce}" src="${script}"></script></body>
</html>`;
}
